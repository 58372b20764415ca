import { type ApplyTerm, type SymbolId, type Term, walk } from '../ops/term.ts';
import { isOpen, ONE } from '../shape/dimension.ts';
import { type MatrixShape, SCALAR } from '../shape/shape.ts';
import type { Property } from '../syntax/ast.ts';
import { amongNumbers, divisors } from './among-numbers.ts';
import { symbolsIn } from './dependencies.ts';
import type { Derivation, SymbolInfo } from './derivation.ts';
import { checkpoint, type Inference, known, noteConflict, rollback, settle, symbolShape, takeAs } from './inference.ts';
import { blamedTerms, isMistake } from './problem.ts';

/**
 * Letters that nothing declares have the form that the field gives them, where something would otherwise stay open: `x_{t+1}` is of the
 * shape of `x_t`; a small letter is a column, if the uses say how many rows it has, if it fills a diagonal beside matrices, or if it is transposed, for nobody does
 * that with a number; a transposed capital letter is a matrix, a symmetric one a square matrix. In a text without statements the two sides of `X w` and the end of
 * `c^\top w` are a matrix and columns as well, and an `L` that is only differentiated is a number. Where something would not fit then, they stay open, unless it is one equation of several
 * that name a letter which is transposed.
 */
export function takeCustomaryShapes(inference: Inference): void {
  const { derivation } = inference;
  const open = [...derivation.symbols.values()].filter((info) => isUndeclared(info) && openShape(inference, info) !== null);
  if (open.length === 0) return;
  // What is defined has the shape of what it is made of.
  const candidates = [...open.filter(({ definition }) => definition === null), ...open.filter(({ definition }) => definition !== null)];
  for (const info of [...divisors(inference), ...eigenvalues(derivation)]) takeForNumber(inference, info);
  const transposed = transposedSymbols(derivation);
  const added = transposedTerms(derivation);
  const multiplied = multipliedSymbols(derivation);
  const losses = differentiatedLosses(derivation);
  const indexed = indexedSymbols(derivation);
  const onDiagonals = diagonalSymbols(derivation);
  const steps = stepsByText(derivation);
  for (const info of candidates) {
    const shape = openShape(inference, info);
    if (shape === null) continue;
    const step = steps.get(stepBefore(info.text) ?? '');
    // Layers that nothing declares may each have their own width; what is left open beside what is defined goes from step to step.
    const before = step?.declared != null || info.open !== null ? step : undefined;
    const isTold =
      transposed.has(info.id) || added.has(info.id) || multiplied.has(info.id) || onDiagonals.has(info.id) || indexed.get(info.id) === 1;
    const customary =
      losses.has(info.id) && info.definition === null ? SCALAR : indexed.get(info.id) === 2 ? shape : customaryForm(info, shape, isTold);
    const form = before === undefined ? customary : symbolShape(inference, before.id);
    if (form !== null && form.kind === 'matrix') tryForm(inference, info, form, transposed.has(info.id) || before !== undefined);
  }
  for (const info of candidates) if (losses.has(info.id)) takeForNumber(inference, info);
  for (const info of amongNumbers(inference)) takeForNumber(inference, info);
}

/** The λ of `A v = \lambda v`. */
function eigenvalues({ sayings, symbols }: Derivation): readonly SymbolInfo[] {
  return sayings()
    .eigenpairs.flatMap(({ value }) => symbols.get(value) ?? [])
    .filter(isUndeclared);
}

export function takeForNumber(inference: Inference, info: SymbolInfo): void {
  if (openShape(inference, info) !== null) tryForm(inference, info, SCALAR, false);
}

function tryForm(inference: Inference, { id }: SymbolInfo, form: MatrixShape, isFirm: boolean): void {
  const mark = checkpoint(inference);
  const conflicts = inference.conflicts.length;
  takeAs(inference, id, form);
  settle(inference);
  const unfit = [
    ...inference.problems.slice(mark.problems).filter(isMistake).flatMap(blamedTerms),
    ...inference.conflicts.slice(conflicts),
  ];
  if (unfit.length === 0) return;
  if (!isFirm || !isOneMistake(inference.derivation, id, unfit)) return rollback(inference, mark);
  // The equation is inferred anew, and says then itself what does not fit.
  inference.problems.length = mark.problems;
  for (const term of unfit) noteConflict(inference, term);
}

/** Equations that name a letter, of which one may be wrong. */
const FEWEST = 3;

function isOneMistake({ equations }: Derivation, id: SymbolId, unfit: readonly Term[]): boolean {
  const wrong = new Set(unfit);
  const using = equations.filter(({ sides }) => sides.some((side) => symbolsIn(side).includes(id)));
  const mistaken = using.filter(({ sides }) => sides.some((side) => [...walk(side)].some((term) => wrong.has(term))));
  return using.length >= FEWEST && mistaken.length === 1 && mistaken[0]?.settings.broadcast === true;
}

function isUndeclared({ role, declared, family }: SymbolInfo): boolean {
  return role === 'variable' && declared === null && family === null;
}

function openShape(inference: Inference, { id }: SymbolInfo): MatrixShape | null {
  const shape = known(inference, symbolShape(inference, id));
  return shape.kind === 'matrix' && (isOpen(shape.rows) || isOpen(shape.cols)) ? shape : null;
}

/** Symbols that are declared or defined, by how they are written, without braces. */
function stepsByText({ symbols }: Derivation): ReadonlyMap<string, SymbolInfo> {
  const single = [...symbols.values()].filter(({ family }) => family === null);
  const defined = single.filter(({ definition, declared }) => definition?.params.length === 0 && declared === null);
  const declared = single.filter((info) => info.declared !== null);
  return new Map([...defined, ...declared].map((info) => [plainText(info.text), info]));
}

const plainText = (text: string) => text.replace(/[{}\s]/gu, '');

/** The `x_t` of `x_{t+1}` and `x_{t-1}`. */
function stepBefore(text: string): string | null {
  return /^(.+[_^]\(?\p{Ll})[+-]\d+(\)?)$/u.exec(plainText(text))?.slice(1).join('') ?? null;
}

const OF_SQUARE: ReadonlySet<Property> = new Set([
  'symmetric',
  'skew',
  'projection',
  'spd',
  'orthogonal',
  'diagonal',
  'invertible',
  'lower',
  'upper',
]);

function customaryForm({ text, properties, definition }: SymbolInfo, shape: MatrixShape, isTransposed: boolean): MatrixShape | null {
  if (definition !== null) return isTransposed && isSmallLetter(text) && !isOpen(shape.cols) ? shape : null;
  const isOfLengthOne = isSmallLetter(text) && properties.includes('orthogonal');
  if (isOfLengthOne) return { ...shape, cols: ONE };
  if (properties.some((property) => OF_SQUARE.has(property))) return { ...shape, cols: shape.rows };
  if (isSmallLetter(text)) return isOpen(shape.cols) && (isTransposed || !isOpen(shape.rows)) ? { ...shape, cols: ONE } : null;
  return isTransposed ? shape : null;
}

function isSmallLetter(text: string): boolean {
  return !/[A-Z]/u.test(text.replace(/\\[A-Za-z]+|[\^_].*/gu, ''));
}

/** The matrix and the column of `X w`, the column at the end of `c^\top w`, in a text without statements. */
function multipliedSymbols({ equations, symbols }: Derivation): ReadonlySet<SymbolId> {
  const charitable = equations.filter(({ settings }) => settings.broadcast);
  const bodies = charitable.flatMap(({ defines }) => symbols.get(defines ?? '')?.definition?.body ?? []);
  const found = new Set<SymbolId>();
  for (const root of [...charitable.flatMap(({ sides }) => sides), ...bodies])
    for (const term of walk(root)) if (term.kind === 'apply' && term.op === 'mul') for (const id of lastTwo(term, symbols)) found.add(id);
  return found;
}

/** How many letters stand below the b of `b_j`, the w of `w_{jk}`. */
function indexedSymbols({ equations, symbols }: Derivation): ReadonlyMap<SymbolId, number> {
  const bodies = [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  const found = new Map<SymbolId, number>();
  for (const root of [...equations.flatMap(({ sides }) => sides), ...bodies])
    for (const term of walk(root)) if (term.kind === 'entry' && term.base.kind === 'symbol') found.set(term.base.id, term.selectors.length);
  return found;
}

function lastTwo({ args }: ApplyTerm, symbols: Derivation['symbols']): readonly SymbolId[] {
  const [matrix, column] = args.slice(-2);
  if (column?.kind !== 'symbol' || !isSmallLetter(symbols.get(column.id)?.text ?? '')) return [];
  if (matrix?.kind === 'apply' && matrix.op === 'transpose') return [column.id];
  return matrix?.kind === 'symbol' && !isSmallLetter(symbols.get(matrix.id)?.text ?? 'a') ? [matrix.id, column.id] : [];
}

/** What texts call a loss of which they say no more. */
const LOSS = /^(?:[LJEC]|\\ell|\\(?:mathcal|mathscr|mathrm|text|textrm|operatorname)\{(?:[LJEC]|[Ll]oss|[Cc]ost)\})$/u;

/** The `L` of `∂L/∂y` in a text without statements, also where what defines it leaves open that it is a number. */
function differentiatedLosses({ equations, symbols }: Derivation): ReadonlySet<SymbolId> {
  const found = new Set<SymbolId>();
  for (const { settings, sides } of equations)
    for (const term of settings.broadcast ? sides.flatMap((side) => [...walk(side)]) : [])
      if (term.kind === 'derivative' && term.of.kind === 'symbol') found.add(term.of.id);
  return new Set([...found].filter((id) => LOSS.test(symbols.get(id)?.text ?? '')));
}

/** The symbols that a text transposes, which nobody does with numbers. */
export function transposedSymbols(derivation: Derivation): ReadonlySet<SymbolId> {
  const sides = derivation.equations.flatMap(({ sides }) => sides);
  return new Set(transposedIn([...sides, ...bodiesOf(derivation)]).flatMap((term) => (term.kind === 'symbol' ? [term.id] : [])));
}

/** The x and m of a definition with `(x - m)^\top` in it; what a claim says behind its first side may be wrong. */
function transposedTerms(derivation: Derivation): ReadonlySet<SymbolId> {
  return new Set(transposedIn(bodiesOf(derivation)).flatMap(addedSymbols));
}

/** The k of a definition with `B^\top \operatorname{diag}(k) B` in it: a column on the diagonal of a matrix beside matrices. */
function diagonalSymbols(derivation: Derivation): ReadonlySet<SymbolId> {
  const products = bodiesOf(derivation).flatMap((root) => [...walk(root)].filter((term) => term.kind === 'apply' && term.op === 'mul'));
  return new Set(products.flatMap((product) => diagonalsIn(product as ApplyTerm, derivation)));
}

function diagonalsIn({ args }: ApplyTerm, { symbols }: Derivation): readonly SymbolId[] {
  const isMatrix = (term: Term): boolean =>
    term.kind === 'symbol'
      ? !isSmallLetter(symbols.get(term.id)?.text ?? 'a')
      : term.kind === 'apply' && term.op === 'transpose' && term.args.some(isMatrix);
  if (!args.some(isMatrix)) return [];
  return args.flatMap((arg) => (arg.kind === 'apply' && arg.op === 'diag' && arg.args[0]?.kind === 'symbol' ? [arg.args[0].id] : []));
}

function bodiesOf({ symbols }: Derivation): readonly Term[] {
  return [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
}

/** The symbols of a sum: the x and m of `x - m`. */
export function addedSymbols(sum: Term): readonly SymbolId[] {
  if (sum.kind === 'symbol') return [sum.id];
  const isSum = sum.kind === 'apply' && (sum.op === 'add' || sum.op === 'sub' || sum.op === 'neg');
  return isSum ? sum.args.flatMap(addedSymbols) : [];
}

function transposedIn(roots: readonly Term[]): readonly Term[] {
  const terms = roots.flatMap((root) => [...walk(root)]);
  return terms.flatMap((term) => (term.kind === 'apply' && term.op === 'transpose' ? term.args : []));
}
