import { isScalar } from '../shape/shape.ts';
import { unstyled } from '../syntax/name.ts';
import { type Draft, lookUp, type Scope } from './scope.ts';

/** What a letter means at an item. Where only one of `x` and `\mathbf x` is known, both mean that one. */
export function lookUpInAnyStyle(scope: Scope, key: string, section: number, item: number): Draft | undefined {
  const exact = lookUp(scope, key, section, item);
  if (exact !== undefined && !exact.implicit) return exact;
  for (const other of otherStyles(key)) {
    const found = lookUp(scope, other, section, item);
    if (found !== undefined && !found.implicit && !isNumberOf(found, key)) return found;
  }
  return exact;
}

/** "`b` is a scalar and `\mathbf b` a vector": what is declared a number is not what a text prints bold. */
function isNumberOf({ declared, key: plain }: Draft, key: string): boolean {
  return declared !== null && isScalar(declared) && unstyled(key) === plain && key !== plain;
}

/** The key in other dress: without its style or with one, and `x0`, as statements may write `x_0`. */
export function otherStyles(key: string): readonly string[] {
  const plain = unstyled(key);
  if (plain !== key) return [plain];
  const numbered = key.includes('_') ? /^(\p{L}+)_(\d+)$/u.exec(key) : null;
  if (numbered !== null) return [...dressed(key), `${numbered[1]}${numbered[2]}`];
  return dressed(key);
}

function dressed(key: string): readonly string[] {
  // The style stands next to the letter, within its accents: `\hat{\mathbf y}`.
  const letter = key.lastIndexOf(':') + 1;
  return ['bold', 'vec'].map((style) => `${key.slice(0, letter)}${style}:${key.slice(letter)}`);
}

/** `bold:X` of `bold:x`. */
export function capitalOf(key: string): string {
  const letter = key.lastIndexOf(':') + 1;
  return key.slice(0, letter) + key.slice(letter).toUpperCase();
}
