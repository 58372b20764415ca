import type { CheckedDocument } from '../check/checked-document.ts';
import { applyEdits } from '../check/source.ts';
import type { Equation, SymbolInfo } from '../derivation/derivation.ts';
import { printTerm } from '../derivation/print-term.ts';
import { type Spell, speller } from '../derivation/spell.ts';
import type { Term } from '../ops/term.ts';
import { hasCount, showDim } from '../shape/dimension.ts';
import { type MatrixShape, showShape, showWritable } from '../shape/shape.ts';
import type { Relation, Statement } from '../syntax/ast.ts';
import type { Item } from '../syntax/document.ts';
import type { DerivationView } from './derivation-view.ts';
import { formatPlain } from './format.ts';

/** What a derivation is written as anew. */
export type Target = 'plain' | 'latex';

/**
 * The derivation of a document, its headings, statements and formulas without the prose, in another surface.
 * Several texts where it depends on the numbers which is meant; the first is the simplest.
 */
export function transcriptions(view: DerivationView, target: Target): readonly string[] {
  const texts = [memberText, () => undefined].flatMap((member) => {
    const writing = { target, spell: speller(view.built.derivation, target), member, above: levelsAbove(view) };
    const blocks = saidOnce(view.document.items.flatMap((item) => blockOf(view, writing, item)));
    const broadcasting: Block = { kind: 'statement', text: asStatement('broadcast on', target) };
    return (view.document.annotated ? [blocks] : [blocks, [broadcasting, ...blocks]]).map(target === 'plain' ? plainText : latexText);
  });
  return [...new Set(texts)];
}

/** How what is meant is written: where, each name, and the rows and columns of a matrix by names of their own. */
interface Writing {
  readonly target: Target;
  readonly spell: Spell;
  readonly member: (view: DerivationView, term: Term, spell: Spell) => string | undefined;
  /** The levels of headings that the document leaves out at the top. */
  readonly above: number;
}

/** An article begins with sections, which are the third level of LaTeX. */
function levelsAbove({ document }: DerivationView): number {
  const levels = document.items.flatMap((item) => (item.kind === 'heading' ? [item.level] : []));
  return levels.length === 0 ? 0 : Math.min(...levels) - 1;
}

/** A sentence that tells of several symbols is read more than once; what was declared since the last heading is not declared again. */
function saidOnce(blocks: readonly Block[]): readonly Block[] {
  let said = new Set<string>();
  return blocks.filter(({ kind, text }) => {
    if (kind === 'heading') said = new Set();
    const isNew = kind !== 'statement' || !/ : |\\in /.test(text) || !said.has(text);
    said.add(text);
    return isNew;
  });
}

/** Whether a text in another surface claims as much as the first, and as much of it holds. */
export function saysTheSame(before: CheckedDocument, after: CheckedDocument): boolean {
  const mistakes = ({ diagnostics }: CheckedDocument) =>
    diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
  const verdicts = ({ claims = [] }: CheckedDocument) => claims.map(({ status }) => status).join();
  return mistakes(after) <= mistakes(before) && verdicts(after) === verdicts(before) && after.equations.length > 0;
}

/** A piece of the new text; those of a kind stand together. */
interface Block {
  readonly kind: 'heading' | 'statement' | 'formula';
  readonly text: string;
}

function blockOf(view: DerivationView, writing: Writing, item: Item): readonly Block[] {
  const { target, spell } = writing;
  if (item.kind === 'problem') return [];
  if (item.kind === 'heading') return [{ kind: 'heading', text: headingText(item.level - writing.above, item.title, target) }];
  const { statement } = item;
  if (statement.kind === 'shapeLine') return [];
  if (statement.kind !== 'equation') return statementText(view, statement, spell, target).map((text) => ({ kind: 'statement', text }));
  const equations = view.built.derivation.equations.filter(
    ({ span }) => statement.span.start <= span.start && span.end <= statement.span.end,
  );
  if (equations.length === 0) return sizeText(view, statement).map((text) => ({ kind: 'statement', text: asStatement(text, target) }));
  // An expression alone states nothing, and plain notation has no line for it.
  return chains(equations)
    .filter(([only, ...others]) => others.length > 0 || (only?.sides.length ?? 0) > 1)
    .map((chained) => ({ kind: 'formula', text: formulaText(view, chained, writing) }));
}

/** A definition and the claim after it share a side and make one chain. */
function chains(equations: readonly Equation[]): readonly (readonly Equation[])[] {
  const found: Equation[][] = [];
  for (const equation of equations) {
    const last = found.at(-1);
    if (last?.at(-1)?.sides.at(-1)?.span.start === equation.sides[0]?.span.start) last?.push(equation);
    else found.push([equation]);
  }
  return found;
}

const COMMANDS: readonly string[] = ['section', 'subsection', 'subsubsection', 'paragraph', 'subparagraph'];

function headingText(level: number, title: string, target: Target): string {
  return target === 'plain'
    ? `${'#'.repeat(level)} ${title}`
    : `\\${COMMANDS[Math.min(level, COMMANDS.length) - 1] as string}{${title.replace(/[$&#_%{}]/g, '\\$&')}}`;
}

// ---- statements

/** In LaTeX what only Chainrule reads is a comment. */
function asStatement(text: string, target: Target): string {
  return target === 'plain' ? text : `% chainrule: ${text}`;
}

function statementText(
  view: DerivationView,
  statement: Exclude<Statement, { readonly kind: 'equation' | 'shapeLine' }>,
  spell: Spell,
  target: Target,
): readonly string[] {
  if (statement.kind === 'directive') return [asStatement(directiveText(statement), target)];
  const declared = view.built.declarations.filter(
    (one) => one.statement.start === statement.span.start && one.statement.end === statement.span.end,
  );
  if (statement.kind === 'index') {
    const bound = (expr: typeof statement.from) => view.text.slice(expr.span.start, expr.span.end);
    return [
      asStatement(
        `${statement.names.map(({ span }) => view.text.slice(span.start, span.end)).join(', ')} : ${bound(statement.from)}..${bound(statement.to)}`,
        target,
      ),
    ];
  }
  return declared.flatMap(({ id, name }) => {
    const symbol = view.built.derivation.symbols.get(id);
    if (symbol === undefined) return [];
    const info = { ...symbol, declared: statedShape(view, symbol) };
    const index = info.family === null ? '' : memberIndex(view.text.slice(name.start, name.end));
    const plain = declarationText(
      view,
      info,
      index,
      speller(view.built.derivation, 'plain'),
      info.properties.length > 0 || target === 'plain',
    );
    if (plain === null) return [];
    const isSimple =
      target === 'latex' && info.from === null && info.open === null && info.properties.length === 0 && info.declared !== null;
    return [isSimple ? `$${spell(info.id)}${index} \\in ${latexSet(info.declared as MatrixShape)}$` : asStatement(plain, target)];
  });
}

/** The letter below the name of a member, which counts or tells apart: of `x_i` and `W_{z}` what they end in. */
function memberIndex(name: string): string {
  return `_${/_\{?(\p{Ll})\}?$/u.exec(name)?.[1] ?? 'i'}`;
}

function directiveText({ name, args }: Statement & { readonly kind: 'directive' }): string {
  return name === 'size' ? `size ${args.join(' = ')}` : [name, ...args].join(' ');
}

/** A size that words count has no name to write: it is written as the formulas tell it, and not at all where they do not. */
function statedShape({ shapes }: DerivationView, { id, declared, family }: SymbolInfo): MatrixShape | null {
  if (declared === null || !(hasCount(declared.rows) || hasCount(declared.cols))) return declared;
  const inferred = shapes.ofSymbol(id);
  return family === null && inferred.kind === 'matrix' && !showWritable(inferred).includes('?') ? inferred : null;
}

function declarationText(
  { built }: DerivationView,
  { id, declared, properties, open, from }: SymbolInfo,
  index: string,
  spell: Spell,
  withProperties: boolean,
): string | null {
  const stated = declared === null ? '' : shapeText(declared);
  if (from !== null) return declared === null ? null : `${spell(id)} : ${from.map(setText).join(' × ')} -> ${setText(declared)}`;
  const args =
    open === null
      ? ''
      : `(${open
          .filter((one) => built.derivation.symbols.has(one))
          .map(spell)
          .join(', ')})`;
  const name = `${spell(id)}${index}`;
  const words = withProperties ? properties.filter((one) => one !== 'symmetric' || !properties.includes('spd')).join(' ') : '';
  return stated === '' && words === '' ? null : `${name}${args} : ${[stated, words].filter((part) => part !== '').join(' ')}`;
}

/** As a person would write it: a column by its length, a number as `scalar`. */
function shapeText(shape: MatrixShape): string {
  const text = showShape(shape);
  if (text === '1×1') return 'scalar';
  return text.endsWith('×1') ? text.slice(0, -2).replace(/^\((.*)\)$/, '$1') : text;
}

function setText(shape: MatrixShape): string {
  const text = shapeText(shape);
  return text === 'scalar' ? 'R' : `R^${text.length > 1 ? `(${text})` : text}`;
}

function latexSet({ rows, cols }: MatrixShape): string {
  const [height, width] = [dimText(showDim(rows)), dimText(showDim(cols))];
  if (height === '1' && width === '1') return '\\mathbb{R}';
  return `\\mathbb{R}^{${width === '1' ? height : `${height} \\times ${width}`}}`;
}

/** A name of several letters would be a product. */
function dimText(dim: string): string {
  return dim.replace(/\p{L}[\p{L}\p{N}]+/gu, '\\mathrm{$&}').replace(/_(\w{2,})/g, '_{$1}');
}

/** `n = 784`, `m = n`: about dimensions, and no formula. */
function sizeText({ text }: DerivationView, { sides, relations, span }: Statement & { readonly kind: 'equation' }): readonly string[] {
  return sides.length === 2 && relations[0] === '=' ? [text.slice(span.start, span.end).replace(/[{}\\]/g, '')] : [];
}

// ---- formulas

const RELATIONS: Readonly<Partial<Record<Relation, readonly [plain: string, latex: string]>>> = {
  '≈': ['≈', '\\approx'],
  '≤': ['<=', '\\le'],
  '≥': ['>=', '\\ge'],
  '≠': ['!=', '\\ne'],
  '≡': ['≡', '\\equiv'],
  '∝': ['∝', '\\propto'],
  '~': ['~', '\\sim'],
  '←': ['<-', '\\leftarrow'],
  '→': ['->', '\\to'],
  '⇒': ['=>', '\\Rightarrow'],
  '≻': ['≻', '\\succ'],
  '⪰': ['⪰', '\\succeq'],
  ':=': [':=', ':='],
};

function formulaText(view: DerivationView, equations: readonly Equation[], writing: Writing): string {
  const { target } = writing;
  const [first] = equations as readonly [Equation];
  const sides = equations.flatMap((equation, at) => (at === 0 ? equation.sides : equation.sides.slice(1)));
  const relations = equations.flatMap((equation) => equation.relations);
  const identity = first.kind === 'identity' ? `${asStatement('identity', target)}\n` : '';
  const texts = sides.map((side) => (isDemandedZero(side, equations) && target === 'plain' ? '0' : sideText(view, side, first, writing)));
  const signs = relations.map((relation) => RELATIONS[relation]?.[target === 'plain' ? 0 : 1] ?? relation);
  return identity + (target === 'plain' ? chain(texts, signs) : display(texts, signs));
}

/** The `\mathbf 0` at the end of a condition: `zeros(n)` in its place would be what is claimed. */
function isDemandedZero(side: Term, equations: readonly Equation[]): boolean {
  const last = equations.at(-1);
  return last?.kind === 'condition' && side === last.sides.at(-1) && side.kind === 'apply' && side.op === 'zeros';
}

/** Of `f(x) = …` the parameters stand behind the name that is defined. */
function sideText(view: DerivationView, side: Term, { defines, sides }: Equation, { target, spell, member }: Writing): string {
  const original = (term: Term) => member(view, term, spell) ?? (target === 'plain' ? sizedConstant(view, term) : undefined);
  const text = printTerm(side, { notation: target, symbol: spell, original });
  return side === sides[0] && side.kind === 'symbol' && side.id === defines ? `${text}${spell(`params:${side.id}`)}` : text;
}

/** A member that is a row or a column of a matrix keeps its name, by which the other surface links the two again. */
function memberText({ text, built }: DerivationView, term: Term, spell: Spell): string | undefined {
  const entry = term.kind === 'apply' && term.op === 'transpose' ? term.args[0] : term;
  if (entry?.kind !== 'entry' || entry.selectors.every(({ kind }) => kind !== 'all')) return undefined;
  const [, letter, index] = /^(.+)_\{?(\p{L}|\d)\}?$/u.exec(text.slice(term.span.start, term.span.end)) ?? [];
  const members =
    letter === undefined
      ? undefined
      : [...built.derivation.symbols.values()].find(({ text: name }) => name === letter || name.startsWith(`${letter}_`));
  return members === undefined ? undefined : `${spell(members.id)}_${index}`;
}

/** Plain notation has no constant without its size. */
function sizedConstant({ shapes }: DerivationView, term: Term): string | undefined {
  if (term.kind !== 'apply' || (term.op !== 'ones' && term.op !== 'zeros') || term.args.length > 0) return undefined;
  const text = showShape(shapes.ofTerm(term));
  const [rows, cols] = text.split('×');
  if (/[?|]/.test(text) || rows === undefined || cols === undefined) return undefined;
  if (cols === '1') return `${term.op}(${rows})`;
  return rows === '1' ? `${term.op}(${cols})'` : `${term.op}(${rows}, ${cols})`;
}

/** A long chain has a line for each step. */
function chain(sides: readonly string[], signs: readonly string[]): string {
  const flat = sides.map((side, at) => (at === 0 ? side : `${signs[at - 1]} ${side}`)).join(' ');
  return flat.length <= 80
    ? flat
    : sides
        .map((side, at) => (at === 0 ? side : `${signs[at - 1]} ${side}`))
        .join('\n')
        .replace('\n', ' ');
}

function display(sides: readonly string[], signs: readonly string[]): string {
  if (sides.length < 3) return `\\[ ${sides.map((side, at) => (at === 0 ? side : `${signs[at - 1]} ${side}`)).join(' ')} \\]`;
  const [first, ...rest] = sides;
  const rows = rest.map((side, at) => `  ${at === 0 ? `${first} ` : ''}&${signs[at]} ${side}`);
  return `\\begin{align*}\n${rows.join(' \\\\\n')}\n\\end{align*}`;
}

// ---- the whole

function plainText(blocks: readonly Block[]): string {
  const text = `${blocks.map(({ kind, text: own }, at) => gap(kind, blocks[at - 1]?.kind) + own).join('\n')}\n`;
  return applyEdits(text, formatPlain(text));
}

/** A blank line before and after headings, and between what is declared and what is said. */
function gap(kind: Block['kind'], before: Block['kind'] | undefined): string {
  return before !== undefined && (kind === 'heading' || before === 'heading' || kind !== before) ? '\n' : '';
}

function latexText(blocks: readonly Block[]): string {
  const body = blocks.map(({ kind, text }, at) => gap(kind, blocks[at - 1]?.kind) + text).join('\n');
  return `\\documentclass{article}\n\\usepackage{amsmath, amssymb}\n\\begin{document}\n\n${body}\n\n\\end{document}\n`;
}
