import type { Span } from '../base/span.ts';

/**
 * What both lexers, plain and LaTeX, turn text into. The parser sees tokens only, so it knows one
 * language; `text` is canonical (`⊙` for `.*`, `\odot` and `⊙`), `span` is where it was written. A
 * token that came out of a macro has the span of the macro's call.
 */
export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly span: Span; readonly spaced: boolean }
  | { readonly kind: TokenKind; readonly text: string; readonly span: Span; readonly spaced: boolean };

/**
 * - `name`: a symbol or a function name by its canonical key (see `name.ts`): `x`, `μ`, `bold:x`, `hat:bold:x`, `tanh`
 * - `operator`: `+ - ± * / · × ⊙ ⊘ ⊗ ∘ .^ \` and the like
 * - `relation`: `= := =: ≈ ≤ ≥ < > ≠ ∝ ~ ← → ↦ ∈ ⇒ ⇔ ≻ ⪰ !=`; `:` in a plain declaration too
 * - `open`, `close`: `( ) [ ] ⟨ ⟩ {` `}` where braces are set braces, `|` and `‖` when `\lvert`, `\rVert` tell their side
 * - `bar`: `|` or `‖` when the side is not told
 * - `group`, `ungroup`: the invisible braces of LaTeX
 * - `sub`, `sup`: `_`, `^`;  `prime`: one or more `'`, as many as `text` is long
 * - `command`: a structure the parser knows by name: `frac sqrt sum prod nabla partial underbrace overset underset stackrel begin end …`
 * - `separator`: `,` `;` `&` `row` (a line break of a display) `gap` (`\quad` and wider) `.`
 * - `text`: words inside `\text{…}`
 * - `dots`: `…`, `\cdots`, `\vdots`, `\ddots`
 * - `newline`: the end of a plain line, where statements end
 * - `unknown`: anything else; the parser makes the smallest opaque part of it
 */
export type TokenKind =
  | 'name'
  | 'operator'
  | 'relation'
  | 'open'
  | 'close'
  | 'bar'
  | 'group'
  | 'ungroup'
  | 'sub'
  | 'sup'
  | 'prime'
  | 'command'
  | 'separator'
  | 'text'
  | 'dots'
  | 'newline'
  | 'unknown';

/** Whether a token joins two sides; a colon and a bar part what stands on one. */
export function isRelation(token: Token): boolean {
  return token.kind === 'relation' && token.text !== ':' && token.text !== '|';
}

/** The first relation that stands outside brackets. */
export function outsideRelation(tokens: readonly Token[]): Token | undefined {
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    else if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    else if (depth === 0 && isRelation(token)) return token;
  }
  return undefined;
}
