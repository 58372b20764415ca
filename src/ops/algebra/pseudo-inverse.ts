import { isApply, isConstant, type Value } from './value.ts';

/** A matrix, its transpose, its pseudo-inverse, or the transpose of that: the same key for all four. */
interface Face {
  readonly base: string;
  readonly isPseudoInverse: boolean;
  /** Whether it is as wide as the matrix itself, and not as its transpose. */
  readonly isUpright: boolean;
}

function faceOf(value: Value): Face {
  if (isApply(value, 'transpose')) {
    const face = faceOf(value.args[0] as Value);
    return { ...face, isUpright: !face.isUpright };
  }
  if (!isApply(value, 'pinv')) return { base: value.key, isPseudoInverse: false, isUpright: true };
  return { base: (value.args[0] as Value).key, isPseudoInverse: true, isUpright: false };
}

/** X X^+ and X^+ X, in whichever way they are written: they project. */
function isProjection(a: Face, b: Face): boolean {
  return a.base === b.base && a.isPseudoInverse !== b.isPseudoInverse && a.isUpright !== b.isUpright;
}

/** X X^+ rather than (X^+)' X', which is the same. */
export function uprightProjections(chain: readonly Value[], turn: (value: Value) => Value): readonly Value[] {
  const at = chain.findIndex((a, place) => {
    const b = chain[place + 1];
    return (
      b !== undefined &&
      isProjection(faceOf(a), faceOf(b)) &&
      isApply(a, 'transpose') === isApply(b, 'transpose') &&
      isApply(b, 'transpose')
    );
  });
  if (at < 0) return chain;
  const [a, b] = chain.slice(at, at + 2) as [Value, Value];
  return [...chain.slice(0, at), turn(b), turn(a), ...uprightProjections(chain.slice(at + 2), turn)];
}

/** X X^+ X is X, and whatever else a projection beside it leaves alone: of three neighbours the one that stays, null where none does. */
export function projected(a: Value, b: Value, c: Value): Value | null {
  const [left, middle, right] = [a, b, c].map(faceOf) as [Face, Face, Face];
  const isOfOne = left.base === middle.base && middle.base === right.base && left.isUpright === right.isUpright;
  if (!isOfOne) return null;
  if (isProjection(left, middle)) return c;
  return isProjection(middle, right) ? a : null;
}

/** I - X X^+ and the like, which takes what X X^+ leaves alone to zero. */
export function isAnnihilated(complement: Value, value: Value): boolean {
  if (complement.kind !== 'sum' || complement.terms.length !== 2) return false;
  const rest = complement.terms.find((term) => !isConstant(term, 'identity'));
  if (rest?.kind !== 'product' || rest.coefficient !== -1 || rest.scalars.length > 0 || rest.factors.length !== 2) return false;
  const [a, b] = rest.factors as readonly [Value, Value];
  return isProjection(faceOf(a), faceOf(b)) && (projected(a, b, value) === value || projected(value, a, b) === value);
}
