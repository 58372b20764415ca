import { namesIn, variable } from '../shape/dimension.ts';
import { putIn } from '../shape/facts.ts';
import { type MatrixShape, matrix } from '../shape/shape.ts';
import type { Draft, Scope } from './scope.ts';

/** Gives a member its shape, of which the sizes are dimensions of the text from then on. */
export function declareMember(scope: Scope, draft: Draft, family: Draft, number: number | null): void {
  const declared = family.declared && number !== null ? memberShape(family.declared, family.text, number) : family.declared;
  Object.assign(draft, { declared, declaredAt: family.declaredAt, properties: family.properties });
  for (const name of declared === null ? [] : [declared.rows, declared.cols].flatMap(namesIn))
    if (!scope.dimensions.has(name)) scope.dimensions.set(name, draft.span);
}

/**
 * The shape of the member with a number: `W^{(2)}` is d_2×d_1 where the text declares `W^{(l)}` to be d_l×d_{l-1}.
 * `text` is how the text writes the member that it declares.
 */
function memberShape(declared: MatrixShape, text: string, number: number): MatrixShape {
  const letter = /[_^]\s*\{?\s*[([]?\s*(?<letter>\p{Ll}|\\ell)\s*[)\]]?\s*\}?$/u.exec(text)?.groups?.letter;
  if (letter === undefined) return declared;
  const below = new RegExp(`^(?<name>.+)_${letter === '\\ell' ? 'ℓ' : letter}(?:(?<sign>[+-])(?<by>\\d+))?$`, 'u');
  const sizeAt = (size: string) => {
    const { name, sign, by } = below.exec(size)?.groups ?? {};
    return name === undefined ? undefined : variable(`${name}_${number + Number(`${sign ?? ''}${by ?? 0}`)}`);
  };
  return matrix(putIn(declared.rows, sizeAt), putIn(declared.cols, sizeAt));
}
