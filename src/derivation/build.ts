import { lazily } from '../base/lazily.ts';
import { addTo, groupedBy } from '../base/lists-by-key.ts';
import type { Span } from '../base/span.ts';
import { copyOf } from '../ops/rewrite.ts';
import { isZeroTerm, type SymbolId, type SymbolTerm, type Term, termKey, walk } from '../ops/term.ts';
import type { Facts } from '../shape/facts.ts';
import { isScalar, type MatrixShape, SCALAR } from '../shape/shape.ts';
import type { Expr, Relation, ShapeExpr, ShapeLineStatement } from '../syntax/ast.ts';
import { partsOf } from '../syntax/depth.ts';
import type { SourceDocument } from '../syntax/document.ts';
import type { OpName } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { collect } from './collect.ts';
import type { Expectation, PlacedEquation, Silenced } from './collected.ts';
import { bindIndex, type Context, dimensionDraft, find, symbolTerm } from './context.ts';
import { assignRoles } from './define.ts';
import type { Definition, Derivation, Equation, Section, Settings } from './derivation.ts';
import { isAboutDifferentials } from './differential-equations.ts';
import { takeDomains } from './domains.ts';
import { elaborate, isList, shapeOfGroup } from './elaborate.ts';
import { readEntrywise } from './entrywise-definitions.ts';
import { callsErrorsE } from './errors-called-e.ts';
import { freeLetters } from './free-indices.ts';
import { formOf } from './layout-shapes.ts';
import { factorsBeforeBrackets } from './letters-before-brackets.ts';
import { linkStacks, makeStacks } from './link-stacks.ts';
import { type Mentions, mentionsIn } from './named-derivative.ts';
import { overProductsOfNumber } from './operator-reach.ts';
import { otherThanEntries } from './other-than-entries.ts';
import { isPlainText } from './plain-text.ts';
import { writesTransposesByPrimes } from './primed-names.ts';
import type { Problem } from './problem.ts';
import type { Role } from './role.ts';
import { roughShape } from './rough-shape.ts';
import { sayingsOf } from './sayings.ts';
import { type Draft, introduce, isAround, lookUp, type Scope, type SectionDraft, sectionsAround, toSymbolInfo } from './scope.ts';
import { asColumn, listedIn } from './several-variables.ts';
import { type Unrolled, unrollRecursions } from './unroll.ts';
import { withoutHabits } from './without-habits.ts';
import { derivativesIn } from './written-derivatives.ts';
import { type MarksByNotation, writtenMarks } from './written-marks.ts';

/** A document as an argument, with what reading it found on the way. */
export interface Built {
  readonly derivation: Derivation;
  readonly problems: readonly Problem[];
  /** What the text says of its dimensions. */
  readonly facts: Facts;
  /** The sizes that statements fix, where all of them agree. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Shapes that are declared for the constants `\mathbf 1` and `\mathbf 0`, where nothing around one says otherwise. */
  readonly numerals: ReadonlyMap<OpName, MatrixShape>;
  readonly ignored: readonly Span[];
  readonly silenced: readonly Silenced[];
  /** Shapes written under or beside terms, to be compared with what is inferred. */
  readonly notes: readonly { readonly term: Term; readonly note: ShapeExpr }[];
  readonly shapeLines: ReadonlyMap<Equation, readonly ShapeLineStatement[]>;
  readonly expectations: readonly Expectation[];
  /** The shape an equation's membership states for its first side. */
  readonly memberships: ReadonlyMap<Equation, ShapeExpr>;
  /** Each declared name where it stands. */
  readonly declarations: readonly { readonly id: SymbolId; readonly name: Span; readonly statement: Span }[];
  /** Symbols that nobody declared or defined. */
  readonly implicit: ReadonlySet<SymbolId>;
  /** Members that a recursion defines, the first ones first, by where the recursion begins. */
  readonly unrolled: ReadonlyMap<number, readonly SymbolId[]>;
  /** The signs that it writes where there is a choice. */
  readonly marks: () => MarksByNotation;
}

const CLAIMED: ReadonlySet<Term['kind']> = new Set(['derivative', 'differential']);

/** Reads a document into a derivation: scopes first, then definitions, then everything else. */
export function buildDerivation(document: SourceDocument, text: string, settings: Settings): Built {
  const isPlain = isPlainText(document.items);
  const read = collect(document, text, settings);
  const collected = isPlain ? read : withoutHabits(read, text);
  const roles = isPlain ? collected.equations.map((): Role => ({ kind: 'plain' })) : assignRoles(collected, text);
  for (const draft of collected.scope.drafts.values()) if (isPositiveNumber(draft)) draft.declared = SCALAR;
  const base = {
    scope: collected.scope,
    text,
    bound: new Map(),
    named: new Map<string, Draft[]>(),
    gradientsBy: lazily(() => gradientsBy(collected.equations)),
    factors: lazily(() => factorsBeforeBrackets(collected.equations)),
    primesTurn: lazily(() => writesTransposesByPrimes(collected)),
    callsErrorsE: lazily(() => callsErrorsE(collected.equations)),
    otherThanEntries: lazily(() => otherThanEntries(collected.equations)),
    problems: collected.problems,
    notes: [] as { term: Term; note: ShapeExpr }[],
  };
  if (!isPlain) linkStacks(collected.stacks, base);
  const places = collected.equations.map(
    (placed): Context => ({ ...base, section: placed.section, item: placed.item, origin: placed.origin }),
  );
  const contexts = isPlain ? places : readEntrywise(collected.equations, roles, places);
  if (!isPlain) resolveParameters(collected.equations, roles, contexts);
  resolveOpenArguments(collected.scope, contexts[0] ?? { ...base, section: 0, item: 0, origin: 'plain' });
  const unrolled = isPlain ? [] : unrollRecursions(collected.equations, collected.scope, text);
  for (const { draft, entries, body, placed } of unrolled) {
    const context = contexts[collected.equations.indexOf(placed)] as Context;
    if (entries.length > 0) defineEntries(context, { draft, entries }, body);
    else draft.definition = { params: [], body: elaborate(context, body), span: placed.statement.span };
  }
  const bodies = collected.equations.map((placed, at) => elaborateDefinition(contexts[at] as Context, placed, roles[at] as Role));
  makeStacks(collected.made, base);
  const results = collected.equations.map((placed, at) =>
    elaborateEquation(contexts[at] as Context, placed, roles[at] as Role, bodies[at] ?? null),
  );
  // Every dimension is a symbol, so that what is derived may use it as a number.
  for (const name of collected.scope.dimensions.keys()) dimensionDraft(collected, name);
  const last = unrolled.filter(({ number }) => number === collected.scope.horizon?.last).map(({ draft }) => draft.id);
  const marks = lazily(() => writtenMarks(text, withOrigins(collected.equations, results)));
  return { ...assemble(collected, results, base.notes, new Set(last)), unrolled: membersByPlace(unrolled), marks };
}

function withOrigins(placed: readonly PlacedEquation[], results: readonly (readonly Equation[])[]): Parameters<typeof writtenMarks>[1] {
  return placed.flatMap(({ origin }, at) => (results[at] ?? []).map((equation) => ({ equation, origin })));
}

/** The letter of all `∇_x` that name one, where it is the same. */
function gradientsBy(equations: readonly PlacedEquation[]): string | null {
  const named = derivativesIn(equations).flatMap(({ form, wrt }) => (form === 'gradient' ? wrt.map(({ expr }) => symbolKey(expr)) : []));
  const [only, ...others] = new Set(named);
  return others.length > 0 ? null : (only ?? null);
}

function membersByPlace(unrolled: readonly Unrolled[]): Built['unrolled'] {
  const groups = groupedBy(unrolled, ({ placed }) => placed.statement.span.start);
  return new Map([...groups].map(([start, members]) => [start, members.map(({ draft }) => draft.id)]));
}

/** `\lambda > 0`: a Greek letter that is said to be positive, and of which nothing else is said, is a number. */
function isPositiveNumber({ key, declared, properties, definedAt, open, from, family, role }: Draft): boolean {
  const isBare = declared === null && definedAt === null && open === null && from === null && family === null && role === 'variable';
  return isBare && properties.includes('positive') && /^\p{Script=Greek}/u.test(key);
}

function assemble(
  collected: ReturnType<typeof collect>,
  results: readonly (readonly Equation[])[],
  notes: Built['notes'],
  lastMembers: ReadonlySet<SymbolId>,
): Omit<Built, 'unrolled' | 'marks'> {
  const placed = results.flatMap((equations, at) =>
    equations.map((equation) => ({ equation, placed: collected.equations[at] as PlacedEquation })),
  );
  const all = placed.map(({ equation }) => equation);
  const last = results.map((equations) => equations.at(-1));
  const withLast = collected.equations.flatMap((one, at) => (last[at] === undefined ? [] : [{ one, equation: last[at] as Equation }]));
  const drafts = [...collected.scope.drafts.values()];
  return {
    derivation: {
      symbols: new Map(drafts.map((draft) => [draft.id, toSymbolInfo(draft)])),
      sections: collected.scope.sections.map(toSection),
      equations: all,
      sayings: lazily(() => sayingsOf(all)),
      lastMembers,
      steps: collected.scope.horizon,
    },
    problems: collected.problems,
    facts: new Map([...collected.facts].map(([name, { value }]) => [name, value])),
    sizes: sizesIn(collected.scope),
    numerals: collected.numerals,
    ignored: collected.ignored,
    silenced: collected.silenced,
    notes,
    shapeLines: new Map(withLast.filter(({ one }) => one.shapeLines.length > 0).map(({ one, equation }) => [equation, one.shapeLines])),
    expectations: collected.expectations,
    memberships: new Map(
      withLast.flatMap(({ one, equation }) => (one.statement.membership === null ? [] : [[equation, one.statement.membership]])),
    ),
    declarations: collected.declarations.map(({ draft, name, statement }) => ({ id: draft.id, name, statement })),
    implicit: new Set(drafts.filter((draft) => draft.implicit).map((draft) => draft.id)),
  };
}

/** A letter that has another size in another section has none here. */
function sizesIn({ sections }: Scope): ReadonlyMap<string, number> {
  const all = sections.flatMap(({ sizes, settings }) => [...sizes, ...settings.sizes]);
  const found = new Map(all);
  return new Map([...found].filter(([name, size]) => all.every((other) => other[0] !== name || other[1] === size)));
}

function toSection({ title, start, end, parent, settings }: SectionDraft): Section {
  return { title, span: { start, end }, parent, settings };
}

// ---- parameters and open arguments

/** The parameters of `f(x) = …`: symbols in scope of that name, or new ones of the section. */
function resolveParameters(equations: readonly PlacedEquation[], roles: readonly Role[], contexts: readonly Context[]): void {
  const mentions = lazily(() => mentionsIn(equations));
  roles.forEach((role, at) => {
    if (role.kind !== 'definition' || role.params.length === 0) return;
    const placed = equations[at] as PlacedEquation;
    role.draft.params = role.params.map((param) => parameter(contexts[at] as Context, param, placed, mentions));
  });
  const isFirst = (key: string, at: number) => mentions().first.get(key) === equations[at];
  takeDomains(
    roles.flatMap((role, at) => (role.kind === 'definition' ? [{ draft: role.draft, isFirst: (key: string) => isFirst(key, at) }] : [])),
    (id) => (contexts[0] as Context).scope.drafts.get(id),
  );
}

function parameter(context: Context, param: Expr, placed: PlacedEquation, mentions: () => Mentions): SymbolId {
  const key = symbolKey(param) as string;
  const known = find(context, key);
  if (known !== undefined && !isFamilyElsewhere(known, placed)) return known.id;
  // `E(w) = …` below `y = X w` of a section around it is a function of that w.
  const first = mentions().first.get(key);
  const isNew = known === undefined && first !== undefined && isAround(context.scope, first.section, placed.section);
  const { section, item } = isNew ? first : placed;
  const draft = introduce(context.scope, key, section, item, param.span);
  draft.text = context.text.slice(param.span.start, param.span.end);
  if (known !== undefined) Object.assign(draft, { declared: known.declared, declaredAt: known.declaredAt });
  return draft.id;
}

/** `V(x) = …` in another section than the states `x_0, …, x_N` is a function of one such x. */
function isFamilyElsewhere({ family, section, definedAt }: Draft, placed: PlacedEquation): boolean {
  return family !== null && definedAt === null && section !== placed.section;
}

/** `L(z) : scalar`: `z` may be defined after the statement, so it is looked up when all are known. */
function resolveOpenArguments(scope: Scope, anywhere: Context): void {
  for (const { draft, args, section, item } of scope.openArguments) {
    const keys = args.map(symbolKey);
    const found = keys.map((key) => (key === null ? undefined : find({ ...anywhere, section, item }, key)));
    draft.open = found.map(
      (one, at) => one?.id ?? introduceArgument(scope, args[at] as Expr, keys[at] ?? '?', section, item, anywhere.text),
    );
  }
}

function introduceArgument(scope: Scope, arg: Expr, key: string, section: number, item: number, text: string): SymbolId {
  const known = lookUp(scope, key, section, item);
  const draft = known ?? introduce(scope, key, section, item, arg.span);
  draft.text = text.slice(arg.span.start, arg.span.end);
  if (known === undefined && TIMES.has(key)) draft.declared = SCALAR;
  return draft.id;
}

/** What something depends on by these letters, where nothing else is said of them, is time. */
const TIMES: ReadonlySet<string> = new Set(['t', 'τ']);

// ---- equations

/** The body of a definition, elaborated before anything that may refer to it by its value. */
function elaborateDefinition(context: Context, { statement }: PlacedEquation, role: Role): Term | null {
  if (role.kind !== 'definition') return null;
  const [, body, ...claimed] = statement.sides;
  if (body === undefined) return null;
  if (role.entries.length > 0) return defineEntries(context, role, body);
  if (role.undone !== null) return defineUndone(context, role.draft, role.undone, body);
  const term = elaborate({ ...context, listed: listedIn(claimed) }, body);
  const definition: Definition = { params: role.draft.params, body: term, span: statement.span };
  role.draft.definition = definition;
  if (namesValue(context, term)) addTo(context.named, termKey(term), role.draft);
  return term;
}

/** Whether a derivative by such a value is one by its name; by the vec of a matrix that may be anything it is one by that matrix. */
function namesValue({ scope }: Context, term: Term): boolean {
  const [of] = term.kind === 'apply' && term.op === 'vec' ? term.args : [];
  const isOfFree = of?.kind === 'symbol' && scope.drafts.get(of.id)?.definedAt === null;
  return term.kind !== 'symbol' && term.kind !== 'number' && !isOfFree;
}

/** `p_i = …` defines p as the column, or the matrix, of its entries. The equation itself stays one between entries. */
function defineEntries(context: Context, { draft, entries }: Pick<Role & { kind: 'definition' }, 'draft' | 'entries'>, body: Expr): null {
  let inner = context;
  const indices = entries.map(({ name, span }) => {
    const bound = bindIndex(inner, name, span);
    inner = bound.context;
    return bound.id;
  });
  const stack: Term = {
    kind: 'binder',
    binder: 'stack',
    indices,
    from: null,
    to: null,
    comparison: null,
    body: elaborate(inner, body),
    span: body.span,
  };
  draft.definition = { params: [], body: stack, span: body.span };
  return null;
}

/** `Δ^2 = …` defines Δ as the root, `\log p(x) = …` p as the exponential; the equation itself stays one between squares or logarithms. */
function defineUndone(context: Context, draft: Draft, op: 'sqrt' | 'exp', body: Expr): null {
  const value: Term = { kind: 'apply', op, args: [elaborate(context, body)], span: body.span };
  draft.definition = { params: draft.params, body: value, span: body.span };
  return null;
}

/** What an equation becomes: one equation, or a definition and the claim that follows it. */
function elaborateEquation(context: Context, placed: PlacedEquation, role: Role, body: Term | null): readonly Equation[] {
  if (role.kind === 'size' || role.kind === 'fact' || placed.statement.sides.length === 0) return [];
  const differentials = isAboutDifferentials(context, placed.statement.sides);
  const { context: inner, free } = bindFree(differentials ? { ...context, differentials } : context, placed.statement.sides);
  const elaborated = (side: Expr, at: number, where: Context): Term => {
    if (isPair(where, placed)) return pair(where, side);
    if (role.kind !== 'definition' || isIndirect(role)) return elaborate(where, side);
    if (at === 1 && body !== null) return body;
    return at === 0 ? definedSide(where, role.draft.id, side) : elaborate(where, side);
  };
  const [first, ...rest] = ofNumbers(inner, placed.statement.sides) as readonly [Expr, ...Expr[]];
  const within = rest.some(isBareGradient) ? { ...inner, by: claimedVariable(inner, first) } : inner;
  const steps = rest.map((side, at) => elaborated(side, at + 1, within));
  const claimed = asSaid(inner, placed, elaborated(first, 0, claiming(inner, placed.statement.sides, steps)), steps);
  const sides = besideList(placed.statement.sides, [claimed, ...steps]);
  const base = {
    section: placed.section,
    settings: settingsOf(context.scope, placed),
    free,
    where: conditionsOf(inner, placed),
    ...amongOf(inner, placed),
    ranges: placed.statement.sides.map((side) => side.span),
  };
  const { relations, span } = placed.statement;
  if (role.kind === 'stack') return [{ ...base, kind: 'definition', sides, relations, defines: role.draft.id, span }];
  if (role.kind !== 'definition') {
    const told = isMotion(context, sides) ? sides : claimedByName(context, placed, sides);
    const kind = isMotion(context, sides) ? 'equation' : kindOf(placed, told);
    return withClaimWithin({ ...base, kind, sides: markDirect(placed, told), relations, defines: null, span }, placed.origin);
  }
  return splitDefinition({ ...base, kind: 'definition', sides, relations, defines: role.draft.id, span }, placed.origin);
}

/** In an equation about a number an operator before brackets is of the product that they begin. */
function ofNumbers(context: Context, sides: readonly Expr[]): readonly Expr[] {
  const shapeOf = (expr: Expr) => shapeOfGroup(context, expr);
  const read = sides.map((side, at) => (at === 0 ? side : overProductsOfNumber(side, shapeOf)));
  const isChanged = read.some((side, at) => side !== sides[at]);
  const left = isChanged ? shapeOf(sides[0] as Expr) : null;
  return left !== null && isScalar(left) ? read : sides;
}

/** What a sentence calls a gradient is a row where what it says of it is one: "the gradient of `$z$` is `$c^\top M$`". */
function asSaid({ scope }: Context, { statement }: PlacedEquation, claimed: Term, [step]: readonly Term[]): Term {
  const isSaid = claimed.kind === 'derivative' && claimed.form === 'gradient' && claimed.span.end <= statement.span.start;
  const shape = !isSaid || step === undefined ? null : roughShape(scope, step);
  return shape !== null && formOf(shape) === 'row' ? { kind: 'apply', op: 'transpose', args: [claimed], span: claimed.span } : claimed;
}

/** `(x_i, y_i)` by itself names two things beside one another, and makes no matrix of them. */
function isPair(context: Context, { statement: { sides, membership } }: PlacedEquation): boolean {
  const [only, ...more] = sides;
  return more.length === 0 && only?.kind === 'matrix' && isList(context, only) && membership === null;
}

function pair(context: Context, list: Expr): Term {
  return { kind: 'hole', parts: partsOf(list).map((one) => elaborate(context, one)), span: list.span };
}

function isBareGradient(expr: Expr): boolean {
  return expr.kind === 'derivative' && expr.wrt.length === 0;
}

/** The one symbol that the derivative at the head of a chain is by. */
function claimedVariable(context: Context, first: Expr): Term | null {
  const claimed = first.kind === 'derivative' ? elaborate(context, first) : null;
  const [variable] = claimed?.kind === 'derivative' ? claimed.wrt : [];
  return variable?.term.kind === 'symbol' ? variable.term : null;
}

/** A bare `∇E` is by what has the shape of the steps. */
function claiming(context: Context, [first, ...rest]: readonly Expr[], steps: readonly Term[]): Context {
  const listed = listedIn(rest);
  if (first === undefined || !isBareGradient(first)) return { ...context, listed };
  const shapes = steps.flatMap((step) => roughShape(context.scope, step) ?? []);
  return { ...context, listed, gradient: shapes[0] ?? null };
}

/** The steps beside a derivative that stands for a column of derivatives: their lists are columns, too. */
function besideList(written: readonly Expr[], terms: readonly Term[]): readonly Term[] {
  const at = terms.findIndex((term, at) => term.kind === 'matrix' && written[at]?.kind !== 'matrix' && isClaimed(term));
  return at < 0 ? terms : terms.map((term, other) => (other > at ? asColumn(term) : term));
}

/** Whether the left side is not the defined symbol itself, but an entry, the square or the logarithm of it. */
function isIndirect({ entries, undone }: Role & { kind: 'definition' }): boolean {
  return entries.length > 0 || undone !== null;
}

/** The defined symbol; a shape noted at it is kept. */
function definedSide(context: Context, id: SymbolId, side: Expr): Term {
  if (side.kind !== 'noted') return symbolTerm(id, side.span);
  const term = symbolTerm(id, side.body.span);
  context.notes.push({ term, note: side.shape });
  return term;
}

/** `-\dot\lambda = ∂H/∂x = Q x + A' λ`, `0 = ∂H/∂u = R u + B' λ`: what stands behind the derivative is claimed of it. */
function withClaimWithin(equation: Equation, origin: Context['origin']): readonly Equation[] {
  const [, derivative, value] = equation.sides;
  const isPlainEquation = equation.kind === 'equation' && equation.relations.every((relation) => relation === '=');
  if (!isPlainEquation || derivative === undefined || value === undefined || !isClaimed(derivative)) return [equation];
  return splitDefinition(equation, origin);
}

/** `δ := ∂L/∂z = p − y` defines δ, and claims that the derivative is `p − y`. */
function splitDefinition(definition: Equation, origin: Context['origin']): readonly Equation[] {
  const [, derivative, ...claimed] = definition.sides;
  if (derivative === undefined || !isClaimed(derivative) || claimed.length === 0) return [definition];
  const claim = withSides(definition, (at) => at > 0);
  return [
    withSides(definition, (at) => at < 2),
    { ...claim, kind: endsInZero(claim.sides, origin) ? 'condition' : 'claim', defines: null },
  ];
}

/** An equation with some of its sides, each with the relation before it. */
function withSides(equation: Equation, isKept: (at: number) => boolean): Equation {
  const kept = equation.sides.flatMap((_, at) => (isKept(at) ? [at] : []));
  const ranges = kept.map((at) => equation.ranges[at] as Span);
  return {
    ...equation,
    sides: kept.map((at) => equation.sides[at] as Term),
    ranges,
    relations: kept.slice(1).map((at) => equation.relations[at - 1] as Relation),
    span: { start: Math.max((ranges[0] as Span).start, equation.span.start), end: (ranges.at(-1) as Span).end },
  };
}

/** Indices that stand on both sides and that nothing binds: each gets a symbol of its own in this equation. */
function bindFree(context: Context, sides: readonly Expr[]): { readonly context: Context; readonly free: readonly SymbolId[] } {
  const free: SymbolId[] = [];
  let inner = context;
  for (const letter of freeLetters(context, sides)) {
    const bound = bindIndex(inner, letter, (sides[0] as Expr).span);
    inner = bound.context;
    free.push(bound.id);
  }
  return { context: inner, free };
}

/** `\dot x = A x + B u` of an x that is left open: how it moves, which nobody could check. */
function isMotion({ scope: { drafts } }: Context, [first]: readonly Term[]): boolean {
  if (first?.kind !== 'derivative' || first.of.kind !== 'symbol') return false;
  const open = drafts.get(first.of.id)?.open ?? [];
  return drafts.get(first.of.id)?.definedAt === null && first.wrt.every(({ term }) => term.kind === 'symbol' && open.includes(term.id));
}

/** "We abbreviate `$g = \partial f/\partial x$`", and later `g = A^\top r`: what is claimed of the name is claimed of the derivative. */
function claimedByName({ scope }: Context, { identity, statement }: PlacedEquation, sides: readonly Term[]): readonly Term[] {
  const [name, ...values] = sides;
  if (name?.kind !== 'symbol' || values.length === 0 || identity) return sides;
  const draft = scope.drafts.get(name.id);
  const body = draft?.definition?.body;
  // "Its Jacobian is `$J = A$`" gives the derivative its name, and claims by itself what it is.
  if (draft?.definedAt?.start === name.span.start) return sides;
  if (body === undefined || !isNamedDerivative(body) || !statement.relations.every((relation) => relation === '=')) return sides;
  const isOther = values.some((value) => isZeroTerm(value) || walk(value).some((term) => isDerivation(term) || isSame(term, name)));
  return isOther ? sides : [{ ...copyOf(body), span: name.span }, ...values];
}

/** `∂f/∂x`, and `(∂f/∂x)^⊤`. */
function isNamedDerivative(body: Term): boolean {
  return body.kind === 'derivative' || (body.kind === 'apply' && body.op === 'transpose' && body.args[0]?.kind === 'derivative');
}

function isSame(term: Term, { id }: SymbolTerm): boolean {
  return term.kind === 'symbol' && term.id === id;
}

function isDerivation({ kind }: Term): boolean {
  return kind === 'derivative' || kind === 'differential';
}

function kindOf({ identity, statement, origin }: PlacedEquation, sides: readonly Term[]): Equation['kind'] {
  const [first] = sides;
  if (identity) return 'identity';
  if (first === undefined || sides.length < 2 || !isClaimed(first)) return 'equation';
  if (!statement.relations.every((relation) => EQUALITIES.has(relation))) return 'equation';
  return endsInZero(sides, origin) || statement.demanded ? 'condition' : 'claim';
}

const EQUALITIES: ReadonlySet<Relation> = new Set(['=', '≡', ':=']);

function isClaimed(term: Term): boolean {
  if (term.kind === 'call') return term.order > 0;
  if (term.kind === 'entry') return isClaimed(term.base);
  if (term.kind === 'binder' && term.binder === 'stack') return isClaimed(term.body);
  if (term.kind === 'matrix') return term.rows.every((row) => row.every(isClaimed));
  if (term.kind === 'apply' && (term.op === 'transpose' || term.op === 'vec' || term.op === 'neg')) return isClaimed(term.args[0] as Term);
  // The determinant of a Jacobian that is written out.
  if (term.kind === 'apply' && term.op === 'det') return term.args[0]?.kind === 'matrix' && isClaimed(term.args[0]);
  if (term.kind === 'apply' && term.op === 'mul')
    return term.args.filter((arg) => !isNumeral(arg)).length === 1 && term.args.some(isClaimed);
  return CLAIMED.has(term.kind);
}

/** A number written out, which a derivative may stand behind: `-`, `2`, `\frac12`. */
function isNumeral(term: Term): boolean {
  return term.kind === 'number' || (term.kind === 'apply' && (term.op === 'neg' || term.op === 'div') && term.args.every(isNumeral));
}

/** `0` and `\mathbf 0_n` ask for where a derivative vanishes; the plain `zeros(m, n)`, which names its shape as a value does, is what one is claimed to be. */
function endsInZero(sides: readonly Term[], origin: Context['origin']): boolean {
  const last = sides.at(-1);
  const isZeros = last?.kind === 'apply' && last.op === 'zeros';
  return (last?.kind === 'number' && last.value === 0) || (isZeros && (origin !== 'plain' || last.args.length === 0));
}

/** In a claim for `dL/dx` the term `∂L/∂x` of a sum over paths holds the other arguments fixed. */
function markDirect({ statement }: PlacedEquation, sides: readonly Term[]): readonly Term[] {
  const [written] = statement.sides;
  const [claimed] = sides;
  if (written?.kind !== 'derivative' || written.form !== 'total' || claimed?.kind !== 'derivative') return sides;
  return sides.map((side, at) => {
    const expr = withoutNote(statement.sides[at] as Expr);
    return at > 0 && expr.kind === 'apply' && (expr.op === 'add' || expr.op === 'sub') ? directIn(side, expr, termKey(claimed)) : side;
  });
}

function directIn(term: Term, noted: Expr, claimed: string): Term {
  const expr = withoutNote(noted);
  if (term.kind === 'apply' && expr.kind === 'apply' && (term.op === 'add' || term.op === 'sub')) {
    return { ...term, args: term.args.map((arg, at) => directIn(arg, expr.args[at] as Expr, claimed)) };
  }
  const isDirect = term.kind === 'derivative' && expr.kind === 'derivative' && expr.form === 'partial' && termKey(term) === claimed;
  return isDirect ? { ...term, form: 'direct' } : term;
}

/** What a shape is written under. */
function withoutNote(expr: Expr): Expr {
  return expr.kind === 'noted' ? withoutNote(expr.body) : expr;
}

/** The conditions on two indices that are free in the equation. */
function conditionsOf({ bound }: Context, { where }: PlacedEquation): Equation['where'] {
  return where.flatMap(({ left, right, equal }) => {
    const [one, other] = [bound.get(left), bound.get(right)];
    return one === undefined || other === undefined ? [] : [{ left: one, right: other, equal }];
  });
}

/** The indices of which a condition says more than how they compare with one another. */
function amongOf({ bound }: Context, { among = [] }: PlacedEquation): Pick<Equation, 'among'> {
  const found = among.flatMap(({ letter, condition }) => {
    const index = bound.get(letter);
    return index === undefined ? [] : [{ index, condition }];
  });
  return found.length === 0 ? {} : { among: found };
}

/** The settings at an equation, with the sizes that its section and those around it fix. */
function settingsOf(scope: Scope, placed: PlacedEquation): Settings {
  const sizes = new Map<string, number>();
  for (const at of sectionsAround(scope, placed.section)) {
    for (const [name, size] of (scope.sections[at] as SectionDraft).sizes) if (!sizes.has(name)) sizes.set(name, size);
  }
  return { ...placed.settings, sizes: new Map([...sizes, ...placed.settings.sizes]) };
}
