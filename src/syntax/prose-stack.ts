import { cover } from '../base/span.ts';
import type { Expr, Members, StackStatement } from './ast.ts';
import { membersIn } from './members.ts';
import { unstyled } from './name.ts';
import { namedBy, type ProseMath, type ProseReader, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/**
 * What sentences call the rows, the columns and the entries of a matrix: "`$x_i^\top$` is the `$i$`-th row of `$X$`", "`$X$`
 * with rows `$x_1^\top, \dots, x_n^\top$`", "the columns of `$A$` are `$a_1, \dots, a_n$`", "`$k_1, \dots, k_M$`, stacked as the rows of `$K$`".
 */
function stacksIn(words: readonly Word[]): StackStatement[] {
  const found: StackStatement[] = [];
  for (let at = 0; at < words.length; at++) {
    const { text } = words[at] as Word;
    const axis = AXES.get(text);
    const stack = axis !== undefined ? stackAt(words, at, axis) : null;
    const vector = stack === null && (text === 'vector' || text === 'column') ? vectorAt(words, at) : null;
    if (stack !== null || vector !== null) found.push((stack ?? vector) as StackStatement);
  }
  return found;
}

type Axis = StackStatement['axis'];

const AXES: ReadonlyMap<string, Axis> = new Map([
  ['row', 'rows'],
  ['rows', 'rows'],
  ['column', 'columns'],
  ['columns', 'columns'],
  ['entries', 'entries'],
  ['components', 'entries'],
  ['elements', 'entries'],
]);

export const STACKS: ProseReader = { telling: [...AXES.keys(), 'vector'], read: stacksIn };

function stackAt(words: readonly Word[], at: number, axis: Axis): StackStatement | null {
  const behind = wholeBehind(words, at + 1, axis);
  const whole = behind ?? wholeOfNumbered(words, at, axis);
  const after = membersBehind(words, behind === null ? at + 1 : behind.at + 1);
  const members = after ?? (whole === null ? null : membersBefore(words, at));
  if (members === null) return null;
  const found = whole ?? (after === null ? null : wholeBehind(words, after.at + 1, axis)) ?? wholeBefore(words, at, axis);
  if (found === null) return null;
  const span = cover((words[Math.min(found.at, members.at)] as Word).span, (words[Math.max(found.at, members.at)] as Word).span);
  const { counted, transposed } = members.members;
  const upright = axis === 'columns' || transposed || counted || isSetUpright(words, Math.max(found.at, at) + 1) ? true : null;
  return { kind: 'stack', whole: found.whole, members: members.members, axis, upright, span };
}

/** "the `$y_i$` into a vector `$y$`", "`$y_1, …, y_n$` in the column vector `$y$`", "`$c_i$`, all in a column `$c$`". */
function vectorAt(words: readonly Word[], at: number): StackStatement | null {
  const [name, ...more] = namedBy(words[at + 1]);
  const into = skipBack(words, at - 1, OF_A_VECTOR);
  if (name === undefined || more.length > 0 || symbolKey(name) === null || !INTO.has(words[into]?.text ?? '')) return null;
  const before = skipBack(words, into, SAYING);
  const members = membersOf(words[before]);
  if (members === null) return null;
  return { kind: 'stack', whole: name, members, axis: 'entries', upright: true, span: cover((words[before] as Word).span, name.span) };
}

const OF_A_VECTOR: ReadonlySet<string> = new Set('a an the one single column'.split(' '));
const INTO: ReadonlySet<string> = new Set(['in', 'into', 'to']);

/** "… the `$i$`-th row of `$X$` as a column vector", "(written as a column)", ", transposed". */
function isSetUpright(words: readonly Word[], from: number): boolean {
  let at = from;
  while (UPRIGHTING.has(words[at]?.text ?? '')) at++;
  const text = words[at]?.text ?? '';
  return at > from && /^(?:columns?|column-vectors?|transposed)$/.test(text);
}

const UPRIGHTING: ReadonlySet<string> = new Set(', ( written viewed taken seen read treated regarded set as a an into turned'.split(' '));

/** A matrix in a sentence, and the number of its word. */
interface Whole {
  readonly whole: Expr;
  readonly at: number;
}

/** "of `$X$`", "of the matrix `$X$`", "into `$X$`" right behind the noun. */
function wholeBehind(words: readonly Word[], at: number, axis: Axis): Whole | null {
  if (words[at]?.text !== 'of' && !INTO.has(words[at]?.text ?? '')) return null;
  const next = skip(words, at + 1, DESCRIBING);
  const whole = wholeIn(words[next], axis);
  return whole === null ? null : { whole, at: next };
}

/** A matrix is named within so many words before what is said of its rows. */
const FARTHEST = 200;

/** "`$X$` with rows …", "the matrix `$X \in \mathbb R^{n\times d}$` whose rows are …": the last matrix that the sentence names before. */
function wholeBefore(words: readonly Word[], noun: number, axis: Axis): Whole | null {
  if (!OWNS.has(words[skipBack(words, noun - 1, COUNTING)]?.text ?? '')) return null;
  for (let at = noun - 1; at >= Math.max(0, noun - FARTHEST) && words[at]?.kind !== 'stop'; at--) {
    const whole = wholeIn(words[at], axis);
    if (whole !== null) return { whole, at };
  }
  return null;
}

/** The `$X$` of "`$x_i^\top$` is row `$i$` of `$X$`", or of "rows of `$X$` are samples" where the sentence goes on by "`$x_i^\top$` is row `$i$`". */
function wholeOfNumbered(words: readonly Word[], noun: number, axis: Axis): Whole | null {
  if (words[noun + 1]?.kind !== 'math' || !/^(?:row|column)$/u.test(words[noun]?.text ?? '')) return null;
  const behind = wholeBehind(words, noun + 2, axis);
  for (let at = noun - 1; behind === null && at >= 0 && words[at]?.kind !== 'stop'; at--) {
    const whole = words[at]?.text === axis ? wholeBehind(words, at + 1, axis) : null;
    if (whole !== null) return whole;
  }
  return behind;
}

interface Found {
  readonly members: Members;
  readonly at: number;
}

/** The members that stand behind a noun or a matrix, with nothing but "are", "given by" and the like between. */
function membersBehind(words: readonly Word[], at: number): Found | null {
  const said = skip(words, at, SAYING);
  const next = said > at && words[said]?.kind === 'word' && words[said + 1]?.text === 'vectors' ? said + 2 : said;
  const members = membersOf(words[next]);
  return members === null ? null : { members, at: next };
}

/** "`$x_i^\top$` denotes the `$i$`-th row of …", "and `$b_j$` the `$j$`-th column of …", "`$k_1, \dots, k_M$`, stacked as the rows of …". */
function membersBefore(words: readonly Word[], noun: number): Found | null {
  const before = skipBack(words, noun - 1, COUNTING);
  const says = skipBack(words, before, SAYING);
  const isBeside = before < noun - 1 && words[before + 1]?.text === 'the';
  const members = says < before || isBeside ? membersOf(words[says]) : null;
  return members === null ? null : { members, at: says };
}

const DESCRIBING: ReadonlySet<string> = new Set('the a an our data design feature matrix vector'.split(' '));
const OWNS: ReadonlySet<string> = new Set('with whose has have having by'.split(' '));
const COUNTING: ReadonlySet<string> = new Set('the a its th nd rd st single'.split(' '));
const SAYING: ReadonlySet<string> = new Set(
  'all is are be being sit sits stand stands denote denotes denoted represents represent as form forms by given the vectors vector which that are we stack stacked collect collected arrange arranged gather gathered put together in into , ( for write call called contains contain input inputs output outputs data sample samples point points observation observations feature features example examples target targets label labels response responses'.split(
    ' ',
  ),
);

function skip(words: readonly Word[], from: number, over: ReadonlySet<string>): number {
  let at = from;
  while (words[at]?.kind !== 'math' && over.has(words[at]?.text ?? '')) at++;
  return at;
}

/** Over words, and over the `$i$` of "the `$i$`-th row". */
function skipBack(words: readonly Word[], from: number, over: ReadonlySet<string>): number {
  let at = from;
  while (
    at > 0 &&
    (over.has(words[at]?.text ?? '') || (words[at + 1]?.text === 'th' && words[at]?.kind === 'math') || isOrdinal(words[at]))
  )
    at--;
  return at;
}

// ---- formulas

/** `$i^{\text{th}}$`, `$i$th`. */
function isOrdinal(word: Word | undefined): boolean {
  const expr = word?.kind === 'math' ? soleExpr(word.math) : null;
  return expr?.kind === 'postfix' && expr.mark.kind === 'label' && /^(?:th|st|nd|rd)$/.test(expr.mark.text);
}

function soleExpr({ statements }: ProseMath): Expr | null {
  const [only, ...more] = statements;
  return more.length === 0 && only?.kind === 'equation' && only.sides.length === 1 ? (only.sides[0] as Expr) : null;
}

/** A capital or a styled letter, or one that the formula declares a matrix, or of entries a vector. Small letters by themselves may count. */
function wholeIn(word: Word | undefined, axis: Axis): Expr | null {
  const [name, ...more] = namedBy(word);
  const key = name === undefined || more.length > 0 || membersIn([name]) !== null ? null : symbolKey(name);
  if (name === undefined || key === null) return null;
  const axes = axesIn(word);
  const fits = axes === undefined ? /^\p{Lu}/u.test(key) || unstyled(key) !== key : axes > 1 || axis === 'entries';
  return fits ? name : null;
}

/** How many axes a formula declares. */
function axesIn(word: Word | undefined): number | undefined {
  const [statement] = word?.kind === 'math' ? word.math.statements : [];
  return statement?.kind === 'declaration' ? statement.shape?.dims.length : undefined;
}

function membersOf(word: Word | undefined): Members | null {
  return membersIn(namedBy(word));
}
