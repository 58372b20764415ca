import { lazily } from '../base/lazily.ts';
import { pathBetween } from '../derivation/dependencies.ts';
import type { DerivativeTerm, SymbolId, Term } from '../ops/term.ts';
import type { MatrixShape, Shape } from '../shape/shape.ts';
import type { Size } from '../tensor/product-plan.ts';
import { type Arrangement, arrangeForm, axesOf } from './arrangement.ts';
import { compile, compileSymbol, infoOf } from './compile.ts';
import { compileBase, selectionOf } from './compile-entry.ts';
import { symbolsIn } from './dependencies.ts';
import { DERIVATIVE } from './dual.ts';
import { emitDifference } from './emit-difference.ts';
import { type Compiler, emit, newFrame, type Place, type Slot, slotIn } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/** A derivative, by differences of what the definitions say, laid out as its form and layout ask for. */
export function compileDerivative(compiler: Compiler, term: DerivativeTerm, place: Place): Slot {
  const wrt = term.form === 'hessian' && term.wrt.length === 1 ? [...term.wrt, ...term.wrt] : term.wrt;
  const { raw, of, variables } = differentiateBy(
    compiler,
    applied(compiler, term),
    wrt.map((one) => one.term),
    term.form === 'direct',
    place,
  );
  const wide = variables.filter(({ rows, cols }) => rows * cols > 1);
  const transposed = wrt.some((one) => one.transposed);
  if (wide.length <= 1)
    return arranged(raw, arrangeForm(term.form, of, wide[0] ?? { rows: 1, cols: 1 }, place.layout, transposed && wide.length > 0), place);
  if (wide.length === 2 && of.rows * of.cols === 1) return secondDerivative(raw, wide as [Size, Size], place);
  throw new Unverifiable('a derivative of more than two groups of axes');
}

/** `df/dx` of a declared function without arguments: at `x`, or where that is not of its domain, at what is and follows from `x`. */
function applied(compiler: Compiler, { of, wrt }: DerivativeTerm): Term {
  const info = of.kind === 'symbol' ? compiler.derivation.symbols.get(of.id) : undefined;
  const [domain, ...more] = info?.from ?? [];
  if (info === undefined || domain === undefined || more.length > 0 || info.definition !== null) return of;
  const by = (wrt[0] as { term: Term }).term;
  return {
    kind: 'call',
    callee: { kind: 'symbol', id: info.id },
    order: 0,
    args: [between(compiler, domain, by) ?? by],
    span: of.span,
  };
}

/** For `∂L/∂x` with `L: R^m -> R` and `y = f(x)` of length m, that `y`; null where there is none, more than one, or no need. */
function between({ derivation, shapes }: Compiler, domain: MatrixShape, by: Term): Term | null {
  const isPoint = (shape: Shape) => shape.kind === 'matrix' && shape.rows.key === domain.rows.key && shape.cols.key === domain.cols.key;
  if (by.kind !== 'symbol' || isPoint(shapes.ofTerm(by))) return null;
  const points = [...derivation.symbols.values()].filter(
    ({ id, definition }) =>
      definition !== null &&
      definition.params.length === 0 &&
      isPoint(shapes.ofSymbol(id)) &&
      pathBetween(derivation, id, by.id, { without: new Set() }) !== null,
  );
  const [point] = points;
  return point === undefined || points.length > 1 ? null : { kind: 'symbol', id: point.id, span: by.span };
}

interface Differences {
  /** Rows: entries of the function, then of later variables; columns: entries of the first variable. */
  readonly raw: Slot;
  readonly of: Size;
  readonly variables: readonly Size[];
}

/** Derivatives by each variable in turn, the last one innermost. */
function differentiateBy(compiler: Compiler, of: Term, wrt: readonly Term[], direct: boolean, place: Place): Differences {
  const [first, ...rest] = wrt;
  if (first === undefined) {
    const value = compile(compiler, of, place);
    if (value.groups !== null) throw new Unverifiable('a derivative of a derivative of more than two axes');
    return { raw: value, of: value.tensor, variables: [] };
  }
  const variable = variableOf(compiler, first, place);
  const input = slotIn(place.frame, variable.base.tensor);
  const frozen = direct ? frozenAround(compiler, of, variable.id, place) : [];
  const child = newFrame(place.frame, new Map([...frozen, [variable.id, input]]));
  const body = direct ? bodyOf(compiler, of) : of;
  const inner = differentiateBy(compiler, body, rest, direct, { ...place, frame: child });
  const { base, chosen, count } = variable;
  const raw = emitDifference(compiler, place.frame, { child, input, base, output: inner.raw, chosen, count });
  return { raw, of: inner.of, variables: [variable.size, ...inner.variables] };
}

// ---- direct partials: only the explicit occurrences in the function's own definition move

function bodyOf(compiler: Compiler, of: Term): Term {
  return of.kind === 'symbol' ? (infoOf(compiler, of.id).definition?.body ?? of) : of;
}

function frozenAround(compiler: Compiler, of: Term, moving: SymbolId, place: Place): readonly [SymbolId, Slot][] {
  const open = of.kind === 'symbol' ? (infoOf(compiler, of.id).open ?? []) : [];
  const named = [...symbolsIn(bodyOf(compiler, of)), ...open].filter((id) => id !== moving && !(of.kind === 'symbol' && of.id === id));
  return [...new Set(named)].flatMap((id) =>
    isFrozen(compiler, id) ? [[id, compileSymbol(compiler, id, place)] as [SymbolId, Slot]] : [],
  );
}

function isFrozen(compiler: Compiler, id: SymbolId): boolean {
  const { role, definition, open, family } = infoOf(compiler, id);
  return role === 'variable' && family === null && (definition !== null || open !== null);
}

// ---- variables

/** What a derivative is by: entries of a symbol, in the order and shape in which the text names them. */
interface Moved {
  readonly id: SymbolId;
  readonly base: Slot;
  readonly size: Size;
  readonly chosen: () => Int32Array | null;
  readonly count: number;
}

function variableOf(compiler: Compiler, term: Term, place: Place): Moved {
  if (term.kind === 'symbol') return wholeSymbol(compiler, term.id, place);
  if (term.kind === 'entry' && term.base.kind === 'symbol') return entriesOf(compiler, term, term.base.id, place);
  if (term.kind === 'apply' && (term.op === 'transpose' || term.op === 'vec')) {
    const inner = variableOf(compiler, term.args[0] as Term, place);
    return term.op === 'vec' ? stacked(inner) : turned(inner);
  }
  throw new Unverifiable('a derivative by an expression that no definition names');
}

function wholeSymbol(compiler: Compiler, id: SymbolId, place: Place): Moved {
  const { role, text } = infoOf(compiler, id);
  if (role !== 'variable') throw new Unverifiable(`${text} cannot be differentiated by`);
  const base = compileSymbol(compiler, id, place);
  const all = lazily(() => countedTo(base.tensor.data.length));
  return { id, base, size: base.tensor, chosen: all, count: base.tensor.data.length };
}

function countedTo(count: number): Int32Array {
  const places = new Int32Array(count);
  for (let k = 0; k < count; k++) places[k] = k;
  return places;
}

function entriesOf(compiler: Compiler, term: Term & { kind: 'entry' }, id: SymbolId, place: Place): Moved {
  const base = compileBase(compiler, term.base, place);
  const { rows, cols, locate } = selectionOf(compiler, term, base, place);
  const places = new Int32Array(rows * cols);
  return { id, base, size: { rows, cols }, chosen: () => (locate(places) ? places : null), count: places.length };
}

/** The same entries as the transpose has them. */
function turned({ size: { rows, cols }, ...rest }: Moved): Moved {
  return { ...rest, size: { rows: cols, cols: rows }, chosen: reorder(rest.chosen, columnsFirst(rows, cols)) };
}

/** The same entries as vec has them: column below column. */
function stacked({ size: { rows, cols }, ...rest }: Moved): Moved {
  return { ...rest, size: { rows: rows * cols, cols: 1 }, chosen: reorder(rest.chosen, columnsFirst(rows, cols)) };
}

function columnsFirst(rows: number, cols: number): Int32Array {
  return Int32Array.from({ length: rows * cols }, (_, k) => (k % rows) * cols + Math.floor(k / rows));
}

function reorder(chosen: () => Int32Array | null, order: Int32Array): () => Int32Array | null {
  return () => {
    const places = chosen();
    return places === null ? null : order.map((k) => places[k] as number);
  };
}

// ---- layout

function arranged(raw: Slot, { rows, cols, groups, place: placeOf }: Arrangement, { frame }: Place): Slot {
  const { data, cols: count } = raw.tensor;
  const places = new Int32Array(data.length);
  for (let row = 0, k = 0; k < places.length; row++) for (let col = 0; col < count; col++, k++) places[k] = placeOf(row, col);
  if (places.every((to, k) => to === k)) return { tensor: { rows, cols, data }, groups, anyShape: false };
  const out = slotIn(frame, { rows, cols }, groups);
  emit(
    frame,
    data.length,
    () => {
      for (let k = 0; k < places.length; k++) out.tensor.data[places[k] as number] = data[k] as number;
    },
    DERIVATIVE,
  );
  return out;
}

/** d²s/du dx' is k×n: a row for each entry of u. The differences have it the other way round. */
function secondDerivative(raw: Slot, [u, x]: readonly [Size, Size], { frame }: Place): Slot {
  const [k, n] = [u.rows * u.cols, x.rows * x.cols];
  const isTensor = Math.min(u.rows, u.cols) > 1 || Math.min(x.rows, x.cols) > 1;
  const out = slotIn(frame, { rows: k, cols: n }, isTensor ? [axesOf(u), axesOf(x)] : null);
  emit(
    frame,
    k * n,
    () => {
      for (let i = 0; i < k; i++) for (let j = 0; j < n; j++) out.tensor.data[i * n + j] = raw.tensor.data[j * k + i] as number;
    },
    DERIVATIVE,
  );
  return out;
}
