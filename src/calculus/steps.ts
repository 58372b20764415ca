import { dependenciesOf } from '../derivation/dependencies.ts';
import { type Derivation, memberless, type ShapeTable, type SymbolInfo } from '../derivation/derivation.ts';
import { printTerm } from '../derivation/print-term.ts';
import { speller } from '../derivation/spell.ts';
import { symbol, TooLarge } from '../ops/algebra/leaves.ts';
import { rebuild } from '../ops/algebra/rebuild.ts';
import { contains, partsOf, type Value } from '../ops/algebra/value.ts';
import { type DerivativeTerm, type EntryTerm, type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { nameOf, ONE, showDim } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, showShape } from '../shape/shape.ts';
import { isCompound, lengthToRead, type NamedPart } from './common-parts.ts';
import { differentiateTerm, isRefusal, type Refusal } from './differentiate.ts';
import { isEntrywiseCall } from './entrywise-call.ts';
import { fold } from './fold.ts';
import { withOwnNames } from './formula.ts';
import { type Lowering, lower, rangeTo, reaches, shapeOfSymbol } from './lower.ts';
import { type Member, termsOfMember, withMember } from './member-terms.ts';
import { NamedSteps } from './named-steps.ts';
import { raise } from './raise.ts';
import { Refused } from './refusal.ts';
import { type Assignment, claimsOf, type Reason, type StepClaim } from './step-claims.ts';
import { isMember, variableOf } from './variable.ts';

/** A derivation of a derivative, step by step, as Chainrule text that passes the checker. */
export interface Steps {
  readonly text: string;
}

/**
 * Shows how a derivative comes about: every step of the computation gets a name, and then every name
 * its derivative, from the last one back to the variable; by a number, from the first one on. Where a
 * step between would have more than two axes, the derivative is one step.
 */
export function stepsOf(derivation: Derivation, shapes: ShapeTable, term: DerivativeTerm, layout: Layout): Steps | Refusal {
  const answer = differentiateTerm(derivation, shapes, term, layout);
  if (isRefusal(answer)) return answer;
  if (term.wrt.length === 2) return secondSteps(derivation, shapes, term, layout, answer.value);
  const write = (isWhole: boolean) => written(() => new StepWriter(derivation, shapes, layout, isWhole).write(term, answer.value));
  const small = write(false);
  return isRefusal(small) ? write(true) : small;
}

function secondSteps(derivation: Derivation, shapes: ShapeTable, term: DerivativeTerm, layout: Layout, derived: Value): Steps | Refusal {
  const isByNumber = term.wrt.every((one) => isScalar(shapes.ofTerm(one.term)));
  const own = isByNumber ? layout : 'denominator';
  const gradient = differentiateTerm(derivation, shapes, { ...term, form: 'derivative', wrt: term.wrt.slice(0, 1) }, own);
  if (isRefusal(gradient)) return gradient;
  // What is left open in the gradient would be read in the layout of the text.
  if (own !== layout && contains(gradient.value, ({ kind }) => kind === 'opaque'))
    return { reason: 'a derivative that is left open stands in it' };
  return written(() => new StepWriter(derivation, shapes, layout, true).writeSecond(term, gradient.value, derived));
}

function written(write: () => string): Steps | Refusal {
  try {
    return { text: write() };
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return { reason: problem.message };
    throw problem;
  }
}

/** The X of X_{ij} and of vec(X); a transposed part is one that only its name tells from a part as it stands. */
function symbolUnder(part: Term): (Term & { kind: 'symbol' }) | null {
  if (part.kind === 'symbol') return part;
  if (part.kind === 'entry') return symbolUnder(part.base);
  return part.kind === 'apply' && part.op === 'vec' ? symbolUnder(part.args[0] as Term) : null;
}

/** Lives as long as one derivation is written. */
class StepWriter {
  private readonly lowering: Lowering;
  private readonly steps: NamedSteps;
  private readonly layout: Layout;
  private readonly isWhole: boolean;
  private given: readonly SymbolInfo[] = [];

  constructor(derivation: Derivation, shapes: ShapeTable, layout: Layout, isWhole = false) {
    this.layout = layout;
    this.isWhole = isWhole;
    this.lowering = {
      derivation,
      shapes,
      layout,
      bound: new Map(),
      depth: 0,
      derive: () => {
        throw new Refused('a derivative stands in it');
      },
    };
    const isIndex = (id: SymbolId) => derivation.symbols.get(id)?.role === 'index';
    this.steps = new NamedSteps(speller(derivation, 'plain'), derivation.symbols.keys(), isIndex);
  }

  write(term: DerivativeTerm, derived: Value): string {
    const wrt = term.wrt[0]?.term;
    if (wrt === undefined || term.wrt.length > 1 || term.form === 'direct')
      throw new Refused('steps are shown for derivatives by a symbol');
    if (wrt.kind === 'entry' && isMember(this.lowering, wrt)) return this.writeMember(term, wrt, derived);
    if (wrt.kind !== 'symbol') return this.writePart(term, wrt, derived);
    const end = this.set(term.of, [wrt.id]);
    const claims = claimsOf({ lowering: this.lowering, assignments: this.steps.all, end, wrt: wrt.id });
    if (claims.length === 0 && end.open !== undefined)
      throw new Refused(`it is left open how ${end.text} depends on ${this.steps.nameOf(wrt.id)}`);
    // By x' the last line stands by itself, because the steps are by x.
    const isTurned = term.wrt[0]?.transposed === true;
    const last = `d${end.text}/d${this.steps.nameOf(wrt.id)}${isTurned ? "'" : ''} = ${this.printWhole(derived)}`;
    const lines = claims.length > 0 ? this.linesOf(end, claims, isTurned ? null : derived) : [];
    return this.text([wrt.id], claims.length > 0 && !isTurned ? lines : [...lines, last]);
  }

  /** Of a number by a part of a symbol, `W_{i,:}` or vec(X): the derivative by the symbol, and then that part of it. */
  private writePart(term: DerivativeTerm, part: Term, derived: Value): string {
    const { derivation, shapes } = this.lowering;
    const by = symbolUnder(part);
    const gradient =
      by === null ? null : differentiateTerm(derivation, shapes, { ...term, wrt: [{ term: by, transposed: false }] }, this.layout);
    if (by === null || gradient === null || isRefusal(gradient) || !isScalar(shapes.ofTerm(term.of)))
      throw new Refused('steps are shown for derivatives by a symbol');
    const end = this.set(term.of, [by.id]);
    const claims = claimsOf({ lowering: this.lowering, assignments: this.steps.all, end, wrt: by.id });
    const last = `d${end.text}/d${printTerm(part, { notation: 'plain', symbol: (id) => this.steps.nameOf(id) })} = ${this.printWhole(derived)}`;
    return this.text([by.id], [...(claims.length > 0 ? this.linesOf(end, claims, gradient.value) : []), last]);
  }

  /** By a member of a family: of the terms that move with it, and then of the whole; in one step where others move too. */
  private writeMember(term: DerivativeTerm, part: EntryTerm, derived: Value): string {
    const family = (part.base as Term & { kind: 'symbol' }).id;
    const end = this.isDefined(term.of) ? (term.of as Term & { kind: 'symbol' }).id : this.steps.fresh(END_NAMES);
    const { given, defined } = this.sources(term.of, [family]);
    this.given = given;
    const inner = defined.filter(({ id }) => id !== end);
    for (const info of inner) this.assign(info);
    const text = printTerm(part, { notation: 'plain', symbol: (id) => this.steps.nameOf(id) });
    const isHidden = inner.some(({ id }) => reaches(this.lowering, id, new Set([family])));
    const whole = this.valueOf(term.of);
    const counting = new Set([...indicesIn(whole)].map((id) => this.steps.nameOf(id)));
    if (this.steps.indicesIn(lower(this.lowering, part)).some((id) => counting.has(this.steps.nameOf(id))))
      throw new Refused('the index of the member that it is by is bound within it; another letter is needed');
    const member = isHidden ? null : this.memberOf(part, family, text);
    const direct = member === null ? null : withMember(whole, member);
    if (member !== null && direct !== null) return this.text([family], this.linesByMember(end, direct, member, derived));
    const top = this.steps.assign(end, whole, true);
    const moving = member === null ? null : termsOfMember(whole, member);
    const claim = `d${this.steps.nameOf(top)}/d${text} =`;
    if (member === null || moving === null) return this.text([family], [`${claim} ${this.printWhole(derived)}`]);
    const own = this.steps.fresh(['t', 's', 'ell']);
    const lines = this.linesByMember(own, moving, member, null);
    return this.text(
      [family],
      [...lines, `// no other term has ${text}`, `${claim} d${this.steps.nameOf(own)}/d${text} = ${this.printWhole(derived)}`],
    );
  }

  private memberOf(part: EntryTerm, family: SymbolId, text: string): Member | null {
    const { shape, member } = variableOf(this.lowering, part);
    const [index] = member ?? [];
    if (index === undefined) return null;
    const id = this.steps.fresh(['x']);
    this.steps.call(id, text, index);
    return { family, index, symbol: symbol(id, shape) as Member['symbol'] };
  }

  private linesByMember(
    id: SymbolId,
    value: Value,
    { symbol: { id: wrt, shape: wrtShape } }: Member,
    derived: Value | null,
  ): readonly string[] {
    const end = this.assigned(this.steps.assign(id, value, this.isWhole));
    return this.linesOf(end, claimsOf({ lowering: this.lowering, assignments: this.steps.all, end, wrt, wrtShape }), derived);
  }

  /** The gradient gets a name, and the second derivative is the Jacobian of that. */
  writeSecond(term: DerivativeTerm, gradient: Value, derived: Value): string {
    const [first, second] = term.wrt.map((one) => one.term);
    if (first?.kind !== 'symbol' || second?.kind !== 'symbol') throw new Refused('steps are shown for derivatives by symbols');
    const end = this.set(term.of, [first.id, second.id]);
    const inner = this.steps.fresh(['g', 'u', 'v']);
    const [f, g, u, x] = [end.text, this.steps.nameOf(inner), this.steps.nameOf(first.id), this.steps.nameOf(second.id)];
    const areVectors = [first, second].every(({ id }) => isColumnShape(shapeOfSymbol(this.lowering, id)));
    const slope = this.layout === 'numerator' && areVectors ? `${g}'` : g;
    const whole = this.printWhole(derived);
    const lines = [`${g} = ${this.printWhole(gradient)}`, '', `d${f}/d${u} = ${slope}`];
    const last = areVectors ? `d^2 ${f}/d${u} d${x}' = d${g}/d${x}' = ${whole}` : `d^2 ${f}/d${u} d${x} = ${whole}`;
    return this.text([first.id, second.id], [...lines, last]);
  }

  /** Gives every step a name, and returns the last one, which is differentiated. */
  private set(of: Term, wrt: readonly SymbolId[]): Assignment {
    const { given, defined } = this.sources(of, wrt);
    this.given = given;
    for (const info of defined) this.assign(info);
    return this.assigned(this.topOf(of));
  }

  private assigned(id: SymbolId): Assignment {
    return this.steps.all.find((one) => one.id === id) as Assignment;
  }

  private isDefined(of: Term): boolean {
    const definition = of.kind === 'symbol' ? this.lowering.derivation.symbols.get(of.id)?.definition : null;
    return definition != null && definition.params.length === 0;
  }

  /** What is differentiated, with the definition of a symbol in its place. */
  private valueOf(of: Term): Value {
    const body = of.kind === 'symbol' ? this.lowering.derivation.symbols.get(of.id)?.definition?.body : undefined;
    return lower(this.lowering, body ?? of);
  }

  private assign({ id, definition, open }: SymbolInfo): void {
    if (definition !== null) this.steps.assign(id, lower(this.lowering, definition.body), this.isWhole);
    else this.steps.assignOpen(id, symbol(id, shapeOfSymbol(this.lowering, id)), open ?? []);
  }

  private text(wrt: readonly SymbolId[], claims: readonly string[]): string {
    const values = this.steps.all.map(({ value }) => value);
    const open = this.steps.all.filter((step) => step.open !== undefined);
    const left = open.flatMap(({ id }) => this.lowering.derivation.symbols.get(id) ?? []);
    const isUsed = (id: SymbolId) =>
      wrt.includes(id) || open.some((step) => step.open?.includes(id)) || values.some((value) => occurs(value, id));
    const used = this.given.filter(({ id }) => isUsed(id));
    return [
      `layout ${this.layout}`,
      ...this.sizes(),
      ...[...used, ...left].map((info) => this.declaration(info)),
      ...this.ranges(values),
      '',
      ...this.steps.all.flatMap(({ text, value, open }) => (open === undefined ? [`${text} = ${this.print(value)}`] : [])),
      '',
      ...claims,
      '',
    ].join('\n');
  }

  /** One line a claim with the rules that it follows by above it; the last one goes on to the derivative as a whole. */
  private linesOf(end: Assignment, claims: readonly StepClaim[], derived: Value | null): readonly string[] {
    const whole = derived === null ? null : this.printWhole(derived);
    return claims.flatMap(({ of, by, value, reasons }, at) => {
      const line = `d${this.steps.nameOf(of ?? end.id)}/d${this.steps.nameOf(by)} = ${this.print(withOwnNames(value, this.named()))}`;
      const isLast = at === claims.length - 1;
      const reason = reasons
        .filter(({ rules }) => rules.length > 0)
        .map((one) => this.reasonText(one, by))
        .join('; ');
      return [
        ...(reason === '' ? [] : [`// ${reason}`]),
        isLast && whole !== null && !line.endsWith(`= ${whole}`) ? `${line} = ${whole}` : line,
      ];
    });
  }

  private reasonText({ rules, user }: Reason, by: SymbolId): string {
    const step = `${user.text} = ${this.print(user.value)}`;
    const isLinear = rules.every((rule) => OF_LINEAR_MAPS.has(rule)) && timesIn(user.value, by) === 1;
    return isLinear ? `${step} is linear in ${this.steps.nameOf(by)}` : `${rules.join(', ')} in ${step}`;
  }

  /** The derivative as a whole, in which the steps' own names stand only for what there would be to read twice. */
  private printWhole(derived: Value): string {
    const whole = this.writtenOut().reduce((value, part) => {
      const folded = fold(value, part.value, part.id);
      return folded.count > 1 && lengthToRead(part.value) > 2 ? folded.value : value;
    }, derived);
    return this.print(whole);
  }

  /** The steps in the letters of the text, the longest first. */
  private writtenOut(): readonly NamedPart[] {
    const known = new Map<SymbolId, Value>();
    for (const { id, value } of this.named())
      known.set(
        id,
        rebuild(value, (part) => (part.kind === 'symbol' ? (known.get(part.id) ?? part) : part)),
      );
    return [...known].map(([id, value]) => ({ id, value })).reverse();
  }

  /** The steps that are more than a letter. */
  private named(): readonly NamedPart[] {
    return this.steps.all.filter(({ value }) => isCompound(value));
  }

  /** What is declared and what is defined among all that the term is made of, each after what it is made of. */
  private sources(of: Term, wrt: readonly SymbolId[]): { readonly given: readonly SymbolInfo[]; readonly defined: readonly SymbolInfo[] } {
    const order: SymbolInfo[] = [];
    const seen = new Set<SymbolId>();
    const visit = (id: SymbolId) => {
      const info = this.lowering.derivation.symbols.get(id);
      if (seen.has(id) || info === undefined || info.role === 'dimension' || info.role === 'index') return;
      seen.add(id);
      const isCut = wrt.includes(id) || (info.definition === null && info.open === null);
      for (const next of isCut ? [] : dependenciesOf(this.lowering.derivation, id)) visit(next);
      order.push(info);
    };
    for (const id of symbolsUnder(of)) visit(id);
    for (const id of wrt) visit(id);
    // `r(x)` of the x that it is defined by is a name for its value; a function of anything else is written out where it stands.
    const terms = [of, ...order.flatMap(({ definition }) => definition?.body ?? [])].flatMap((term) => [...walk(term)]);
    const isValue = (id: SymbolId) => terms.some((term) => term.kind === 'symbol' && term.id === id);
    const isDefined = ({ id, definition, open }: SymbolInfo) =>
      !wrt.includes(id) && (definition === null ? open !== null : definition.params.length === 0 || isValue(id));
    const isExpanded = ({ id, definition }: SymbolInfo) => definition !== null && definition.params.length > 0 && !isValue(id);
    return { given: order.filter((info) => !isDefined(info) && !isExpanded(info)), defined: order.filter(isDefined) };
  }

  private declaration(info: SymbolInfo): string {
    if (isEntrywiseCall(info)) return `${this.steps.nameOf(info.id)} : R -> R`;
    if (info.family !== null && info.declared !== null) {
      const member = info.text.slice(memberless(info.text).length);
      return `${this.steps.nameOf(info.id)}${member} : ${sizeOf(info.declared)}`;
    }
    if (info.open !== null && info.definition === null)
      return `${this.steps.nameOf(info.id)}(${info.open.map((id) => this.steps.nameOf(id)).join(', ')}) : ${sizeOf(shapeOfSymbol(this.lowering, info.id))}`;
    if (info.from !== null)
      return `${this.steps.nameOf(info.id)} : ${info.from.map(spaceOf).join(' × ')} -> ${spaceOf(shapeOfSymbol(this.lowering, info.id))}`;
    return [`${this.steps.nameOf(info.id)} : ${sizeOf(shapeOfSymbol(this.lowering, info.id))}`, ...info.properties].join(' ');
  }

  /** The symbol that is differentiated; an expression gets a name. */
  private topOf(of: Term): SymbolId {
    if (of.kind === 'symbol' && this.steps.all.some(({ id }) => id === of.id)) return of.id;
    return this.steps.assign(this.steps.fresh(END_NAMES), this.valueOf(of), this.isWhole);
  }

  /** Sizes that the document fixes hold here too. */
  private sizes(): readonly string[] {
    const fixed = new Map(this.lowering.derivation.equations.flatMap(({ settings }) => [...settings.sizes]));
    return [...fixed].map(([name, size]) => `${name} = ${size}`);
  }

  /** The ranges of the indices in it, which families run over too. */
  private ranges(values: readonly Value[]): readonly string[] {
    const open = new Set(values.flatMap((value) => [...indicesIn(value), ...this.steps.indicesIn(value)]));
    const lines = [...open].flatMap((id) => {
      const to = rangeTo(this.lowering, id);
      return to === null ? [] : [`${this.steps.nameOf(id)} : 1..${showDim(to)}`];
    });
    return [...new Set(lines)];
  }

  private print(value: Value): string {
    return printTerm(raise({ derivation: this.lowering.derivation }, value), { notation: 'plain', symbol: (id) => this.steps.nameOf(id) });
  }
}

/** What an expression that is differentiated is called. */
const END_NAMES = ['f', 'L', 'J', 'y', 'ell'];

/** Rules that say no more than that a factor is constant, where what moves stands in one place. */
const OF_LINEAR_MAPS: ReadonlySet<string> = new Set(['sum rule', 'product rule', 'transpose']);

function timesIn(value: Value, id: SymbolId): number {
  return value.kind === 'symbol' ? Number(value.id === id) : partsOf(value).reduce((sum, part) => sum + timesIn(part, id), 0);
}

/** Whether a symbol occurs, as a value or as a function. */
function occurs(value: Value, id: SymbolId): boolean {
  return contains(
    value,
    (part) =>
      (part.kind === 'symbol' && part.id === id) || (part.kind === 'call' && part.callee.kind === 'symbol' && part.callee.id === id),
  );
}

function* indicesIn(value: Value): Generator<SymbolId> {
  if (value.kind === 'binder') yield* value.indices;
  for (const part of partsOf(value)) yield* indicesIn(part);
}

/** `R`, `R^n`, `R^(m×n)`. */
function spaceOf(shape: MatrixShape): string {
  if (isScalar(shape)) return 'R';
  const size = isColumnShape(shape) ? showDim(shape.rows) : showShape(shape);
  return /^\w+$/.test(size) ? `R^${size}` : `R^(${size})`;
}

/** As a person declares it: `scalar`, `n`, `m×n`. */
function sizeOf(shape: MatrixShape): string {
  if (isScalar(shape)) return 'scalar';
  return isColumnShape(shape) && nameOf(shape.rows) !== undefined ? showDim(shape.rows) : showShape(shape);
}

function isColumnShape({ rows, cols }: MatrixShape): boolean {
  return cols.key === ONE.key && rows.key !== ONE.key;
}

function* symbolsUnder(term: Term): Generator<SymbolId> {
  const stack: Term[] = [term];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.kind === 'symbol') yield top.id;
    if (top.kind === 'call' && top.callee.kind === 'symbol') yield top.callee.id;
    if (top.kind === 'apply' || top.kind === 'call') stack.push(...top.args);
    if (top.kind === 'entry') stack.push(top.base);
    if (top.kind === 'binder') stack.push(top.body);
    if (top.kind === 'matrix') stack.push(...top.rows.flat());
  }
}
