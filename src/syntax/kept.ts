import type { Statement, SyntaxProblem } from './ast.ts';
import type { MarkdownStructure } from './blocks/markdown.ts';
import type { Macro, Macros } from './macros.ts';
import { movedProblem, movedStatement, movedToken } from './move.ts';
import type { Raw } from './tex-tokens.ts';
import type { Token } from './token.ts';

/** What a block of mathematics was read as. */
export interface ReadMath {
  readonly tokens: readonly Token[];
  readonly statements: readonly Statement[];
  readonly problems: readonly SyntaxProblem[];
  /** Whether it defined macros, which is done again in every reading. */
  readonly defines: boolean;
}

/** What a statement of plain notation was read as, with the directives that stand before it. */
export interface ReadPlain {
  readonly statements: readonly Statement[];
  readonly problems: readonly SyntaxProblem[];
}

/** What was read at a place; the spans in it are those of that place. */
interface Placed<T> {
  readonly start: number;
  readonly value: T;
}

/** How each text was read, first by what else decides it: the macros that hold there. */
type Table<T> = ReadonlyMap<string, ReadonlyMap<string, Placed<T>>>;
type OpenTable<T> = Map<string, Map<string, Placed<T>>>;

/**
 * The macros that hold at a place, as a number: equal where the same definitions lead there. A state follows from the one
 * before it and the definition between them, so that no definition costs more for those that stand before it.
 */
export type MacroState = number;

interface States {
  readonly after: ReadonlyMap<string, MacroState>;
  /** One that no reading has given yet. */
  readonly next: MacroState;
}

/** What a reading leaves for the next one of the same document, which need not read again what stands in both. */
export interface Kept {
  readonly mathematics: Table<ReadMath>;
  readonly words: Table<readonly Statement[]>;
  readonly plain: Table<readonly ReadPlain[]>;
  readonly states: States;
  /** Of Markdown. */
  readonly structure: MarkdownStructure | null;
  /** How many blocks were parsed in this reading, because neither the last one nor this one had read their text. */
  readonly parsed: number;
}

/** What one reading takes from the last and keeps for the next. It lives as long as the reading. */
export interface Keeping {
  readonly before: Kept | null;
  readonly mathematics: OpenTable<ReadMath>;
  readonly words: OpenTable<readonly Statement[]>;
  readonly plain: OpenTable<readonly ReadPlain[]>;
  readonly states: { readonly after: Map<string, MacroState>; next: MacroState };
  parsed: number;
}

export function keeping(before: Kept | null): Keeping {
  const states = { after: new Map<string, MacroState>(), next: before?.states.next ?? NO_MACROS + 1 };
  return { before, mathematics: new Map(), words: new Map(), plain: new Map(), states, parsed: 0 };
}

export function keptOf({ mathematics, words, plain, states, parsed }: Keeping, structure: MarkdownStructure | null): Kept {
  return { mathematics, words, plain, states, structure, parsed };
}

/** Where nothing is defined. */
export const NO_MACROS: MacroState = 0;

/** What holds behind a definition; the text of it has to tell all that it defines. */
export function stateAfter({ before, states }: Keeping, state: MacroState, definition: string): MacroState {
  const key = `${state} ${definition}`;
  const after = states.after.get(key) ?? before?.states.after.get(key) ?? states.next++;
  states.after.set(key, after);
  return after;
}

/** Longer texts are read again where they moved: their trees may be too deep to be walked by recursion. */
const LONGEST_MOVED = 5000;

/** A text as it reads at a place, and the place of the same text in what was read before. */
interface Sought {
  readonly text: string;
  /** What decides the reading besides the text. */
  readonly context: string;
  readonly start: number;
}

export function keptMath(keeping: Keeping, sought: Sought, read: () => ReadMath): ReadMath {
  return kept(keeping, 'mathematics', sought, read, (value, by) => ({
    tokens: value.tokens.map((one) => movedToken(one, by)),
    ...movedPlain(value, by),
    defines: value.defines,
  }));
}

export function keptWords(keeping: Keeping, sought: Sought, read: () => readonly Statement[]): readonly Statement[] {
  return kept(keeping, 'words', sought, read, (value, by) => value.map((one) => movedStatement(one, by)));
}

export function keptPlain(keeping: Keeping, sought: Sought, read: () => readonly ReadPlain[]): readonly ReadPlain[] {
  return kept(keeping, 'plain', sought, read, (value, by) => value.map((one) => movedPlain(one, by)));
}

function movedPlain({ statements, problems }: ReadPlain, by: number): ReadPlain {
  return { statements: statements.map((one) => movedStatement(one, by)), problems: problems.map((one) => movedProblem(one, by)) };
}

interface Values {
  readonly mathematics: ReadMath;
  readonly words: readonly Statement[];
  readonly plain: readonly ReadPlain[];
}

function kept<K extends keyof Values>(
  keeping: Keeping,
  kind: K,
  { text, context, start }: Sought,
  read: () => Values[K],
  move: (value: Values[K], by: number) => Values[K],
): Values[K] {
  const own = openIn(keeping[kind] as OpenTable<Values[K]>, context);
  const known = own.get(text) ?? (keeping.before?.[kind] as Table<Values[K]> | undefined)?.get(context)?.get(text);
  const movable = known !== undefined && (known.start === start || text.length <= LONGEST_MOVED);
  const value = !movable ? read() : known.start === start ? known.value : move(known.value, start - known.start);
  if (!movable) keeping.parsed++;
  if (!('defines' in value && value.defines)) own.set(text, { start, value });
  return value;
}

function openIn<T>(table: OpenTable<T>, context: string): Map<string, Placed<T>> {
  const known = table.get(context);
  if (known !== undefined) return known;
  const opened = new Map<string, Placed<T>>();
  table.set(context, opened);
  return opened;
}

/** Macros of other files as one text: equal where they are. */
export function macrosAsText(macros: Macros): string {
  return JSON.stringify([...macros].map(([name, macro]) => [name, bodyOf(macro)]).sort());
}

/** Where a macro was defined decides nothing: what comes out of its body has the span of the call. */
function bodyOf({ parameters, body }: Macro): unknown {
  const texts = (raws: readonly Raw[]) => raws.map(({ text }) => text);
  return [parameters.map((one) => [one.kind, texts('standard' in one ? one.standard : 'tokens' in one ? one.tokens : [])]), texts(body)];
}
