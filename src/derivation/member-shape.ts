import { variable } from '../shape/dimension.ts';
import { putIn } from '../shape/facts.ts';
import { type MatrixShape, matrix } from '../shape/shape.ts';

/**
 * The shape of the member with a number: `W^{(2)}` is d_2×d_1 where the text declares `W^{(l)}` to be d_l×d_{l-1}.
 * `text` is how the text writes the member that it declares.
 */
export function memberShape(declared: MatrixShape, text: string, number: number): MatrixShape {
  const letter = /[_^]\s*\{?\s*[([]?\s*(?<letter>\p{Ll}|\\ell)\s*[)\]]?\s*\}?$/u.exec(text)?.groups?.letter;
  if (letter === undefined) return declared;
  const below = new RegExp(`^(?<name>.+)_${letter === '\\ell' ? 'ℓ' : letter}(?:(?<sign>[+-])(?<by>\\d+))?$`, 'u');
  const sizeAt = (size: string) => {
    const { name, sign, by } = below.exec(size)?.groups ?? {};
    return name === undefined ? undefined : variable(`${name}_${number + Number(`${sign ?? ''}${by ?? 0}`)}`);
  };
  return matrix(putIn(declared.rows, sizeAt), putIn(declared.cols, sizeAt));
}
