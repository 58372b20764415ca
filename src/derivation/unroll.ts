import { addTo } from '../base/lists-by-key.ts';
import type { Expr, Mark, NameExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { exprAt, type Index, indexAbove } from './at-index.ts';
import type { PlacedEquation } from './collected.ts';
import { declareMember, memberText } from './member-shape.ts';
import { isOfDerivative } from './named-derivative.ts';
import { MOST_TERMS } from './numbered-sum.ts';
import { type Draft, familyKey, introduce, lookUp, type Scope } from './scope.ts';
import { readTogether, type Tellings, toldAlike } from './told-steps.ts';

/** What a member such as `h_2` is, by the recursion `h_t = f(h_{t-1})` of its text. */
export interface Unrolled {
  readonly draft: Draft;
  /** Letters of its entries, where those are told one by one: the j of `a^{(l)}_j = …`. */
  readonly entries: readonly NameExpr[];
  readonly body: Expr;
  readonly placed: PlacedEquation;
  readonly number: number;
}

/** `h_t`, `h_{t-1}`, `h_2`, `a^{(l)}`: the letter with the sign of where its index stands, and the index. */
export interface Member extends Index {
  readonly family: string;
}

/** `x_{k+1} = A x_k + B u_k`: what the member of index `letter + shift` is. */
export interface Step {
  readonly letter: string;
  readonly shift: number;
  readonly entries: readonly NameExpr[];
  readonly body: Expr;
  readonly placed: PlacedEquation;
}

/** Members that are written out at most, and the furthest of them. */
const MOST_MEMBERS = 200;
const FURTHEST = 64;

/**
 * Defines the numbered members of which a text speaks, `h_1` and `h_2`, where it says by a recursion what they are: each by the member
 * before it, down to one that the text gives. Recursions of which no numbered member is named stay equations between members.
 */
export function unrollRecursions(equations: readonly PlacedEquation[], scope: Scope, text: string): readonly Unrolled[] {
  const unrolled: Unrolled[] = [];
  for (const together of readTogether(equations, scope, tellingsIn(equations, scope))) {
    const elsewhere = new Set(unrolled.map(({ draft }) => draft));
    unrolled.push(...unrollTogether(together, scope, text, elsewhere));
  }
  return unrolled;
}

/** Members of sections that are read together; what was written out for other sections is not theirs. */
function unrollTogether(
  equations: readonly PlacedEquation[],
  scope: Scope,
  text: string,
  elsewhere: ReadonlySet<Draft>,
): readonly Unrolled[] {
  const steps = stepsOfRecursion(equations, scope);
  if (steps.size === 0) return [];
  const found = new Map<string, Unrolled | null>();
  const pending = equations.flatMap(({ statement }) => statement.sides.flatMap((side) => numberedIn(side)));
  for (let member = pending.pop(); member !== undefined && found.size < MOST_MEMBERS; member = pending.pop()) {
    const key = keyOf(member);
    const step = steps.get(member.family);
    if (step === undefined || found.has(key)) continue;
    const known = lookUp(scope, key, step.placed.section, step.placed.item);
    if (known !== undefined && !elsewhere.has(known)) continue;
    const body = bodyAt(steps, member, step);
    found.set(key, body === null ? null : unrolledAt(scope, member, step, body));
    if (body !== null) pending.push(...numberedIn(body));
  }
  const unrolled = [...found.values()].filter((one) => one !== null).sort((a, b) => a.number - b.number);
  for (const { body, placed } of unrolled) nameGiven(scope, body, placed);
  for (const { draft, placed, number } of unrolled) draft.text = textOf(scope, text, placed, number) ?? draft.text;
  nameSummed(equations, scope, found);
  return unrolled;
}

/**
 * What a step says of a member; null of one that the text gives. With the number 0 that is one whose step would lead below it: of `h_t = f(h_{t-1})` the h_0,
 * and not the r_0 of `r_t = c^\top s_t` where `s_{t+1} = A s_t`.
 */
function bodyAt(steps: ReadonlyMap<string, Step>, member: Member, step: Step, around: readonly string[] = []): Expr | null {
  const value = member.offset - step.shift;
  if (value < 0) return null;
  const body = exprAt(step.body, step.letter, value);
  return member.offset > 0 || membersIn(body).every((one) => isTold(steps, one, [...around, member.family])) ? body : null;
}

/** What is told by way of itself is not told. */
function isTold(steps: ReadonlyMap<string, Step>, member: Member, around: readonly string[]): boolean {
  if (member.letter !== null || member.offset > 0) return true;
  const step = steps.get(member.family);
  if (member.offset !== 0 || around.includes(member.family)) return false;
  return step === undefined || step.shift > 0 || bodyAt(steps, member, step, around) !== null;
}

function unrolledAt(scope: Scope, member: Member, { entries, placed }: Step, body: Expr): Unrolled {
  return { draft: draftOf(scope, member, placed), entries, body, placed, number: member.offset };
}

/** The steps of a text's recursions, by the letter of their members. */
export function stepsOfRecursion(equations: readonly PlacedEquation[], scope: Scope): ReadonlyMap<string, Step> {
  return recursions(stepsOf(tellingsIn(equations, scope)));
}

/** The equations that tell a member by the one before it, if only by way of other members, and those that tell it again. */
export function recursiveEquations(equations: readonly PlacedEquation[], scope: Scope): ReadonlySet<PlacedEquation> {
  const all = tellingsIn(equations, scope);
  const families = readTogether(equations, scope, all).flatMap((together) => [...stepsOfRecursion(together, scope).keys()]);
  return new Set(families.flatMap((family) => (all.get(family) ?? []).map(({ placed }) => placed)));
}

/** The `y_1` of `Σ_{t=1}^3 ‖h_t - y_t‖²` beside the h_t that are written out. */
function nameSummed(equations: readonly PlacedEquation[], scope: Scope, found: ReadonlyMap<string, Unrolled | null>): void {
  for (const placed of equations)
    for (const term of placed.statement.sides.flatMap(termsOfSums))
      if (numberedIn(term).some((member) => found.get(keyOf(member)) != null)) nameGiven(scope, term, placed);
}

/** Makes each numbered member of declared families that equations name, or sum, a symbol of its own. */
export function nameMembers(equations: readonly PlacedEquation[], scope: Scope, families: ReadonlySet<string>): void {
  for (const placed of equations)
    for (const term of placed.statement.sides.flatMap((side) => [side, ...termsOfSums(side)]))
      for (const member of numberedIn(term)) if (families.has(member.family)) nameOne(scope, member, placed);
}

/** Recursive steps, and those through which they lead: what no member comes back to is no recursion. */
function recursions(steps: ReadonlyMap<string, Step>): ReadonlyMap<string, Step> {
  const before = (family: string): readonly string[] =>
    membersIn((steps.get(family) as Step).body).flatMap((one) => (steps.has(one.family) ? [one.family] : []));
  const reach = (family: string): ReadonlySet<string> => {
    const reached = new Set(before(family));
    for (const one of reached) for (const next of before(one)) reached.add(next);
    return reached;
  };
  const recursive = new Set([...steps.keys()].filter((family) => reach(family).has(family)));
  const isLeading = (family: string) => recursive.has(family) && !isCircular(family, steps);
  return new Map([...steps].filter(([family]) => isLeading(family) || [...reach(family)].some(isLeading)));
}

/** `h_t` by `a_t`, and `a_t` by `h_t`: at one index members lead back to where they began. */
function isCircular(family: string, steps: ReadonlyMap<string, Step>): boolean {
  const reached = new Set<string>();
  const follow = (from: string): void => {
    const { body, letter, shift } = steps.get(from) as Step;
    for (const member of membersIn(body)) {
      const isAhead = !isEnd(member) && (member.letter !== letter || member.offset >= shift);
      if (!steps.has(member.family) || !isAhead || reached.has(member.family)) continue;
      reached.add(member.family);
      follow(member.family);
    }
  };
  follow(family);
  return reached.has(family);
}

/** The one step of each family; one that is told in different ways has none. */
function stepsOf(all: Tellings): ReadonlyMap<string, Step> {
  return new Map(
    [...all].flatMap(([family, tellings]) => {
      const step = toldAlike(tellings, all);
      return step === null ? [] : [[family, step] as const];
    }),
  );
}

/** The equations that tell a member by its index; a family whose letter is a vector with entries is left out. */
export function tellingsIn(equations: readonly PlacedEquation[], scope: Scope): Tellings {
  const found = new Map<string, Step[]>();
  const left = new Set<string>();
  for (const placed of equations) {
    const told = toldBy(placed);
    // What follows `δ_l = ∂C/∂z_l` is claimed of the derivative.
    const [first] = (told === null ? undefined : found.get(told.member.family)) ?? [];
    if (told === null || (first !== undefined && isOfDerivative(first.body))) continue;
    if (hasEntries(scope, told.member, placed)) left.add(told.member.family);
    addTo(found, told.member.family, told.step);
  }
  return new Map([...found].filter(([family]) => !left.has(family)));
}

function toldBy(placed: PlacedEquation): { readonly member: Member; readonly step: Step } | null {
  const { sides, relations, continues } = placed.statement;
  const [left, body] = sides;
  const { member, entries } = left === undefined ? NO_MEMBER : memberIn(left);
  if (member === null || member.letter === null || isEnd(member) || body === undefined || relations[0] === undefined) return null;
  if (!DEFINING.has(relations[0]) || placed.identity || continues || member.offset < 0) return null;
  return { member, step: { letter: member.letter, shift: member.offset, entries, body, placed } };
}

const DEFINING: ReadonlySet<string> = new Set(['=', ':=', '≡', '←']);

/** `x_i` of a declared x, whose entries are numbered. */
function hasEntries(scope: Scope, { family }: Member, { section, item }: PlacedEquation): boolean {
  const whole = family.endsWith('_') ? lookUp(scope, family.slice(0, -1), section, item) : undefined;
  return whole !== undefined && whole.family === null && whole.declared !== null;
}

// ---- members

/** The `a_L` at the end of a recursion; small letters stand for any member. */
export function isEnd({ letter }: Member): boolean {
  return letter !== null && /^\p{Lu}$/u.test(letter);
}

export function membersIn(expr: Expr): readonly Member[] {
  return withinExpr(expr).flatMap((one) => memberOf(one) ?? []);
}

/** The members of which an expression gives the number; sums with numbers for bounds are written out. */
function numberedIn(expr: Expr): readonly Member[] {
  return [expr, ...termsOfSums(expr)]
    .flatMap(membersIn)
    .filter(({ letter, offset }) => letter === null && offset >= 0 && offset <= FURTHEST);
}

/** The terms of all sums in an expression that have numbers for bounds. */
function termsOfSums(expr: Expr): readonly Expr[] {
  return withinExpr(expr).flatMap((one): readonly Expr[] => {
    if (one.kind !== 'binder' || one.from?.kind !== 'number' || one.to?.kind !== 'number' || one.names.length !== 1) return [];
    const [from, count] = [one.from.value, one.to.value - one.from.value + 1];
    const letter = one.names[0]?.name as string;
    return count > 0 && count <= MOST_TERMS ? Array.from({ length: count }, (_, at) => exprAt(one.body, letter, from + at)) : [];
  });
}

/** A member, or one of whose entries letters stand for all: `a^{(l)}_j`. */
export function memberIn(expr: Expr): { readonly member: Member | null; readonly entries: readonly NameExpr[] } {
  const entries = expr.kind === 'postfix' && expr.mark.kind === 'sub' ? expr.mark.items : [];
  const isNumbered = expr.kind === 'postfix' && expr.base.kind === 'postfix' && expr.base.mark.kind === 'label';
  const letters = entries.filter((item): item is NameExpr => item.kind === 'name' && /^\p{Ll}$/u.test(item.name));
  return expr.kind === 'postfix' && isNumbered && letters.length === entries.length && letters.length > 0
    ? { member: memberOf(expr.base), entries: letters }
    : { member: memberOf(expr), entries: [] };
}

const NO_MEMBER = { member: null, entries: [] };

export function memberOf(expr: Expr): Member | null {
  if (expr.kind !== 'postfix') return null;
  const base = symbolKey(expr.base);
  const index = base === null ? null : indexIn(expr.mark);
  return index === null ? null : { family: `${base}${expr.mark.kind === 'sub' ? '_' : '^'}`, ...index };
}

function indexIn(mark: Mark): Index | null {
  if (mark.kind === 'label') return mark.above ? indexAbove(mark.text) : null;
  const [item, ...more] = mark.kind === 'sub' ? mark.items : [];
  if (item === undefined || more.length > 0) return null;
  if (item.kind === 'number') return Number.isInteger(item.value) ? { letter: null, offset: item.value } : null;
  if (item.kind === 'name') return /^\p{L}$/u.test(item.name) ? { letter: item.name, offset: 0 } : null;
  if (item.kind !== 'apply' || (item.op !== 'add' && item.op !== 'sub')) return null;
  const [left, right] = item.args;
  if (left?.kind !== 'name' || right?.kind !== 'number' || !/^\p{L}$/u.test(left.name)) return null;
  return { letter: left.name, offset: item.op === 'add' ? right.value : -right.value };
}

/** As `symbolKey` has it of the member with this number. */
function keyOf({ family, offset }: Member): string {
  return family.endsWith('_') ? `${family}${offset}` : `${family}(${offset})`;
}

// ---- symbols

/** A symbol for a member; where its family is declared it has its shape from there. */
function draftOf(scope: Scope, member: Member, { section, item, statement: { span } }: PlacedEquation): Draft {
  const family = familyOf(scope, member, section, item);
  const draft = introduce(scope, keyOf(member), section, item, span);
  draft.text = keyOf(member);
  if (family !== undefined) declareMember(scope, draft, family, member.offset);
  return draft;
}

function familyOf(scope: Scope, { family }: Member, section: number, item: number): Draft | undefined {
  const letter = family.slice(0, -1);
  const all = family.endsWith('_') ? [familyKey(letter), letter] : [`${letter}^()`];
  return all.flatMap((key) => lookUp(scope, key, section, item) ?? []).find((draft) => draft.family !== null || !family.endsWith('_'));
}

/** How a text would write a member: as it writes the one that the recursion tells, with another index. */
function textOf(scope: Scope, text: string, { statement: { sides } }: PlacedEquation, number: number): string | null {
  const [left] = sides;
  const { member, entries } = left === undefined ? NO_MEMBER : memberIn(left);
  const whole = left?.kind === 'postfix' && entries.length > 0 ? left.base : left;
  return whole === undefined || member?.letter == null ? null : memberText(scope, text.slice(whole.span.start, whole.span.end), number);
}

/** The `h_0` that a recursion begins with and the inputs `u_1` are symbols of their own beside what is written out. */
function nameGiven(scope: Scope, body: Expr, placed: PlacedEquation): void {
  for (const member of numberedIn(body)) nameOne(scope, member, placed);
}

function nameOne(scope: Scope, member: Member, placed: PlacedEquation): void {
  const isKnown = lookUp(scope, keyOf(member), placed.section, placed.item) !== undefined;
  if (!isKnown && familyOf(scope, member, placed.section, placed.item) !== undefined) draftOf(scope, member, placed);
}
