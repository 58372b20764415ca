import { TooLarge } from '../ops/algebra/leaves.ts';
import type { DerivedText, DeriveRequest } from './derive-text.ts';
import { printDerived } from './derive-text.ts';
import { JAX } from './emit-jax.ts';
import { JULIA } from './emit-julia.ts';
import { MATLAB } from './emit-matlab.ts';
import { NUMPY } from './emit-numpy.ts';
import { PYTORCH } from './emit-pytorch.ts';
import { type Program, programOf } from './program.ts';
import { Refused } from './refusal.ts';

export const TARGETS = ['numpy', 'pytorch', 'jax', 'julia', 'matlab'] as const;

export type Target = (typeof TARGETS)[number];

/** A language in which a program can be written. */
export interface Language {
  /** Words that no variable may have. */
  readonly reserved: readonly string[];
  readonly write: (program: Program, about: About) => string;
}

/** What the program's documentation says. */
export interface About {
  readonly expression: string;
  readonly wrt: string;
  readonly layout: string;
  /** The derivative as a formula. */
  readonly formula: string;
}

const LANGUAGES: Readonly<Record<Target, Language>> = { numpy: NUMPY, pytorch: PYTORCH, jax: JAX, julia: JULIA, matlab: MATLAB };

export type Emitted = { readonly kind: 'code'; readonly text: string } | { readonly kind: 'refused'; readonly reason: string };

/** A runnable file with a function that gives the value and its derivative. */
export function emitCode(answer: DerivedText, target: Target, { expression, wrt, layout }: DeriveRequest): Emitted {
  const { reserved, write } = LANGUAGES[target];
  try {
    const program = programOf(answer, layout, new Set(reserved));
    const formula = printDerived(answer.built, answer.derived.term, 'plain');
    return { kind: 'code', text: write(program, { expression: oneLine(expression), wrt, layout, formula }) };
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return { kind: 'refused', reason: problem.message };
    throw problem;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
