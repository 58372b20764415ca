import type { Dim } from '../shape/dimension.ts';
import type { Expr, NameExpr } from '../syntax/ast.ts';
import type { PlacedEquation } from './collected.ts';
import type { Mentions } from './named-derivative.ts';
import type { Heads } from './said-again.ts';
import type { Draft } from './scope.ts';

/** What an equation states besides that its sides are equal. What its first side defines has the second for a body. */
export type Role =
  | {
      readonly kind: 'definition';
      readonly draft: Draft;
      readonly params: readonly Expr[];
      /** Of `p_i = …` the letters below, which make it a definition of all entries. */
      readonly entries: readonly NameExpr[];
      /** Of `Δ^2 = …` the letter is the root of the body, of `\log p(x) = …` its exponential. */
      readonly undone: 'sqrt' | 'exp' | null;
    }
  /** `Z = [z_1, …, z_n]` of members that are defined one by one. */
  | { readonly kind: 'stack'; readonly draft: Draft }
  | { readonly kind: 'size' }
  | { readonly kind: 'fact' }
  | { readonly kind: 'plain' };

/** What the equations so far, and primes anywhere, say of what a left side may define. */
export interface Seen {
  readonly differentiatedBy: ReadonlySet<string>;
  /** Keys such as `s'`. */
  readonly primed: ReadonlySet<string>;
  /** Keys of what stands before brackets. */
  readonly called: () => ReadonlySet<string>;
  /** `h_t = …` by `h_{t-1}`: no definition of entries. */
  readonly recursive: ReadonlySet<PlacedEquation>;
  readonly mentions: () => Mentions;
  /** Of each section the item of its last claim. */
  readonly lastClaims: () => ReadonlyMap<number, number>;
  /** Keys of what is summed over the letter below it. */
  readonly summed: () => ReadonlySet<string>;
  /** How far the text sums over the members of a letter, by section and letter. */
  readonly summedCounts: () => ReadonlyMap<string, Dim>;
  /** The left sides, by place and by section. */
  readonly sides: () => Heads;
}
