import type { SymbolInfo } from '../derivation/derivation.ts';
import type { Kernel } from '../ops/op.ts';
import { OPS } from '../ops/table.ts';
import type { ApplyTerm, SymbolId, Term } from '../ops/term.ts';
import { evaluate } from '../shape/dimension.ts';
import { NOTATION, type OpName } from '../syntax/notation.ts';
import type { Look } from '../tensor/look.ts';
import type { Size } from '../tensor/product-plan.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { squaredUnder, watched, watchedAt } from './branches.ts';
import { compileBinder } from './compile-binder.ts';
import { compileCall, compileFunctionValue } from './compile-call.ts';
import { compileDerivative } from './compile-derivative.ts';
import { compileDifferential } from './compile-differential.ts';
import { compileEntry } from './compile-entry.ts';
import { compileMatrix } from './compile-matrix.ts';
import { compileProduct } from './compile-product.ts';
import { compileSolution } from './compile-solution.ts';
import { COMPLEX_KERNELS, complexOf } from './complex-kernels.ts';
import { CONTEXTUAL } from './dependencies.ts';
import { abstain, afterwards, type DualRule } from './dual.ts';
import { DUAL_KERNELS } from './dual-kernels.ts';
import type { Effect } from './focus.ts';
import { type Compiler, emit, homeOf, type Instruction, MANY_ENTRIES, type Place, type Slot, scalarSlot, slotIn } from './frame.ts';
import { resultSize } from './result-size.ts';
import { OPEN_CONSTANT, Unverifiable } from './unverifiable.ts';

/** Instructions that compute a term, and where its value will lie. A term that occurs twice is computed once. */
export function compile(compiler: Compiler, term: Term, place: Place): Slot {
  const frame = homeOf(place.frame, compiler.dependencies.ofTerm(term));
  const key = `${place.layout}:${compiler.dependencies.numberOf(term)}${sizesInContext(compiler, term)}`;
  const known = frame.memo.get(key);
  if (known !== undefined) return known;
  const slot = compileNode(compiler, term, { frame, layout: place.layout });
  frame.memo.set(key, slot);
  return slot;
}

/** The sizes of constants that the context decides: one `I` need not be as large as the other. */
function sizesInContext(compiler: Compiler, term: Term): string {
  let sizes = '';
  for (const one of compiler.dependencies.constantsIn(term)) {
    const size = shapeInContext(compiler, one);
    sizes += size === null ? ' ?' : ` ${size.rows}×${size.cols}`;
  }
  return sizes;
}

function compileNode(compiler: Compiler, term: Term, place: Place): Slot {
  switch (term.kind) {
    case 'number':
      return { ...scalarSlot(term.value), anyShape: term.value === 0 };
    case 'symbol':
      return compileSymbol(compiler, term.id, place);
    case 'apply':
      return compileApply(compiler, term, place);
    case 'call':
      return compileCall(compiler, term, place);
    case 'entry':
      return compileEntry(compiler, term, place);
    case 'derivative':
      return compileDerivative(compiler, term, place);
    case 'differential':
      return compileDifferential(compiler, term, place);
    case 'binder':
      return compileBinder(compiler, term, place);
    case 'matrix':
      return compileMatrix(compiler, term, place);
    case 'hole':
      throw new Unverifiable('a part of it was not understood');
  }
}

// ---- symbols

/** A value that a frame around gives, a definition's, an open function's, or that of a variable. */
export function compileSymbol(compiler: Compiler, id: SymbolId, { frame: inner, layout }: Place): Slot {
  const frame = homeOf(inner, compiler.dependencies.ofSymbol(id));
  const cut = frame.cuts.get(id);
  if (cut !== undefined) return cut;
  const known = frame.memo.get(id);
  if (known !== undefined) return known;
  const slot = once(compiler, id, () => valueOf(compiler, infoOf(compiler, id), { frame, layout }));
  frame.memo.set(id, slot);
  return slot;
}

/** Compiles a definition, unless it is being compiled already. */
export function once<T>(compiler: Compiler, id: SymbolId, make: () => T): T {
  const { text } = infoOf(compiler, id);
  if (compiler.open.has(id)) throw new Unverifiable(`${text} is defined by itself`);
  compiler.open.add(id);
  try {
    return make();
  } finally {
    compiler.open.delete(id);
  }
}

export function infoOf({ derivation }: Compiler, id: SymbolId): SymbolInfo {
  const info = derivation.symbols.get(id);
  if (info === undefined) throw new Unverifiable(`the symbol ${id} is unknown`);
  return info;
}

function valueOf(compiler: Compiler, info: SymbolInfo, place: Place): Slot {
  if (info.definition?.isImplicit === true)
    return compileSolution(compiler, info, info.definition.body, definitionPlace(compiler, info.id, place));
  if (info.definition !== null) return compile(compiler, info.definition.body, definitionPlace(compiler, info.id, place));
  if (info.role === 'index') throw new Unverifiable(`the index ${info.text} has no value`);
  if (info.role === 'dimension') return scalarSlot(sizeNamed(compiler, info.text));
  if (info.open !== null) return compileFunctionValue(compiler, info, info.open, place);
  if (info.role === 'function') throw new Unverifiable(`the function ${info.text} stands without arguments`);
  return variableSlot(compiler, info);
}

/** A definition's derivatives are read in the layout of the equation that states it. */
export function definitionPlace({ shapes, definedIn }: Compiler, id: SymbolId, { frame, layout }: Place): Place {
  const equation = definedIn.get(id);
  return { frame, layout: equation === undefined ? layout : shapes.layoutOf(equation) };
}

function sizeNamed({ sizes }: Compiler, name: string): number {
  const size = sizes.get(name);
  if (size === undefined) throw new Unverifiable(`the dimension ${name} has no size`);
  return size;
}

/** The slot of something drawn at random, of its declared or inferred shape. */
function variableSlot(compiler: Compiler, info: SymbolInfo): Slot {
  const known = compiler.variables.get(info.id);
  if (known !== undefined) return known.slot;
  if (info.family !== null) throw new Unverifiable(`${info.text} is a family and stands without an index`);
  const variable = compiler.shared.get(info.id) ?? {
    info,
    slot: slotIn(compiler.root, sizeOfSymbol(compiler, info)),
    members: 1,
    drawn: null,
  };
  if (variable.slot.tensor.data.length >= MANY_ENTRIES) compiler.shared.set(info.id, variable);
  compiler.variables.set(info.id, variable);
  return variable.slot;
}

export function sizeOfSymbol({ shapes, sizes }: Compiler, { id, text, declared, definition }: SymbolInfo): Size {
  const shape = declared ?? shapes.ofSymbol(id);
  const [rows, cols] = shape.kind === 'matrix' ? [evaluate(shape.rows, sizes), evaluate(shape.cols, sizes)] : [];
  if (rows !== undefined && cols !== undefined && rows > 0 && cols > 0) return { rows, cols };
  throw new Unverifiable(declared === null && definition === null ? `${text} is not declared` : `the shape of ${text} is open`);
}

// ---- operators

function compileApply(compiler: Compiler, term: ApplyTerm, place: Place): Slot {
  const { op } = term;
  if (op === 'mul' || op === 'times') return compileProduct(compiler, term, place);
  const args = term.args.map((arg) => compile(compiler, arg, place));
  if (KEEPS_AXES.has(op) && args.some(({ groups }) => groups !== null)) return keepingAxes(compiler, term, args, place);
  if (op === 'zeros' && args.length === 0 && shapeInContext(compiler, term) === null) return { ...scalarSlot(0), anyShape: true };
  const size = CONTEXTUAL.has(op) ? contextualSize(compiler, term, args) : operandSize(compiler, term, args);
  return compileKernel(compiler, term, args, size, place);
}

/** What can be done with a derivative of more than two axes besides multiplying it. */
const KEEPS_AXES: ReadonlySet<OpName> = new Set(['add', 'sub', 'neg', 'div', 'transpose']);

/** Entry by entry on operands with the same axes, or divided by a number; a transpose has its two groups the other way round. */
function keepingAxes(compiler: Compiler, term: ApplyTerm, args: readonly Slot[], place: Place): Slot {
  const [{ groups, tensor }, other] = args as readonly [Slot, Slot | undefined];
  const fits = other === undefined || (term.op === 'div' ? other.tensor.data.length === 1 : String(other.groups) === String(groups));
  if (groups === null || !fits) throw new Unverifiable('the shapes in it do not fit');
  if (term.op === 'transpose')
    return { ...compileKernel(compiler, term, args, { rows: tensor.cols, cols: tensor.rows }, place), groups: [groups[1], groups[0]] };
  return { ...compileKernel(compiler, term, args, tensor, place), groups };
}

function compileKernel({ branches, calls, meter }: Compiler, { op }: ApplyTerm, args: readonly Slot[], size: Size, { frame }: Place): Slot {
  const tensors = args.map((arg) => arg.tensor);
  const kernel = kernelFor(op, tensors, meter.look);
  const slot = slotIn(frame, size);
  const squared = squaredUnder(op, tensors, calls);
  calls.push({ op, out: slot.tensor, args: tensors });
  const compute = () => kernel(slot.tensor, tensors);
  const instruction =
    squared === null ? watched(branches, op, slot.tensor, tensors, compute) : watchedAt(branches, slot.tensor, [squared], compute);
  emit(
    frame,
    workOf(op, slot, tensors[0]),
    instruction,
    dualRuleOf(op, instruction, slot.tensor, tensors, meter.look),
    effectOf(op, slot.tensor, tensors),
  );
  return slot;
}

/** The kernel of an operator for operands that stay where they are. */
function kernelFor(op: OpName, [first]: readonly Tensor[], look: Look): Kernel {
  const { kernel, prepare } = OPS[op];
  if (kernel === null) throw new Unverifiable(`\`${NOTATION[op].plain[0]}\` has a shape and no value`);
  return prepare === undefined || first === undefined ? kernel : prepare(first, look);
}

/** How a change of some entries spreads through an operator. */
function effectOf(op: OpName, out: Tensor, args: readonly Tensor[]): Effect | null {
  const { kernel, shape, smoothness, summed } = OPS[op];
  const isExact = shape.kind === 'entrywise' ? smoothness !== 'smooth' : !ROUNDED.has(op);
  return kernel === null ? null : { kind: spreadOf(op), out, args, compute: kernel, isExact, summed, op };
}

function spreadOf(op: OpName): Effect['kind'] {
  const { shape, summed } = OPS[op];
  if (op === 'softmax' || op === 'transpose') return op;
  if (shape.kind === 'entrywise' || BY_ENTRY.has(op)) return 'entrywise';
  return summed === undefined ? 'whole' : 'sum';
}

/** A whole number that comes out of these is one that was rounded: the 1 of a softmax, of which the rest is too small to be seen. */
const ROUNDED: ReadonlySet<OpName> = new Set([
  'softmax',
  'logsumexp',
  'norm',
  'norm2',
  'normF',
  'normNuclear',
  'normWeighted',
  'inverse',
  'pinv',
  'logdet',
  'expm',
  'logm',
  'sqrtm',
  'sinm',
  'cosm',
  'lambdaMax',
  'lambdaMin',
  'vMax',
  'vMin',
]);

const BY_ENTRY: ReadonlySet<OpName> = new Set([
  'add',
  'sub',
  'div',
  'hadamard',
  'compose',
  'hadamardDiv',
  'greater',
  'greaterEqual',
  'less',
  'lessEqual',
  'equal',
  'unequal',
]);

/** How an operator is applied to numbers with tangents. */
export function dualRuleOf(op: OpName, value: Instruction, out: Tensor, args: readonly Tensor[], look: Look): DualRule {
  return (tangents) => (tangents.algebra === 'dual' ? dualRule(op, value, out, args, look) : complexRule(op, out, args, look))(tangents);
}

function dualRule(op: OpName, value: Instruction, out: Tensor, args: readonly Tensor[], look: Look): DualRule {
  const kernel = DUAL_KERNELS[op];
  if (kernel === undefined) return () => abstain(`${op} has no dual kernel`);
  return afterwards(value, ({ dual }) => {
    const [into, operands] = [dual(out), args.map(dual)];
    return () => kernel(into, operands, look);
  });
}

function complexRule(op: OpName, out: Tensor, args: readonly Tensor[], look: Look): DualRule {
  return ({ dual }) =>
    COMPLEX_KERNELS[op]?.(
      complexOf(dual(out)),
      args.map((arg) => complexOf(dual(arg))),
      look,
    ) ?? abstain(`${op} is not analytic`);
}

function workOf(op: OpName, { tensor }: Slot, operand: Size = { rows: 1, cols: 1 }): number {
  const entries = operand.rows * operand.cols;
  const smaller = Math.min(operand.rows, operand.cols);
  const { cubicCost = 0 } = OPS[op];
  return tensor.data.length + entries + (smaller > 1 ? cubicCost * entries * smaller : 0);
}

function operandSize(compiler: Compiler, term: ApplyTerm, args: readonly Slot[]): Size {
  const wide = args.filter((arg) => !arg.anyShape);
  const given = wide.length > 0 && ANY_SHAPE_FITS.has(term.op) ? wide : args;
  const size = resultSize(
    term.op,
    given.map((arg) => arg.tensor),
  );
  if (size === null || given.some((arg) => arg.groups !== null)) throw new Unverifiable('the shapes in it do not fit');
  if (SAME_SHAPES.has(term.op)) requireSameSize(compiler, term, given, size);
  return size;
}

/** Where a literal zero takes the shape of the other operand. */
const ANY_SHAPE_FITS: ReadonlySet<string> = new Set(['add', 'sub']);
const SAME_SHAPES: ReadonlySet<string> = new Set(['add', 'sub', 'hadamard', 'compose', 'inner']);

/** Operands of different shapes are repeated only where the document reads them so. */
function requireSameSize(compiler: Compiler, term: ApplyTerm, args: readonly Slot[], size: Size): void {
  const same = args.every(({ tensor }) => tensor.rows === args[0]?.tensor.rows && tensor.cols === args[0]?.tensor.cols);
  if (same || compiler.broadcast) return;
  const shape = shapeInContext(compiler, term);
  if (shape === null || shape.rows !== size.rows || shape.cols !== size.cols) throw new Unverifiable('the shapes in it do not fit');
}

/** The size inference found for this very term. */
export function shapeInContext({ shapes, sizes }: Compiler, term: Term): Size | null {
  const shape = shapes.ofTerm(term);
  if (shape?.kind !== 'matrix') return null;
  const rows = evaluate(shape.rows, sizes);
  const cols = evaluate(shape.cols, sizes);
  return rows === undefined || cols === undefined || rows <= 0 || cols <= 0 ? null : { rows, cols };
}

function contextualSize(compiler: Compiler, term: ApplyTerm, args: readonly Slot[]): Size {
  const inferred = shapeInContext(compiler, term);
  if (inferred !== null) return inferred;
  const [rows, cols] = args.map((arg) => arg.tensor.data[0]);
  const counts = rows !== undefined && term.op !== 'basis' && [rows, cols ?? 1].every((count) => Number.isInteger(count) && count > 0);
  if (!counts) throw new Unverifiable(OPEN_CONSTANT);
  return { rows, cols: cols ?? (term.op === 'identity' ? rows : 1) };
}
