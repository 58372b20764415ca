import { type Say, told } from '../base/say.ts';
import type { ListedClaim } from '../protocol/lsp.ts';

/** What the built-in Markdown preview asks of markdown-it, as far as it is used here. */
export interface MarkdownIt {
  readonly core: { readonly ruler: { push(name: string, rule: (state: CoreState) => void): void } };
  readonly renderer: {
    readonly rules: Record<string, ((tokens: readonly Token[], at: number, options: unknown, env: unknown) => string) | undefined>;
  };
  readonly utils: { escapeHtml(text: string): string };
}

interface CoreState {
  tokens: Token[];
  readonly Token: new (type: string, tag: string, nesting: number) => Token;
}

export interface Token {
  readonly type: string;
  readonly content: string;
  readonly info: string;
  /** 1 for what opens an element, −1 for what closes it. */
  readonly nesting: number;
  readonly map: readonly [number, number] | null;
  children: Token[] | null;
  meta: unknown;
  block: boolean;
}

/** What a mark needs to know: the claims of the document that is rendered, and whether shapes are shown. */
export interface PreviewSource {
  /** `env` is what the preview gives to markdown-it. */
  readonly claims: (env: unknown) => readonly ListedClaim[];
  readonly showsShapes: (env: unknown) => boolean;
  readonly say: Say;
}

const MARK = 'chainrule_mark';

/** The lines and the text of a formula. */
interface Formula {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isInline: boolean;
}

/** Puts a mark behind every formula. Which it is, is found when the page is rendered: the preview keeps tokens while verdicts come. */
export function markFormulas(md: MarkdownIt, source: PreviewSource): MarkdownIt {
  md.core.ruler.push('chainrule', (state) => {
    const mark = (formula: Formula) => {
      const token = new state.Token(MARK, '', 0);
      token.meta = formula;
      token.block = !formula.isInline;
      return token;
    };
    const lines = linesOf(state.tokens);
    state.tokens = state.tokens.flatMap((token, at) => withMarks(token, lines[at] ?? null, mark));
  });
  md.renderer.rules[MARK] = (tokens, at, _options, env) => renderMark(tokens[at]?.meta as Formula, source, env, md.utils.escapeHtml);
  return md;
}

type Lines = Token['map'];

/** The lines of each token: its own, or else those of what it stands in. A cell of a table has none, its row has. */
function linesOf(tokens: readonly Token[]): readonly Lines[] {
  const around: Lines[] = [];
  return tokens.map(({ map, nesting }) => {
    if (nesting < 0) return around.pop() ?? null;
    const lines = map ?? around.at(-1) ?? null;
    if (nesting > 0) around.push(lines);
    return lines;
  });
}

function withMarks(token: Token, lines: Lines, mark: (formula: Formula) => Token): readonly Token[] {
  const { type, content, children, info } = token;
  if (lines === null) return [token];
  const [start, end] = lines;
  if (type.startsWith('math_block') || (type === 'fence' && /^(?:math|deriv|derivation)\b/.test(info.trim())))
    return [token, mark({ start, end, text: content, isInline: false })];
  if (children !== null)
    token.children = children.flatMap((child) =>
      child.type.startsWith('math_') ? [child, mark({ start, end, text: child.content, isInline: true })] : [child],
    );
  return [token];
}

type Verdict = Exclude<ListedClaim['status'], 'unchecked'>;

/** The worst first. */
const VERDICTS: readonly Verdict[] = ['refuted', 'inconclusive', 'verified'];

const SIGNS: Readonly<Record<Verdict, string>> = { verified: '✓', refuted: '✗', inconclusive: '?' };

const WORDS: Readonly<Record<Verdict, string>> = {
  verified: told('verified'),
  refuted: told('wrong'),
  inconclusive: told('not decided'),
};

interface Judged extends ListedClaim {
  readonly status: Verdict;
}

function isJudged(claim: ListedClaim): claim is Judged {
  return claim.status !== 'unchecked';
}

function renderMark(
  formula: Formula,
  { claims: claimsOf, showsShapes, say }: PreviewSource,
  env: unknown,
  escape: (text: string) => string,
): string {
  const claims = claimsIn(formula, claimsOf(env).filter(isJudged));
  const worst = VERDICTS.find((status) => claims.some((claim) => claim.status === status));
  if (worst === undefined) return '';
  const shapes = showsShapes(env) ? claims.flatMap((claim) => claim.shapes ?? []) : [];
  const shown = shapes.map((one) => `<span class="chainrule-shapes">${escape(one)}</span>`).join('');
  const tag = formula.isInline ? 'span' : 'div';
  const why = claims.map((claim) => explain(say, claim)).join('\n');
  return `<${tag} class="chainrule-mark chainrule-${worst}" title="${escape(why)}">${shown}<span class="chainrule-verdict">${escape(verdict(say, claims))}</span></${tag}>`;
}

/**
 * The claims that a formula says: those on its lines. While verdicts are those of an earlier text, lines may have moved, and
 * the claims are those with its words; what a macro spells in other words is found by its lines alone.
 */
function claimsIn(formula: Formula, claims: readonly Judged[]): readonly Judged[] {
  const onLines = ({ range: { start } }: Judged) => formula.start <= start.line && start.line < formula.end;
  const said = claims.filter(({ text }) => flat(formula.text).includes(flat(text)));
  const here = said.filter(onLines);
  if (here.length > 0) return here;
  if (said.length > 0) return [...new Map(said.map((claim) => [flat(claim.text), claim])).values()];
  return formula.isInline ? [] : claims.filter(onLines);
}

function flat(text: string): string {
  return text.replace(/^[ \t]*>/gm, '').replace(/\s+/g, '');
}

/** `✓ verified`; of several claims how many are what, the good ones first. */
function verdict(say: Say, claims: readonly Judged[]): string {
  const counts = VERDICTS.toReversed()
    .map((status) => ({ status, count: claims.filter((claim) => claim.status === status).length }))
    .filter(({ count }) => count > 0);
  const isOne = claims.length === 1;
  return counts.map(({ status, count }) => `${SIGNS[status]} ${isOne ? '' : `${count} `}${say(WORDS[status])}`).join(', ');
}

function explain(say: Say, { text, status, reason, maxRelativeError }: Judged): string {
  const error = maxRelativeError === undefined ? '' : `, ${say('largest relative error {0}', maxRelativeError.toExponential(1))}`;
  return `${text.replace(/\s+/g, ' ')}: ${say(WORDS[status])}${reason === undefined ? error : `, ${reason}`}`;
}
