import type { SymbolInfo } from '../derivation/derivation.ts';
import { made, productOf } from '../ops/rewrite.ts';
import { OPS } from '../ops/table.ts';
import { type ApplyTerm, type DerivativeTerm, type SymbolId, type Term, walk } from '../ops/term.ts';
import { isScalar, type Shape } from '../shape/shape.ts';

/** What is known of the terms that are rewritten. */
export interface Reading {
  readonly shapeOf: (term: Term) => Shape;
  readonly symbol: (id: SymbolId) => SymbolInfo | undefined;
}

/** Whether numerator and denominator layout give a derivative shapes that are transposes of one another. */
export function dependsOnLayout(term: Term, { shapeOf }: Reading): term is DerivativeTerm {
  if (term.kind !== 'derivative' || (term.form !== 'derivative' && term.form !== 'direct')) return false;
  return term.wrt.length === 1 && term.wrt[0]?.transposed === false && !isScalar(shapeOf(term));
}

function isUntouched(term: Term, reading: Reading): boolean {
  return ![...walk(term)].some((one) => dependsOnLayout(one, reading));
}

/** The term in the other of the two layouts, with the value it had. Null where there is no way to write it. */
export function inOtherLayout(term: Term, reading: Reading): Term | null {
  const { shapeOf } = reading;
  if (isUntouched(term, reading)) return term;
  if (shapeOf(term).kind === 'tensor') return null;
  if (dependsOnLayout(term, reading)) return made('transpose', term);
  if (term.kind === 'apply' && term.op === 'transpose') return transposedInOtherLayout(term.args[0] as Term, reading);
  if (term.kind === 'apply' || term.kind === 'call')
    return withArgs(
      term,
      term.args.map((arg) => inOtherLayout(arg, reading)),
    );
  if (term.kind !== 'binder') return null;
  const body = inOtherLayout(term.body, reading);
  return body === null ? null : { ...term, body };
}

/** The transpose of the term's value, written in the other layout: derivatives turn by themselves, products turn round. */
export function transposedInOtherLayout(term: Term, reading: Reading): Term | null {
  const shape = reading.shapeOf(term);
  if (shape.kind === 'tensor') return null;
  if (dependsOnLayout(term, reading)) return term;
  if (isScalar(shape) || isZero(term) || isSymmetric(term, reading)) return inOtherLayout(term, reading);
  if (term.kind === 'apply') return transposedApply(term, reading);
  if (term.kind === 'call' && term.callee.kind === 'op' && isEntrywise(term.callee.op))
    return withArgs(
      term,
      term.args.map((arg) => transposedInOtherLayout(arg, reading)),
    );
  if (term.kind === 'binder' && term.binder === 'sum') {
    const body = transposedInOtherLayout(term.body, reading);
    return body === null ? null : { ...term, body };
  }
  const same = inOtherLayout(term, reading);
  return same === null ? null : made('transpose', same);
}

function transposedApply(term: ApplyTerm, reading: Reading): Term | null {
  const transposed = (arg: Term) => transposedInOtherLayout(arg, reading);
  const { op, args } = term;
  if (op === 'transpose') return inOtherLayout(args[0] as Term, reading);
  if (op === 'mul' || op === 'times' || op === 'dot') return turnedRound(term, reading);
  if ((op === 'add' || op === 'sub') && isUntouched(term, reading) && args.every((arg) => isOfOnePiece(arg, reading)))
    return made('transpose', term);
  if (op === 'div' && isScalar(reading.shapeOf(args[1] as Term)))
    return withArgs(term, [transposed(args[0] as Term), inOtherLayout(args[1] as Term, reading)]);
  if (ENTRY_BY_ENTRY.has(op) || isEntrywise(op)) return withArgs(term, args.map(transposed));
  if (op === 'inverse' || op === 'pinv') return withArgs(term, args.map(transposed));
  const same = inOtherLayout(term, reading);
  return same === null ? null : made('transpose', same);
}

/** `p - y` is transposed as a whole; of `X' r + λ w` each term reads better by itself. */
function isOfOnePiece(term: Term, reading: Reading): boolean {
  if (term.kind !== 'apply' || term.op === 'transpose') return term.kind !== 'apply' && term.kind !== 'binder';
  const matrices = term.args.filter((arg) => !isScalar(reading.shapeOf(arg)));
  return matrices.length < (term.op === 'mul' ? 2 : Number.POSITIVE_INFINITY) && matrices.every((arg) => isOfOnePiece(arg, reading));
}

/** A sum in brackets is transposed as a whole, unless that takes more marks than transposing its terms. */
function transposedFactor(factor: Term, reading: Reading): Term | null {
  const turned = transposedInOtherLayout(factor, reading);
  const isSum = factor.kind === 'apply' && (factor.op === 'add' || factor.op === 'sub');
  if (turned === null || !isSum || !isUntouched(factor, reading)) return turned;
  return transposesIn(turned) <= transposesIn(factor) ? turned : made('transpose', factor);
}

function transposesIn(term: Term): number {
  return [...walk(term)].filter((one) => one.kind === 'apply' && one.op === 'transpose').length;
}

/** Numbers stay in front, everything else changes its side. */
function turnedRound({ args }: ApplyTerm, reading: Reading): Term | null {
  const factors = args.flatMap((arg) => (arg.kind === 'apply' && arg.op === 'mul' && !isScalar(reading.shapeOf(arg)) ? arg.args : [arg]));
  const scalars = factors.filter((factor) => isScalar(reading.shapeOf(factor))).map((factor) => inOtherLayout(factor, reading));
  const others = factors
    .filter((factor) => !isScalar(reading.shapeOf(factor)))
    .map((factor) => transposedFactor(factor, reading))
    .reverse();
  const all = [...scalars, ...others];
  return all.includes(null) ? null : productOf(all as Term[]);
}

/** A vector below a bar divides entry by entry. */
const ENTRY_BY_ENTRY: ReadonlySet<ApplyTerm['op']> = new Set(['add', 'sub', 'neg', 'hadamard', 'hadamardDiv', 'div', 'compose', 'kron']);

function isEntrywise(op: ApplyTerm['op']): boolean {
  return OPS[op].shape.kind === 'entrywise';
}

/** Zero has every shape, also where it is written as a vector without a size. */
function isZero(term: Term): boolean {
  return (term.kind === 'number' && term.value === 0) || (term.kind === 'apply' && term.op === 'zeros' && term.args.length === 0);
}

/** Its own transpose, whatever its value: what is declared so, the identity, a diagonal matrix. */
function isSymmetric(term: Term, { symbol, shapeOf }: Reading): boolean {
  if (term.kind === 'symbol')
    return (symbol(term.id)?.properties ?? []).some(
      (property) => property === 'symmetric' || property === 'spd' || property === 'diagonal',
    );
  if (term.kind !== 'apply') return false;
  if (term.op === 'identity') return true;
  const [arg] = term.args;
  return term.op === 'diag' && arg !== undefined && isVector(shapeOf(arg));
}

function isVector(shape: Shape): boolean {
  return (
    shape.kind === 'matrix' && !isScalar(shape) && (isScalar({ ...shape, rows: shape.cols }) || isScalar({ ...shape, cols: shape.rows }))
  );
}

function withArgs<T extends Term & { readonly args: readonly Term[] }>(term: T, args: readonly (Term | null)[]): T | null {
  return args.includes(null) ? null : { ...term, args: args as readonly Term[], span: term.span };
}
