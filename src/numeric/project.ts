import type { DerivativeTerm, SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { Size } from '../tensor/product-plan.ts';
import { type Arrangement, arrangeForm } from './arrangement.ts';
import { compile, compileSymbol } from './compile.ts';
import { compileDifferential } from './compile-differential.ts';
import { DERIVATIVE } from './dual.ts';
import { type Compiler, emit, newSlot, type Place, type Slot } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/** A derivative by one symbol, that a direction of that symbol can be multiplied into. */
export interface Projectable {
  readonly term: DerivativeTerm;
  readonly variable: SymbolId;
}

/** Whether a derivative can be checked along directions: one variable, named as a whole. */
export function projectable(term: Term): Projectable | null {
  if (term.kind !== 'derivative' || term.form === 'direct' || term.form === 'hessian' || term.wrt.length !== 1) return null;
  const [wrt] = term.wrt;
  return wrt?.term.kind === 'symbol' ? { term, variable: wrt.term.id } : null;
}

/** The same for a second derivative by one symbol: that of the gradient. */
export function largeProjectable(term: Term): Projectable | null {
  return projectable(term) ?? (term.kind === 'derivative' ? ofGradient(term) : null);
}

function ofGradient({ form, of, wrt, span }: DerivativeTerm): Projectable | null {
  const [first, second = first] = wrt;
  if (form === 'direct' || wrt.length > 2 || (wrt.length === 1 && form !== 'hessian')) return null;
  if (first?.term.kind !== 'symbol' || second?.term.kind !== 'symbol' || first.term.id !== second.term.id) return null;
  const gradient: DerivativeTerm = { kind: 'derivative', form: 'gradient', of, wrt: [{ term: first.term, transposed: false }], span };
  const whole: DerivativeTerm = { ...gradient, form: 'derivative', of: gradient, wrt: [{ term: second.term, transposed: true }] };
  return { term: whole, variable: first.term.id };
}

/** The derivative of the function along the direction in which the variable moves: of the shape of the function. */
export function compileDirectional(compiler: Compiler, { term }: Projectable, place: Place): Slot {
  return compileDifferential(compiler, { kind: 'differential', of: term.of, span: term.span }, place);
}

/** What a claimed derivative makes of the direction: for entry i of the function Σ_j G_ij v_j. */
export function compileProjection(compiler: Compiler, { term, variable }: Projectable, side: Term, function_: Size, place: Place): Slot {
  const claimed = compile(compiler, side, place);
  const { tensor: base } = compileSymbol(compiler, variable, place);
  const layout = arrangementOf(term, function_, base, place.layout);
  const { tensor } = claimed;
  if (!claimed.anyShape && (tensor.rows !== layout.rows || tensor.cols !== layout.cols))
    throw new Unverifiable('its shape is not that of the first side');
  const out = newSlot(function_);
  const direction = (compiler.directions.get(variable) as Slot).tensor.data;
  if (claimed.anyShape) return out;
  emit(
    place.frame,
    out.tensor.data.length * direction.length,
    () => {
      for (let i = 0; i < out.tensor.data.length; i++) {
        let sum = 0;
        for (let j = 0; j < direction.length; j++) sum += (tensor.data[layout.place(i, j)] as number) * (direction[j] as number);
        out.tensor.data[i] = sum;
      }
    },
    DERIVATIVE,
  );
  return out;
}

function arrangementOf({ form, wrt }: DerivativeTerm, function_: Size, variable: Size, layout: Layout): Arrangement {
  return arrangeForm(
    form,
    function_,
    variable,
    layout,
    wrt.some(({ transposed }) => transposed),
  );
}

/** Lets only that entry of the variable move which an entry of the whole derivative, at `at`, is by. */
export function moveEntryAt({ directions }: Compiler, { term, variable }: Projectable, function_: Size, layout: Layout, at: number): void {
  const { tensor } = directions.get(variable) as Slot;
  const { place } = arrangementOf(term, function_, tensor, layout);
  const isMoved = (j: number) => Array.from({ length: function_.rows * function_.cols }, (_, i) => place(i, j)).includes(at);
  tensor.data.fill(0);
  tensor.data[tensor.data.findIndex((_, j) => isMoved(j))] = 1;
}
