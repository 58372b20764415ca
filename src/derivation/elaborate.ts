import { cover, type Span } from '../base/span.ts';
import { childrenOf, type Term } from '../ops/term.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { ApplyExpr, BinderExpr, Expr, ShapeExpr } from '../syntax/ast.ts';
import type { OpName } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { isLength, takesEntries } from './bars.ts';
import { amongOf, comparedIn, isCounting, lettersBound } from './compared-indices.ts';
import { bindIndex, type Context, dimensionDraft, draftNamed, isKnown, symbolTerm } from './context.ts';
import { crossProduct } from './cross-product.ts';
import { elaborateCall } from './elaborate-call.ts';
import { elaborateDerivative, elaborateOperatorD, elaborateOperatorH } from './elaborate-derivative.ts';
import { elaborateName, elaboratePostfix } from './elaborate-name.ts';
import { lettersBelow } from './free-indices.ts';
import { type Form, formOf } from './layout-shapes.ts';
import { numberedTerms } from './numbered-sum.ts';
import { overProduct } from './operator-reach.ts';
import { pNorm } from './p-norm.ts';
import { factorsWithoutDots, stackOf, withoutDots } from './progression.ts';
import { roughShape } from './rough-shape.ts';
import { type Signed, termsReached } from './sum-reach.ts';

/** The term an expression stands for where it is written. */
export function elaborate(context: Context, expr: Expr): Term {
  const factors = elaborateFactors(context, expr);
  return product(factors, expr.span);
}

/** Factors as one term: the only one, or their product. */
export function product(factors: readonly Term[], span: Span): Term {
  const [only] = factors;
  return factors.length === 1 && only !== undefined ? only : { kind: 'apply', op: 'mul', args: factors, span };
}

/** An expression as factors of the product around it: `a (x)` is two where `a` is no function. */
export function elaborateFactors(context: Context, expr: Expr): readonly Term[] {
  switch (expr.kind) {
    case 'number':
      return [{ kind: 'number', value: expr.value, span: expr.span }];
    case 'name':
      return [elaborateName(context, expr)];
    case 'apply':
      return [elaborateApply(context, expr)];
    case 'call':
      return elaborateCall(context, expr);
    case 'postfix':
      return elaboratePostfix(context, expr);
    case 'derivative':
      return elaborateDerivative(context, expr);
    case 'binder':
      return [elaborateBinder(context, expr)];
    case 'matrix':
      return [
        dotted(context, expr) ?? {
          kind: 'matrix',
          rows: expr.rows.map((row) => row.map((entry) => elaborate(context, entry))),
          isList: isList(context, expr),
          span: expr.span,
        },
      ];
    case 'noted':
      return [elaborateNoted(context, expr)];
    case 'named':
      return [elaborate(context, expr.body)];
    case 'hole':
      return [{ kind: 'hole', parts: expr.parts.map((part) => elaborate(context, part)), span: expr.span }];
  }
}

/** A matrix with dots in it that tell how it goes on. A list of things may be a row as well as a column. */
function dotted(context: Context, expr: Expr & { kind: 'matrix' }): Term | null {
  const stack = isList(context, expr) ? null : stackOf(context, expr, elaborate);
  return stack === null || expr.rows.length > 1 ? stack : { kind: 'apply', op: 'transpose', args: [stack], span: expr.span };
}

export function isList({ origin, text }: Context, { rows, span }: Expr & { kind: 'matrix' }): boolean {
  return origin !== 'plain' && rows.length === 1 && /^(?:\\(?:left|[bB]igg?l?)\s*)?\(/.test(text.slice(span.start, span.start + 12));
}

function elaborateNoted(context: Context, { body, shape }: Expr & { kind: 'noted' }): Term {
  const term = elaborate(context, numeralOfSize(context, body, shape) ?? body);
  context.notes.push({ term, note: shape });
  return term;
}

/** `1_{m \times 1}`, which is no number, as the ones that it means. */
function numeralOfSize({ origin }: Context, body: Expr, { dims }: ShapeExpr): Expr | null {
  const isNumeral = body.kind === 'number' && (body.value === 0 || body.value === 1);
  const isOne = dims.every((dim) => dim.kind === 'number' && dim.value === 1);
  return origin === 'plain' || !isNumeral || isOne ? null : { kind: 'name', name: `bold:${body.value}`, span: body.span };
}

/** In `\langle w, X_i \rangle` the row of X is a vector like the column w. */
function besideColumns(context: Context, args: readonly Term[]): readonly Term[] {
  if (context.origin === 'plain' || !args.some(({ kind }) => kind === 'entry')) return args;
  const forms = args.map((arg) => formOfRough(context, arg));
  if (!forms.includes('column')) return args;
  return args.map((arg, at) =>
    arg.kind === 'entry' && forms[at] === 'row' ? { kind: 'apply', op: 'transpose', args: [arg], span: arg.span } : arg,
  );
}

function formOfRough({ scope }: Context, term: Term): Form | null {
  const shape = roughShape(scope, term);
  return shape === null ? null : formOf(shape);
}

function elaborateApply(outer: Context, expr: ApplyExpr): Term {
  const context = takesEntries(expr) ? { ...outer, barsOfEntries: true } : outer;
  if (expr.op === 'mul')
    return isRowOfBlocks(context, expr) ? blocks(context, expr) : product(elaborateProduct(context, expr.args), expr.span);
  if (expr.op === 'div') return elaborateQuotient(context, expr);
  if (expr.op === 'add' || expr.op === 'sub') return elaborateSum(context, expr);
  const args = expr.args.map((arg) => elaborate(context, arg));
  if (expr.op === 'inner') return { kind: 'apply', op: 'inner', args: besideColumns(context, args), span: expr.span };
  if (expr.op === 'normWeighted') return elaborateNorm(context, expr, args);
  if (expr.op === 'bars' && isLength(context, expr, args[0])) return { kind: 'apply', op: 'norm', args, span: expr.span };
  const cross = expr.op === 'times' ? crossProduct(context, args, expr.span) : null;
  return cross ?? { kind: 'apply', op: expr.op, args, span: expr.span };
}

/** A norm with something below it; a node stands in one place, so that the exponent of a p-norm is read twice. */
function elaborateNorm(context: Context, { op, args: [, below], span }: ApplyExpr, args: readonly Term[]): Term {
  const exponent = () => elaborate({ ...context, problems: [], notes: [] }, below as Expr);
  return pNorm(context, args, exponent, span) ?? { kind: 'apply', op, args, span };
}

function elaborateSum(context: Context, expr: ApplyExpr): Term {
  const [first, ...rest] = withoutDots(context, termsReached(context, expr)) as readonly [Signed, ...Signed[]];
  return rest.reduce<Term>(
    (left, { op, expr: right, span }) => ({ kind: 'apply', op, args: [left, elaborate(context, right)], span }),
    elaborate(context, first.expr),
  );
}

/** `[X_1\; X_2]`: declared matrices that are as high as each other and cannot be multiplied stand side by side. */
function isRowOfBlocks(context: Context, { args, span }: ApplyExpr): boolean {
  if (context.text[span.start] !== '[') return false;
  const shapes = args.map((arg) => draftNamed(context, arg)?.declared ?? null);
  return shapes.every((shape, at) => {
    const before = shapes[at - 1] ?? null;
    return (
      shape !== null &&
      !isScalar(shape) &&
      (at === 0 || (before !== null && before.rows.key === shape.rows.key && before.cols.key !== shape.rows.key))
    );
  });
}

function blocks(context: Context, { args, span }: ApplyExpr): Term {
  return { kind: 'matrix', rows: [args.map((arg) => elaborate(context, arg))], span };
}

/** `a/b(c)` with a letter `b` is `(a/b) c`: `/` takes the next factor only. */
function elaborateQuotient(context: Context, { args, span }: ApplyExpr): Term {
  const [above, below] = args as readonly [Expr, Expr];
  const [divisor, ...rest] =
    below.span.end === span.end && below.kind === 'call' ? elaborateFactors(context, below) : [elaborateDivisor(context, below)];
  const numerator = elaborate(context, above);
  const quotient: Term = {
    kind: 'apply',
    op: 'div',
    args: [numerator, divisor as Term],
    span: rest.length === 0 ? span : cover(above.span, (divisor as Term).span),
  };
  return product([quotient, ...rest], span);
}

/** Nothing is divided by a derivative that acts on a factor: in `1/(D ρ)` a size D is a number. */
function elaborateDivisor(context: Context, below: Expr): Term {
  const factors = below.kind === 'apply' && below.op === 'mul' ? below.args : [];
  const hasSize = factors.some((factor) => factor.kind === 'name' && context.scope.dimensions.has(factor.name));
  return elaborate(hasSize ? { ...context, dividesBySize: true } : context, below);
}

/** The factors of a product; a lone `d` or `D` before a known operand acts on it, `∇` on as much as it needs. */
function elaborateProduct(context: Context, written: readonly Expr[]): readonly Term[] {
  const isNumber = (expr: Expr) => {
    const shape = shapeOfGroup(context, expr);
    return shape !== null && isScalar(shape);
  };
  const args = factorsWithoutDots(context, written, isNumber);
  const factors: Term[] = [];
  for (let at = 0; at < args.length; at++) {
    const next = args[at + 1];
    const arg = next === undefined ? (args[at] as Expr) : ofTransposed(context, args[at] as Expr);
    const whole = overProduct(arg, args.slice(at + 1), (expr) => shapeOfGroup(context, expr));
    if (whole !== null) return [...factors, ...elaborateFactors(context, whole)];
    if (next !== undefined && needsMore(context, arg)) {
      const rest = args.slice(at + 1);
      const of: Expr = { kind: 'apply', op: 'mul', args: [arg.of, ...rest], span: cover(arg.of.span, (rest.at(-1) as Expr).span) };
      return [...factors, ...elaborateFactors(context, { ...arg, of, span: cover(arg.span, of.span) })];
    }
    const acting =
      next === undefined
        ? null
        : (elaborateDifferential(context, arg, next) ?? elaborateOperatorD(context, arg, next) ?? elaborateOperatorH(context, arg, next));
    factors.push(...(acting ?? elaborateFactors(context, arg)));
    if (acting !== null) at++;
  }
  return factors;
}

/** In `∇ (A x - b)^⊤ (B x + a)` the mark belongs to the brackets, for what stands in them is a column and has no gradient. */
function ofTransposed(context: Context, expr: Expr): Expr {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'transpose' || expr.base.kind !== 'derivative') return expr;
  const { base: derivative, mark, span } = expr;
  const shape = derivative.of.kind === 'apply' ? shapeOfGroup(context, derivative.of) : null;
  if (derivative.form !== 'gradient' || shape === null || isScalar(shape)) return expr;
  return { ...derivative, of: { kind: 'postfix', base: derivative.of, mark, span: cover(derivative.of.span, span) }, span };
}

/** `∇` needs a scalar that moves: where the factor after it is declared to be none, or a coefficient, it reaches over the rest of the product. */
function needsMore(context: Context, expr: Expr): expr is Expr & { kind: 'derivative' } {
  if (expr.kind !== 'derivative' || (expr.form !== 'gradient' && expr.form !== 'hessian')) return false;
  const bare = expr.of.kind === 'postfix' && expr.of.mark.kind !== 'sub' ? expr.of.base : expr.of;
  const shape = bare.kind === 'apply' ? shapeOfGroup(context, bare) : draftNamed(context, bare)?.declared;
  // Nobody transposes a number.
  const isTransposed = expr.of.kind === 'postfix' && expr.of.mark.kind === 'transpose';
  return (
    (shape == null ? isTransposed : !isScalar(shape)) ||
    isCoefficient(
      context,
      expr.of,
      expr.wrt.map(({ expr: by }) => symbolKey(by)),
    )
  );
}

/** The shape of what stands in brackets, `(A x - b)`, looked at without leaving a trace. */
export function shapeOfGroup(context: Context, group: Expr): MatrixShape | null {
  return roughShape(context.scope, elaborate({ ...context, problems: [], notes: [] }, group));
}

/** `\frac12`, `1/N`, `λ`: numbers, dimensions and declared scalars that nothing defines, none of them differentiated by. */
function isCoefficient(context: Context, expr: Expr, variables: readonly (string | null)[]): boolean {
  if (expr.kind === 'number') return true;
  if (expr.kind === 'apply')
    return (
      (expr.op === 'div' || expr.op === 'mul' || expr.op === 'neg') && expr.args.every((arg) => isCoefficient(context, arg, variables))
    );
  const key = symbolKey(expr);
  if (key === null || variables.includes(key)) return false;
  const draft = draftNamed(context, expr);
  if (draft === undefined || draft.implicit) return context.scope.dimensions.has(key);
  return (
    draft.declared !== null && isScalar(draft.declared) && draft.definedAt === null && draft.open === null && draft.role === 'variable'
  );
}

function elaborateDifferential(context: Context, sign: Expr, operand: Expr): readonly Term[] | null {
  const isSecond = isSecondSign(sign);
  if (!isSecond && !isDifferentialSign(context, sign)) return null;
  const [of, ...rest] = elaborateFactors(context, operand);
  const span = cover(sign.span, (of as Term).span);
  const first: Term = { kind: 'differential', of: of as Term, span };
  return [isSecond ? { kind: 'differential', of: first, span } : first, ...rest];
}

/** `\mathrm d^2`, the differential of a differential; `d^2` may be a square. */
function isSecondSign(sign: Expr): boolean {
  if (sign.kind !== 'postfix' || sign.mark.kind !== 'power' || sign.base.kind !== 'name') return false;
  const { exponent } = sign.mark;
  return /^(?:rm|sf):d$/.test(sign.base.name) && exponent.kind === 'number' && exponent.value === 2;
}

const DIFFERENTIAL_SIGNS: ReadonlySet<string> = new Set(['d', 'rm:d', 'sf:d', 'bold:d']);

/**
 * An upright `d`, a bold one that is no symbol in scope, or an italic one that is neither a symbol in scope nor a dimension, or stands in an equation
 * about differentials.
 */
export function isDifferentialSign(context: Context, expr: Expr): boolean {
  if (expr.kind !== 'name' || !DIFFERENTIAL_SIGNS.has(expr.name)) return false;
  if (expr.name === 'bold:d') return context.differentials === true || !isKnown(context, 'bold:d');
  return expr.name !== 'd' || context.differentials === true || (!isKnown(context, 'd') && !context.scope.dimensions.has('d'));
}

/** A sum binds its letters; what it has no letters for stays what it is. */
/** How far the indices of a sum run: up to its bound, or as they are declared. */
function withBounds(context: Context, { from, to }: BinderExpr, indices: readonly string[]): Context {
  const bound = to === null || from?.kind !== 'number' || from.value !== 1 ? null : dimensionOf(to);
  const upTo = indices.flatMap((id): readonly (readonly [string, string])[] => {
    const key = bound !== null && isDimension(bound) ? bound.key : context.scope.drafts.get(id)?.range?.to.key;
    return key === undefined ? [] : [[id, key]];
  });
  return upTo.length === 0 ? context : { ...context, upTo: new Map([...(context.upTo ?? []), ...upTo]) };
}

function elaborateBinder(context: Context, expr: BinderExpr): Term {
  const written = numberedTerms(context, expr);
  if (written !== null)
    return written
      .map((term) => elaborate(context, term))
      .reduce((left, right) => ({ kind: 'apply', op: 'add', args: [left, right], span: expr.span }));
  let inner = context;
  const indices: string[] = [];
  const comparison = comparedIn(context, expr);
  for (const { name, span } of isCounting(expr) ? lettersBound(context, expr, comparison) : []) {
    if (context.bound.has(name)) context.problems.push({ kind: 'rebound', span, index: context.text.slice(span.start, span.end) });
    const bound = bindIndex(inner, name, span);
    inner = bound.context;
    indices.push(bound.id);
  }
  if (expr.from?.kind === 'number' && expr.from.value === 0)
    inner = { ...inner, series: new Set([...(inner.series ?? []), ...expr.names.map(({ name }) => name)]) };
  inner = withBounds(inner, expr, indices);
  const from = expr.from === null ? null : elaborate(context, expr.from);
  const to = expr.to === null ? null : elaborateBound(context, expr.to);
  return {
    kind: 'binder',
    binder: expr.binder,
    indices,
    from,
    to,
    comparison: comparison && {
      ...comparison,
      left: elaborate(inner, comparison.left),
      right: elaborate(inner, comparison.right),
    },
    ...amongOf(context, expr, comparison),
    body: elaborate(inner, expr.body),
    span: expr.span,
  };
}

/** What a sum runs to; a letter that is both a dimension and a vector or a matrix is the dimension there. */
function elaborateBound(context: Context, expr: Expr): Term {
  const key = expr.kind === 'name' ? symbolKey(expr) : null;
  const declared = key === null ? null : draftNamed(context, expr)?.declared;
  const isSize = key !== null && declared != null && !isScalar(declared) && context.scope.dimensions.has(key);
  return isSize ? symbolTerm(dimensionDraft(context, key).id, expr.span) : elaborate(context, expr);
}

/** An operand of `diag` with a free index below runs over the diagonal: `diag(f(z_i))`. */
export function elaborateStacked(context: Context, op: OpName, arg: Expr): Term {
  const letters = op === 'diag' ? lettersBelow(context, arg).filter((letter) => !context.bound.has(letter)) : [];
  const [letter] = letters;
  if (letter === undefined) return elaborate(context, arg);
  const { context: inner, id } = bindIndex(context, letter, arg.span);
  return {
    kind: 'binder',
    binder: 'stack',
    indices: [id],
    from: null,
    to: null,
    comparison: null,
    body: elaborate(inner, arg),
    span: arg.span,
  };
}

/** Whether a derivative or a differential occurs in the term, so that its shape depends on the layout. */
export function hasDerivative(term: Term): boolean {
  return term.kind === 'derivative' || childrenOf(term).some(hasDerivative);
}
