import { type Dim, namesIn, substitute, variable } from '../shape/dimension.ts';
import { type MatrixShape, matrix } from '../shape/shape.ts';
import { type Draft, indexText, type Scope } from './scope.ts';

/** Gives a member its shape, of which the sizes are dimensions of the text from then on. */
export function declareMember(scope: Scope, draft: Draft, family: Draft, number: number | null): void {
  const declared = family.declared && number !== null ? memberShape(scope, family.declared, family.text, number) : family.declared;
  Object.assign(draft, { declared, declaredAt: family.declaredAt, properties: family.properties });
  if (number !== null && scope.horizon !== null) draft.text = memberText(scope, family.text, number);
  for (const name of declared === null ? [] : [declared.rows, declared.cols].flatMap(namesIn))
    if (!scope.dimensions.has(name)) scope.dimensions.set(name, draft.span);
}

/**
 * The shape of the member with a number: `W^{(2)}` is d_2×d_1 where the text declares `W^{(l)}` to be d_l×d_{l-1}.
 * `text` is how the text writes the member that it declares.
 */
function memberShape(scope: Scope, declared: MatrixShape, text: string, number: number): MatrixShape {
  const letter = INDEX.exec(text)?.groups?.letter;
  if (letter === undefined) return declared;
  const below = new RegExp(`^(?<name>.+)_${letter === '\\ell' ? 'ℓ' : letter}(?:(?<sign>[+-])(?<by>\\d+))?$`, 'u');
  const sizeAt = (size: string) => {
    const { name, sign, by } = below.exec(size)?.groups ?? {};
    return name === undefined ? variable(size) : variable(`${name}_${indexText(scope, number + Number(`${sign ?? ''}${by ?? 0}`))}`);
  };
  return matrix(renamed(declared.rows, sizeAt), renamed(declared.cols, sizeAt));
}

/** The author's own `\W{l}`, and no letter in another dress, `\hat{l}`. */
const MACRO = String.raw`\\(?!(?:math|text|bm|bold|hat|wide|bar|tilde|vec|d?dot|over|under|check|acute|breve|grave|operatorname))\p{L}+(?=\s*\{)`;

/** The index at the end of how a member is written: the l of `W^{(l)}`, `W_l`, `\W{l}`. */
const INDEX = new RegExp(String.raw`(?:[_^]|${MACRO})\s*(?:\{?\s*[([]?)\s*(?<letter>\p{Ll}|\\ell)\s*(?:[)\]]?\s*\}?)$`, 'u');

/** The index, or the step from it, at the end of how a member is written: the `k+1` of `x_{k+1}`. */
const STEP = new RegExp(
  String.raw`(?<sign>[_^]|${MACRO})\s*(?:\{\s*(?<open>[([]?)\s*(?:\p{L}|\\ell)\s*(?:[+-]\s*\d+\s*)?(?<close>[)\]]?)\s*\}|(?:\p{L}|\\ell))$`,
  'u',
);

/** `W^{(l-1)}`, where the text writes `W^{(l)}`. */
export function memberText(scope: Scope, text: string, number: number): string {
  return text.replace(STEP, (_whole, sign: string, open: string | undefined, close: string | undefined) => {
    const index = `${open ?? ''}${indexText(scope, number)}${close ?? ''}`;
    return index.length === 1 && sign.length === 1 ? `${sign}${index}` : `${sign}{${index}}`;
  });
}

/** All names of a size at once: of `d_l + d_{l-1}` neither becomes what the other was. */
function renamed(size: Dim, sizeAt: (name: string) => Dim): Dim {
  const names = namesIn(size);
  const apart = names.reduce((dim, name, at) => substitute(dim, name, variable(`#${at}`)), size);
  return names.reduce((dim, name, at) => substitute(dim, `#${at}`, sizeAt(name)), apart);
}
