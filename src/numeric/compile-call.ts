import type { SymbolInfo } from '../derivation/derivation.ts';
import { OPS } from '../ops/table.ts';
import type { CallTerm, SymbolId } from '../ops/term.ts';
import { evaluate } from '../shape/dimension.ts';
import type { MatrixShape } from '../shape/shape.ts';
import type { Size } from '../tensor/product-plan.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { watched } from './branches.ts';
import { compile, compileSymbol, definitionPlace, dualRuleOf, infoOf, once, shapeInContext, sizeOfSymbol } from './compile.ts';
import { DERIVATIVE, type DualRule, within } from './dual.ts';
import { emitDifference } from './emit-difference.ts';
import { type Compiler, emit, type Frame, newFrame, newSlot, type Place, run, type Slot, scalarSlot } from './frame.ts';
import { applyComplex, applyFunction, changeFunction, type RandomFunction, randomFunction } from './random-function.ts';
import { Unverifiable } from './unverifiable.ts';

/** A function applied, or its derivative applied: `f(x)`, `σ'(z)`. */
export function compileCall(compiler: Compiler, term: CallTerm, place: Place): Slot {
  const args = term.args.map((arg) => compile(compiler, arg, place));
  const callee = calleeOf(compiler, term);
  const [arg] = args;
  if (arg !== undefined && args.length === 1 && isEntrywise(compiler, callee, arg))
    return entrywise(compiler, callee, arg, term.order, place);
  if (term.order === 0) return callee.apply(args, place);
  if (arg === undefined || args.length !== 1 || term.order !== 1) throw new Unverifiable('a derivative of a function of several arguments');
  return derivativeAt(compiler, term, callee, arg, place);
}

/** What can be applied to values: of which size its parameter is, and how its value comes about. */
interface Callee {
  /** Null where any size will do. */
  readonly parameter: Size | null;
  readonly apply: (args: readonly Slot[], place: Place) => Slot;
}

function calleeOf(compiler: Compiler, { callee }: CallTerm): Callee {
  if (callee.kind === 'op') {
    const { shape } = OPS[callee.op];
    const takesNumbers = shape.kind === 'entrywise' && callee.op !== 'softmax';
    return {
      parameter: takesNumbers ? { rows: 1, cols: 1 } : null,
      apply: (args, { frame }) => applyOperator(compiler, callee.op, args, frame),
    };
  }
  const info = infoOf(compiler, callee.id);
  const { definition } = info;
  if (definition !== null) {
    return {
      parameter: parameterSize(compiler, definition.params),
      apply: (args, place) => applyDefinition(compiler, info, definition.params, args, place),
    };
  }
  if (info.from !== null)
    return { parameter: firstSize(compiler, info.from), apply: (args, place) => applyOpen(compiler, info, args, place) };
  if (info.open !== null)
    return { parameter: parameterSize(compiler, info.open), apply: (args, place) => applyOpen(compiler, info, args, place) };
  throw new Unverifiable(`${info.text} is no function`);
}

function applyOperator({ branches, calls, meter }: Compiler, op: keyof typeof OPS, args: readonly Slot[], frame: Frame): Slot {
  const { kernel, shape } = OPS[op];
  const [arg] = args;
  if (kernel === null || arg === undefined || shape.kind !== 'entrywise')
    throw new Unverifiable(`the derivative of ${op} as a function of one number`);
  const out = newSlot(arg.tensor);
  calls.push({ op, out: out.tensor, args: [arg.tensor] });
  const instruction = watched(branches, op, out.tensor, [arg.tensor], () => kernel(out.tensor, [arg.tensor]));
  emit(frame, out.tensor.data.length, instruction, dualRuleOf(op, instruction, out.tensor, [arg.tensor], meter.look));
  return out;
}

function parameterSize(compiler: Compiler, params: readonly SymbolId[]): Size | null {
  const [only] = params;
  return only === undefined || params.length !== 1 ? null : sizeOfSymbol(compiler, infoOf(compiler, only));
}

function firstSize({ sizes }: Compiler, from: readonly MatrixShape[]): Size | null {
  const [only] = from;
  if (only === undefined || from.length !== 1) return null;
  const rows = evaluate(only.rows, sizes);
  const cols = evaluate(only.cols, sizes);
  return rows === undefined || cols === undefined ? null : { rows, cols };
}

/** A function of one number works entry by entry on whatever it is applied to. */
function isEntrywise(_compiler: Compiler, { parameter }: Callee, { tensor: { data } }: Slot): boolean {
  return parameter !== null && parameter.rows * parameter.cols === 1 && data.length >= 1;
}

// ---- values

/** The body of a definition, with its parameters cut loose and given the arguments' values. */
function applyDefinition(compiler: Compiler, info: SymbolInfo, params: readonly SymbolId[], args: readonly Slot[], place: Place): Slot {
  const body = info.definition?.body;
  if (body === undefined || params.length !== args.length) throw new Unverifiable(`${info.text} has another number of parameters`);
  const child = newFrame(place.frame, new Map(params.map((param, at) => [param, args[at] as Slot])));
  const value = once(compiler, info.id, () => compile(compiler, body, { ...definitionPlace(compiler, info.id, place), frame: child }));
  include(place.frame, child);
  return value;
}

/** Runs a frame once as a part of another. */
function include(frame: Frame, child: Frame): void {
  frame.depth = Math.max(frame.depth, child.depth);
  emit(
    frame,
    child.work,
    () => run(child),
    within(child, (_, runChild) => runChild),
  );
}

/** A symbol that depends on others in a way that is left open, at their values. */
export function compileFunctionValue(compiler: Compiler, info: SymbolInfo, args: readonly SymbolId[], place: Place): Slot {
  return applyOpen(
    compiler,
    info,
    args.map((arg) => compileSymbol(compiler, arg, place)),
    place,
  );
}

function applyOpen(compiler: Compiler, info: SymbolInfo, args: readonly Slot[], { frame }: Place): Slot {
  const out = newSlot(sizeOfSymbol(compiler, info));
  const inputs = new Float64Array(args.reduce((sum, arg) => sum + arg.tensor.data.length, 0));
  const f = functionOf(compiler, info, inputs.length, out.tensor.data.length);
  const instruction = () => {
    gather(
      inputs,
      args.map(({ tensor }) => tensor),
    );
    applyFunction(f, inputs, out.tensor.data);
  };
  const rule: DualRule = ({ algebra, dual }) => {
    const [changes, tangents, { tangent }] = [
      new Float64Array(inputs.length),
      args.map((arg) => dual(arg.tensor).tangent),
      dual(out.tensor),
    ];
    return () => {
      instruction();
      gather(changes, tangents);
      if (algebra === 'dual') changeFunction(f, { inputs, changes, values: out.tensor.data }, tangent.data);
      else applyComplex(f, { re: inputs, im: changes }, { re: out.tensor.data, im: tangent.data });
    };
  };
  emit(frame, inputs.length * out.tensor.data.length * 4, instruction, rule);
  return out;
}

function gather(into: Float64Array, parts: readonly Tensor[]): void {
  let at = 0;
  for (const { data } of parts) {
    into.set(data, at);
    at += data.length;
  }
}

function functionOf(compiler: Compiler, { id, text, properties }: SymbolInfo, inputs: number, outputs: number): RandomFunction {
  const known = compiler.functions.get(id);
  const kind = {
    positive: properties.includes('positive'),
    symmetric: properties.includes('symmetric'),
    definite: properties.includes('spd'),
  };
  const made = known ?? randomFunction(inputs, outputs, kind);
  if (made.inputs !== inputs) throw new Unverifiable(`${text} is applied to arguments of different sizes`);
  compiler.functions.set(id, made);
  return made;
}

// ---- entry by entry, and derivatives

/** What goes into and comes out of a function of one number at each entry: values, or tangents. */
interface Copies {
  readonly cell: Float64Array;
  readonly arg: Float64Array;
  readonly value: Float64Array;
  readonly out: Float64Array;
}

/** A function of one number, or its derivative of some order, at every entry of its argument. */
function entrywise(compiler: Compiler, callee: Callee, arg: Slot, order: number, place: Place): Slot {
  const cell = scalarSlot(0);
  const child = newFrame(place.frame, new Map());
  const value = derivativeOfOrder(compiler, callee, cell, order, { ...place, frame: child });
  if (value.tensor.data.length !== 1) throw new Unverifiable('a function of one number gives more than one');
  const out = newSlot(arg.tensor);
  place.frame.depth = Math.max(place.frame.depth, child.depth);
  const each = (runChild: () => void, copies: readonly Copies[]) => () => {
    for (let k = 0; k < out.tensor.data.length; k++) {
      for (const { cell: into, arg: from } of copies) into[0] = from[k] as number;
      runChild();
      for (const { value: from, out: into } of copies) into[k] = from[0] as number;
    }
  };
  const values = { cell: cell.tensor.data, arg: arg.tensor.data, value: value.tensor.data, out: out.tensor.data };
  const rule = within(child, ({ dual }, runChild) => {
    const data = ({ tensor }: Slot) => dual(tensor).tangent.data;
    return each(runChild, [values, { cell: data(cell), arg: data(arg), value: data(value), out: data(out) }]);
  });
  emit(
    place.frame,
    (child.work + 1) * out.tensor.data.length,
    each(() => run(child), [values]),
    rule,
  );
  return out;
}

/** g₀ = f(u), and each derivative by differences of the one before. */
function derivativeOfOrder(compiler: Compiler, callee: Callee, at: Slot, order: number, place: Place): Slot {
  if (order === 0) return callee.apply([at], place);
  const input = scalarSlot(0);
  const child = newFrame(place.frame, new Map());
  const value = derivativeOfOrder(compiler, callee, input, order - 1, { ...place, frame: child });
  return emitDifference(compiler, place.frame, { child, input, base: at, output: value, chosen: () => new Int32Array(1), count: 1 });
}

/** `f'(x)`: the Jacobian, or where a function of a vector works entry by entry the diagonal of it. */
function derivativeAt(compiler: Compiler, term: CallTerm, callee: Callee, arg: Slot, place: Place): Slot {
  const input = newSlot(arg.tensor);
  const child = newFrame(place.frame, new Map());
  const value = callee.apply([input], { ...place, frame: child });
  const count = arg.tensor.data.length;
  const all = Int32Array.from({ length: count }, (_, k) => k);
  const jacobian = emitDifference(compiler, place.frame, { child, input, base: arg, output: value, chosen: () => all, count });
  const shape = shapeInContext(compiler, term);
  if (value.tensor.data.length === 1) return { ...jacobian, tensor: { ...arg.tensor, data: jacobian.tensor.data } };
  return shape !== null && shape.rows === arg.tensor.rows && shape.cols === arg.tensor.cols && value.tensor.data.length === count
    ? diagonalOf(jacobian, arg, place)
    : jacobian;
}

function diagonalOf({ tensor: { data, cols } }: Slot, arg: Slot, { frame }: Place): Slot {
  const out = { tensor: tensor(arg.tensor.rows, arg.tensor.cols), groups: null, anyShape: false };
  emit(
    frame,
    cols,
    () => {
      for (let k = 0; k < cols; k++) out.tensor.data[k] = data[k * cols + k] as number;
    },
    DERIVATIVE,
  );
  return out;
}
