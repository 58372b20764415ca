import { letterOf } from '../syntax/name.ts';

/** Signs that a title can show, by the command that LaTeX has for them. */
const SIGNS: Readonly<Record<string, string>> = {
  '|': '‖',
  Vert: '‖',
  lVert: '‖',
  rVert: '‖',
  lvert: '|',
  rvert: '|',
  vert: '|',
  cdot: '·',
  odot: '∘',
  circ: '∘',
  times: '×',
  otimes: '⊗',
};

const signOf = (command: string): string => (Object.hasOwn(SIGNS, command) ? (SIGNS[command] as string) : letterOf(command));

/**
 * About what is seen of a short formula, for titles, which cannot be typeset: `{\mathbf{W}}_1` is `W_1`, `\theta` is `θ`, `x^\top x` is `xᵀ x`.
 * Any other command before a brace counts as a style, as do those that a document defines for its vectors.
 */
export function readable(text: string): string {
  const bare = text
    .replace(/\\(?:left|right|[,;:! ])/g, '')
    .replace(/\^\s*(?:\\(?:top|intercal)(?![a-zA-Z])|\{\s*(?:\\(?:top|intercal)|T)\s*\}|T(?![a-zA-Z]))/g, 'ᵀ')
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '$1/$2 ')
    .replace(/\\[a-zA-Z]+\s*(?=\{)/g, '')
    .replace(/\\(?:math[a-z]+|boldsymbol|bm|vec|hat|tilde|bar|dot|ddot)(?![a-zA-Z])\s*/g, '')
    .replace(/\\([a-zA-Z]+|\|)/g, (_, command: string) => signOf(command));
  return bare.replace(/[{}]/g, '').replace(/\s+/g, ' ').trim();
}
