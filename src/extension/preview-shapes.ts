import type { ListedClaim, PlacedFactor } from '../protocol/lsp.ts';

/** What of a claim is needed to put shapes below its factors. */
export type PlacedClaim = Pick<ListedClaim, 'text' | 'factors'>;

/** A formula with the shapes of some of its claims in it. */
export interface ShapedFormula<Claim> {
  readonly latex: string;
  /** The claims whose factors have their shapes below them now. */
  readonly shaped: readonly Claim[];
}

/** Puts shapes below the factors of the claims that a formula makes; what is not found in it word for word stays as it is. */
export function withShapes<Claim extends PlacedClaim>(formula: string, claims: readonly Claim[]): ShapedFormula<Claim> {
  const shaped: Claim[] = [];
  let [latex, from] = ['', 0];
  for (const claim of claims) {
    const at = formula.indexOf(claim.text, from);
    if (at < 0 || claim.factors === undefined) continue;
    latex += formula.slice(from, at) + shapedText(claim.text, claim.factors);
    from = at + claim.text.length;
    shaped.push(claim);
  }
  return { latex: latex + formula.slice(from), shaped };
}

/** Every factor is made as deep as the deepest, so that the shapes stand on one line. */
function shapedText(text: string, factors: readonly PlacedFactor[]): string {
  const written = factors.map(({ start, end }) => text.slice(start, end));
  const strut = `\\vphantom{${written.join(' ')}}`;
  let [latex, from] = ['', 0];
  for (const [index, { start, end, shape }] of factors.entries()) {
    latex += `${text.slice(from, start)}\\underset{${shapeLatex(shape)}}{${written[index]}${strut}}`;
    from = end;
  }
  return latex + text.slice(from);
}

/** `n×m` as LaTeX, with room beside it; a name of several letters stands as it is written. */
function shapeLatex(shape: string): string {
  const dimensions = shape.split('×').map((dimension) => `\\textsf{${escaped(dimension)}}`);
  return `\\:${dimensions.join('{\\times}')}\\:`;
}

function escaped(text: string): string {
  return text.replace(/[\\{}$&#%_^~]/g, (sign) => ESCAPES[sign] ?? `\\${sign}`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};
