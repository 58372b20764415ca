import { addTo } from '../base/lists-by-key.ts';
import { countBelow, insertSorted, removeSorted } from '../base/sorted-numbers.ts';
import type { Span } from '../base/span.ts';
import type { SymbolId } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { type Dim, ONE } from '../shape/dimension.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { Expr, Property, StackStatement } from '../syntax/ast.ts';
import type { Definition, Settings, SymbolInfo } from './derivation.ts';

/** A symbol while the document is read: what is said of it arrives piece by piece. */
export interface Draft {
  readonly id: SymbolId;
  readonly key: string;
  readonly section: number;
  /** The number of the item from which this version of the letter holds. */
  readonly since: number;
  readonly span: Span;
  text: string;
  role: SymbolInfo['role'];
  declared: MatrixShape | null;
  declaredAt: Span | null;
  properties: readonly Property[];
  definition: Definition | null;
  /** Set as soon as a definition is seen, before its body is elaborated. */
  definedAt: Span | null;
  params: readonly SymbolId[];
  open: readonly SymbolId[] | null;
  from: readonly MatrixShape[] | null;
  /** How many members there are, and the letter that counts them where they were declared. */
  family: { readonly count: Dim | null; readonly letter?: string } | null;
  /** Of a family whose members are rows, columns or entries of a matrix: which. */
  stacked: Stacked | null;
  range: { readonly from: Dim; readonly to: Dim } | null;
  /** What the last gradient of it was by. */
  gradientBy: SymbolId | null;
  /** `x_{k+1}` of a declared `x`: named after it, and believed to have its shape. */
  namedAfter: boolean;
  /** Met in an expression only: nobody declared or defined it. */
  implicit: boolean;
  /** "For any function `L` of `p`": what the letter means in its own section only. */
  bound: boolean;
}

export interface Stacked {
  readonly whole: SymbolId;
  readonly axis: StackStatement['axis'];
  /** Whether members are the transposes of what stands in the whole. */
  readonly turned: boolean;
}

/** A recursion `a_l` up to `a_L`: the letter of its index and the number that it has in claims, and the same of its last member. */
export interface Horizon {
  readonly letter: string;
  readonly value: number;
  readonly end: string;
  readonly last: number;
  /** Letters that nothing declares and whose entries stand beside those of members: the y of `\sum_j (a^L_j - y_j)^2`. */
  readonly columns: ReadonlySet<string>;
}

/** Of a recursion over layers what stands below `w^{(l)}`, and below a letter beside it, chooses entries, though nothing declares it. */
export function hasEntriesOfMember({ horizon }: Scope, base: Expr): boolean {
  if (horizon === null) return false;
  return base.kind === 'name' ? horizon.columns.has(base.name) : base.kind === 'postfix' && base.mark.kind === 'label' && base.mark.above;
}

/** What a text writes for the number of a member: the `l - 1` of `a_1` where l is 2. */
export function indexText({ horizon }: Scope, number: number): string {
  if (horizon === null || number < 1) return String(number);
  if (number === horizon.last) return horizon.end;
  const by = number - horizon.value;
  return Math.abs(by) > 1 ? String(number) : `${horizon.letter}${by === 0 ? '' : by > 0 ? '+1' : '-1'}`;
}

export interface SectionDraft {
  readonly title: string;
  readonly parent: number | null;
  readonly level: number;
  readonly start: number;
  end: number;
  settings: Settings;
  /** Sizes that statements such as `n = 784` fix in this section. */
  readonly sizes: Map<string, number>;
  /** The versions of each letter that begin in this section, in order. */
  readonly symbols: Map<string, Draft[]>;
}

/** All sections and symbols of a document while it is read. It lives as long as one reading. */
export interface Scope {
  readonly sections: SectionDraft[];
  readonly drafts: Map<SymbolId, Draft>;
  /** For each letter the sections that have a version of it, in order. */
  readonly sectionsOf: Map<string, number[]>;
  /** The same, without sections in which all versions were only used when they were met. */
  readonly knownIn: Map<string, number[]>;
  /** The names that stand in shapes and index ranges. */
  readonly dimensions: Map<string, Span>;
  /** The numbers that stand for the letters of a recursion. */
  horizon: Horizon | null;
  /** The layouts that directives so far name. */
  readonly layouts: Set<Layout>;
  /** Members that a declaration lists by name beside those that are counted: the `u_o` of `u_o, u_1, …, u_K`. */
  readonly listed: Set<string>;
  /** What `L(z) : scalar` depends on, looked up when all is declared and defined. */
  readonly openArguments: { readonly draft: Draft; readonly args: readonly Expr[]; readonly section: number; readonly item: number }[];
}

export function emptyScope(settings: Settings, end: number): Scope {
  const root: SectionDraft = { title: '', parent: null, level: 0, start: 0, end, settings, sizes: new Map(), symbols: new Map() };
  return {
    sections: [root],
    drafts: new Map(),
    sectionsOf: new Map(),
    knownIn: new Map(),
    dimensions: new Map(),
    horizon: null,
    layouts: new Set(),
    listed: new Set(),
    openArguments: [],
  };
}

/** Opens a section below the innermost one of a lower level, with its settings; answers its number. */
export function openSection(scope: Scope, current: number, level: number, title: string, span: Span): number {
  let parent = current;
  while (parent !== 0 && (scope.sections[parent] as SectionDraft).level >= level) {
    (scope.sections[parent] as SectionDraft).end = span.start;
    parent = (scope.sections[parent] as SectionDraft).parent ?? 0;
  }
  const around = scope.sections[parent] as SectionDraft;
  const [above = null, ...others] = scope.layouts;
  scope.sections.push({
    title,
    parent,
    level,
    start: span.start,
    end: (scope.sections[0] as SectionDraft).end,
    settings: { ...around.settings, layoutAbove: others.length > 0 || around.settings.layout !== 'auto' ? null : above },
    sizes: new Map(),
    symbols: new Map(),
  });
  return scope.sections.length - 1;
}

/** The key of the members of a family, where the letter by itself means something else. */
export function familyKey(key: string): string {
  return `${key}[]`;
}

/** Gives the members of a letter a family of their own, where the letter by itself is another symbol; the letter keeps its shape. */
export function setMembersApart(scope: Scope, draft: Draft, section: number, item: number): void {
  const { declared, declaredAt, properties, family, text } = draft;
  Object.assign(introduce(scope, familyKey(draft.key), section, item, draft.span), { declared, declaredAt, properties, family, text });
  draft.family = null;
}

/** The members of a letter keep being what they are below a section that has another symbol by the letter alone. */
export function keepMembers(scope: Scope, draft: Draft): void {
  const key = familyKey(draft.key);
  addTo((scope.sections[draft.section] as SectionDraft).symbols, key, draft);
  noteSection(scope.sectionsOf, key, draft.section);
  noteSection(scope.knownIn, key, draft.section);
}

/** A symbol of which nothing is said yet. */
export function blank(named: Pick<Draft, 'id' | 'key' | 'section' | 'since' | 'span' | 'text' | 'role'>): Draft {
  return {
    ...named,
    declared: null,
    declaredAt: null,
    properties: [],
    definition: null,
    definedAt: null,
    params: [],
    open: null,
    from: null,
    family: null,
    stacked: null,
    range: null,
    gradientBy: null,
    namedAfter: false,
    implicit: false,
    bound: false,
  };
}

/** A new version of a letter, which holds in the section from item `since` on. */
export function introduce(scope: Scope, key: string, section: number, since: number, span: Span): Draft {
  const draft = newVersion(scope, key, section, since, span);
  noteSection(scope.knownIn, key, section);
  return draft;
}

/** A new version of a letter that is declared as another one is. */
export function introduceLike(
  scope: Scope,
  { key, declared, declaredAt, properties }: Draft,
  { section, item, span, text }: { readonly section: number; readonly item: number; readonly span: Span; readonly text: string },
): Draft {
  return Object.assign(introduce(scope, key, section, item, span), {
    declared,
    declaredAt,
    properties,
    text: text.slice(span.start, span.end),
  });
}

/** A letter that is met in an expression and that nobody declared or defined. */
export function introduceUsed(scope: Scope, key: string, section: number, since: number, span: Span): Draft {
  const draft = newVersion(scope, key, section, since, span);
  draft.implicit = true;
  return draft;
}

/** Something is said of a letter that was only used so far. */
export function makeKnown(scope: Scope, draft: Draft): void {
  draft.implicit = false;
  noteSection(scope.knownIn, draft.key, draft.section);
}

function newVersion(scope: Scope, key: string, section: number, since: number, span: Span): Draft {
  const draft = blank({ id: `${key}@${scope.drafts.size}`, key, section, since, span, text: key, role: 'variable' });
  scope.drafts.set(draft.id, draft);
  addTo((scope.sections[section] as SectionDraft).symbols, key, draft);
  noteSection(scope.sectionsOf, key, section);
  return draft;
}

function noteSection(sectionsOf: Map<string, number[]>, key: string, section: number): void {
  const sections = sectionsOf.get(key);
  if (sections === undefined) sectionsOf.set(key, [section]);
  else insertSorted(sections, section);
}

/** The version that holds at an item: the latest that began, or the first where none has begun yet. */
function versionAt(versions: readonly Draft[], item: number): Draft {
  let found = versions[0] as Draft;
  for (const version of versions) if (version.since <= item) found = version;
  return found;
}

/** The version of a letter that this section itself has at an item. */
export function lookUpHere(scope: Scope, key: string, section: number, item: number): Draft | undefined {
  const versions = (scope.sections[section] as SectionDraft).symbols.get(key);
  return versions === undefined ? undefined : versionAt(versions, item);
}

/** A section and those around it, from the inside out. */
export function* sectionsAround({ sections }: Scope, section: number): Generator<number> {
  for (let at: number | null = section; at !== null; at = (sections[at] as SectionDraft).parent) yield at;
}

/** The version in the section or, failing that, in one around it. */
export function lookUpAround(scope: Scope, key: string, section: number, item: number): Draft | undefined {
  for (let at: number | null = section; at !== null; at = (scope.sections[at] as SectionDraft).parent) {
    const found = lookUpHere(scope, key, at, item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a letter means at an item: here, around, or in the nearest earlier section. What is only used around hides nothing that is declared before. */
export function lookUp(scope: Scope, key: string, section: number, item: number): Draft | undefined {
  const near = lookUpAround(scope, key, section, item);
  if (near !== undefined && !near.implicit) return near;
  return knownBefore(scope, key, section) ?? near ?? usedBefore(scope, key, section);
}

/** The last version in the nearest earlier section that has one of which something is said. */
function knownBefore(scope: Scope, key: string, section: number): Draft | undefined {
  const sections = scope.knownIn.get(key) ?? [];
  for (let at = countBelow(sections, section) - 1; at >= 0; at--) {
    const found = lastVersion(scope, key, sections[at] as number);
    if (found?.implicit === false && !found.bound) return found;
  }
  return undefined;
}

function usedBefore(scope: Scope, key: string, section: number): Draft | undefined {
  const sections = scope.sectionsOf.get(key) ?? [];
  const nearest = sections[countBelow(sections, section) - 1];
  return nearest === undefined ? undefined : lastVersion(scope, key, nearest);
}

function lastVersion(scope: Scope, key: string, section: number): Draft | undefined {
  const versions = (scope.sections[section] as SectionDraft).symbols.get(key);
  return versions?.findLast(({ bound }) => !bound) ?? versions?.at(-1);
}

/** Takes a letter out of the section that gives it its meaning at an item. */
export function forget(scope: Scope, key: string, section: number, item: number): void {
  const draft = lookUp(scope, key, section, item);
  if (draft === undefined) return;
  scope.sections[draft.section]?.symbols.delete(key);
  removeSorted(scope.sectionsOf.get(key) ?? [], draft.section);
  removeSorted(scope.knownIn.get(key) ?? [], draft.section);
}

/** Whether a section is one of those around another. */
export function isAround(scope: Scope, around: number, section: number): boolean {
  return around !== section && [...sectionsAround(scope, section)].includes(around);
}

/** Whether the section or one around it has defined the letter before the item. */
export function isDefinedAround(scope: Scope, key: string, section: number, item: number): boolean {
  for (const at of sectionsAround(scope, section)) {
    const versions = (scope.sections[at] as SectionDraft).symbols.get(key) ?? [];
    const current = versions.filter((version) => version.since <= item).at(-1) ?? versions[0];
    if (current?.definedAt != null) return true;
  }
  return false;
}

/** Whether a letter is declared as a column or a row. */
export function isVector({ declared }: Draft): boolean {
  return declared !== null && (declared.rows.key === ONE.key) !== (declared.cols.key === ONE.key);
}

/** Whether nothing is said of a letter but that it is a number, or not even that. */
export function isFreeNumber({ role, declared, definedAt, open, family, from }: Draft): boolean {
  const isFree = role === 'variable' && definedAt === null && open === null && family === null && from === null;
  return isFree && (declared === null || isScalar(declared));
}

export function toSymbolInfo(draft: Draft): SymbolInfo {
  const { id, text, role, span, declared, properties, definition, open, from, family, range, namedAfter } = draft;
  return {
    id,
    text,
    role,
    span: draft.declaredAt ?? draft.definedAt ?? span,
    declared,
    properties,
    definition,
    open,
    from,
    family,
    range,
    namedAfter,
  };
}
