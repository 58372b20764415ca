import type { Say } from '../base/say.ts';
import type { ListedClaim } from '../protocol/lsp.ts';
import { withShapes } from './preview-shapes.ts';
import { explanation, isJudged, type Judged, verdictWords, worstOf } from './preview-verdicts.ts';

/** What the built-in Markdown preview asks of markdown-it, as far as it is used here. */
export interface MarkdownIt {
  readonly core: { readonly ruler: { push(name: string, rule: (state: CoreState) => void): void } };
  readonly renderer: {
    readonly rules: Record<string, Render | undefined>;
  };
  readonly utils: { escapeHtml(text: string): string };
}

type Render = (tokens: readonly Token[], at: number, options: unknown, env: unknown, renderer: unknown) => string;

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
  /** Of a display its token, in whose place the mark stands: with shapes in it, it is another one. */
  readonly token: Token | null;
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
  md.renderer.rules[MARK] = (tokens, at, options, env, renderer) => {
    const formula = tokens[at]?.meta as Formula;
    const { latex, mark } = marked(formula, source, env, md.utils.escapeHtml);
    if (formula.token === null) return mark;
    const html = rendered(md, withContent(formula.token, latex), options, env, renderer);
    if (latex === formula.text || !html.includes(UNREADABLE)) return html + mark;
    return rendered(md, formula.token, options, env, renderer) + marked({ ...formula, token: null }, source, env, md.utils.escapeHtml).mark;
  };
  return md;
}

/** The class of what KaTeX shows of a formula that it cannot read, which is to be the one that was written. */
const UNREADABLE = 'katex-error';

function rendered({ renderer: { rules } }: MarkdownIt, token: Token, options: unknown, env: unknown, renderer: unknown): string {
  return rules[token.type]?.([token], 0, options, env, renderer) ?? '';
}

/** The token is kept and shared by everyone who renders it. */
function withContent(token: Token, content: string): Token {
  return content === token.content ? token : Object.assign(Object.create(Object.getPrototypeOf(token)), token, { content });
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
  const display = { start, end, text: content, isInline: false };
  if (type.startsWith('math_block')) return [mark({ ...display, token })];
  if (type === 'fence' && /^(?:math|deriv|derivation)\b/.test(info.trim())) return [token, mark({ ...display, token: null })];
  if (children !== null)
    token.children = children.flatMap((child) =>
      child.type.startsWith('math_') ? [child, mark({ start, end, text: child.content, isInline: true, token: null })] : [child],
    );
  return [token];
}

/** A formula with shapes below its factors where they are wanted, and its mark; in a line, or where its factors are not told apart, shapes stand in the mark. */
function marked(
  formula: Formula,
  { claims: claimsOf, showsShapes, say }: PreviewSource,
  env: unknown,
  escapeHtml: (text: string) => string,
): { readonly latex: string; readonly mark: string } {
  const claims = claimsIn(formula, claimsOf(env).filter(isJudged));
  const worst = worstOf(claims);
  if (worst === undefined) return { latex: formula.text, mark: '' };
  const wanted = showsShapes(env) ? claims : [];
  const { latex, shaped } = withShapes(formula.text, formula.token === null ? [] : wanted);
  const shapes = wanted.flatMap((claim) => (shaped.includes(claim) ? [] : (claim.shapes ?? [])));
  const shown = shapes.map((one) => `<span class="chainrule-shapes">${escapeHtml(one)}</span>`).join('');
  const tag = formula.isInline ? 'span' : 'div';
  const why = claims.map((claim) => explanation(say, claim)).join('\n');
  const words = `<span class="chainrule-verdict">${escapeHtml(verdictWords(say, claims))}</span>`;
  return { latex, mark: `<${tag} class="chainrule-mark chainrule-${worst}" title="${escapeHtml(why)}">${shown}${words}</${tag}>` };
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
