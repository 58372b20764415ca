import type { Span } from '../base/span.ts';
import type { ApplyTerm, BinderTerm, CallTerm, DerivativeTerm, Direction, EntryTerm, SymbolId, Term } from '../ops/term.ts';
import type { IndexComparison, IndexRelation } from '../syntax/ast.ts';
import type { NotationName } from '../syntax/cursor.ts';
import { NOTATION, type Notation, POWER } from '../syntax/notation.ts';
import { type Brackets, bracketsAround, closesAtEnd } from './written-brackets.ts';
import type { WrittenMarks } from './written-marks.ts';

/** How a term is written back: in which notation, and how each symbol is spelled in it. */
export interface Printing {
  readonly notation: NotationName;
  readonly symbol: (id: SymbolId) => string;
  /** Symbols that a bracket behind them is read as applied to, even where it is a factor. */
  readonly takesBrackets?: (id: SymbolId) => boolean;
  /** The text of a term that still stands in the document, to be kept as it was written. */
  readonly original?: (term: Term) => string | undefined;
  /** The brackets that stand around a term in the document; null where none do. */
  readonly brackets?: (term: Term) => Brackets | null;
  /** The signs of the text that it is written into, in place of the usual ones. */
  readonly marks?: WrittenMarks;
}

/** A piece of text and how tightly its outermost operator binds. */
interface Printed {
  readonly text: string;
  readonly power: number;
}

const ATOM = 100;

/** The term in a notation, with the fewest brackets that keep its meaning. */
export function printTerm(term: Term, printing: Printing): string {
  return print(term, printing).text;
}

/** The term as a factor of a product, bracketed where it would fall apart in one. */
export function printFactor(term: Term, printing: Printing): string {
  return at(term, POWER.product + 1, printing);
}

function print(term: Term, printing: Printing): Printed {
  const original = printing.original?.(term);
  if (original !== undefined) return { text: original, power: powerOf(term, original) };
  switch (term.kind) {
    case 'number':
      return { text: String(term.value), power: term.value < 0 ? POWER.prefix : ATOM };
    case 'symbol':
      return { text: printing.symbol(term.id), power: ATOM };
    case 'apply':
      return printApply(term, printing);
    case 'call':
      return printCall(term, printing);
    case 'entry':
      return printEntry(term, printing);
    case 'derivative':
      return printDerivative(term, printing);
    case 'differential':
      if (term.along !== undefined) return printAlong(term.of, term.along, printing);
      return {
        text: (printing.notation === 'latex' ? '\\mathrm{d}' : 'd') + at(term.of, isApplied(term.of) ? ATOM : POWER.postfix, printing),
        power: POWER.application,
      };
    case 'binder':
      return printBinder(term, printing);
    case 'matrix':
      return {
        text: printMatrix(
          term.rows.map((row) => row.map((entry) => print(entry, printing).text)),
          printing.notation,
        ),
        power: ATOM,
      };
    case 'hole':
      return { text: '…', power: ATOM };
  }
}

/** How tightly a piece of the document binds, which the term tells; brackets of its own make it an atom. */
function powerOf(term: Term, text: string): number {
  if (bracketsAround(text) !== null) return ATOM;
  if (term.kind === 'apply') {
    const notation: Notation = NOTATION[term.op];
    if (term.op === 'div' && /^\\[dt]?frac/.test(text)) return POWER.application;
    if (notation.form === 'constant') return ATOM;
    return notation.form === 'function' || notation.form === 'bracket' ? POWER.application : (notation.power ?? ATOM);
  }
  if (term.kind === 'binder') return POWER.sum + 1;
  return term.kind === 'derivative' && /^\\[dt]?frac|\//.test(text) ? POWER.application : ATOM;
}

/** A stretch of the document as it is written, to be kept; brackets that are there for the mark behind them are not. */
export function writtenAt(text: string, { start, end }: Span): string | undefined {
  const written = text.slice(start, end);
  const isForMark = bracketsAround(written)?.closing.endsWith(')') === true && /^\s*(?:['^ᵀ⊤])/u.test(text.slice(end, end + 8));
  return isForMark ? undefined : written;
}

/** The brackets around a stretch of the document; braces only group, and stand for no bracket. */
export function bracketsAt(text: string, { start, end }: Span): Brackets | null {
  const found = start < end ? bracketsAround(text.slice(start, end)) : null;
  return found === null || /^\{/.test(found.opening) ? null : found;
}

/** The term as an operand of something that binds with `floor`: bracketed where it binds looser. */
function at(term: Term, floor: number, printing: Printing): string {
  const { text, power } = print(term, printing);
  if (power >= floor) return text;
  const own = printing.brackets?.(term) ?? null;
  return own === null ? bracketed(text, printing.notation) : own.opening + text + own.closing;
}

function bracketed(text: string, notation: NotationName): string {
  return notation === 'latex' && text.includes('\\frac') ? `\\left(${text}\\right)` : `(${text})`;
}

// ---- operators

function printApply(term: ApplyTerm, printing: Printing): Printed {
  const notation: Notation = NOTATION[term.op];
  switch (notation.form) {
    case 'infix':
      return printInfix(term, notation, printing);
    case 'prefix':
      return { text: `-${at(term.args[0] as Term, POWER.prefix + 1, printing)}`, power: POWER.prefix };
    case 'postfix':
      return printPostfix(term, printing);
    case 'bracket':
      return { text: printBracket(spelling(notation, printing), term, printing), power: ATOM };
    case 'constant':
      return printConstant(term, notation, printing);
    case 'function':
      return printFunction(term, notation, printing);
  }
}

function spelling(notation: Notation, { notation: name }: Printing): string {
  return (name === 'latex' ? notation.latex[0] : notation.plain[0]) as string;
}

/** Between bars that open and close alike, bars of its own are bracketed: `||(||x|| x)||`. */
function printBracket(template: string, term: ApplyTerm, printing: Printing): string {
  const isBar = /^(?:\\?\||\|\|)/.test(template);
  return template.replace(/#(\d)/g, (_, digit: string) => {
    const { text } = print(term.args[Number(digit) - 1] as Term, printing);
    return isBar && text.includes('|') ? bracketed(text, printing.notation) : text;
  });
}

function printInfix(term: ApplyTerm, notation: Notation, printing: Printing): Printed {
  const power = notation.power as number;
  if (term.op === 'div' && printing.notation === 'latex') return printFraction(term, printing);
  const sign = (term.op === 'hadamard' ? printing.marks?.entrywise : undefined) ?? spelling(notation, printing);
  const [first, ...others] = term.args as readonly [Term, ...Term[]];
  const joint = sign === ' ' || term.op === 'div' ? sign : ` ${sign} `;
  // A sum is associative to the right of `+` only; of all others the right operand binds tighter.
  const floor = term.op === 'add' ? power : power + 1;
  // What is multiplied first is kept together: `(x' x) A` and not `x' x A`.
  const firstFloor = sign === ' ' && first.kind === 'apply' && first.op === 'mul' ? floor : power;
  const parts = [at(first, firstFloor, printing), ...others.map((arg) => at(arg, floor, printing))];
  return { text: sign === ' ' ? juxtaposed(term.args, parts, printing) : parts.join(joint), power };
}

/**
 * Factors side by side; what would be read as the differential of a bracket, `d (x + y)`, or as a function of it gets a dot, and so does a
 * number beside another one.
 */
function juxtaposed(factors: readonly Term[], parts: readonly string[], { takesBrackets, notation }: Printing): string {
  return parts.reduce((left, part, at) => {
    if (/\d$/.test(left) && /^\d/.test(part)) return `${left}${notation === 'latex' ? ' \\cdot ' : ' * '}${part}`;
    const before = lastFactor(factors[at - 1] as Term);
    const isHead = notation === 'latex' && (/(?:^| )d$/.test(left) || (before.kind === 'symbol' && takesBrackets?.(before.id) === true));
    return `${left}${isHead && /^(?:\\left)?\(/.test(part) ? ' \\cdot ' : ' '}${part}`;
  });
}

/** The factor that a product ends with. */
function lastFactor(term: Term): Term {
  return term.kind === 'apply' && term.op === 'mul' ? lastFactor(term.args.at(-1) as Term) : term;
}

function printFraction(term: ApplyTerm, printing: Printing): Printed {
  const [above, below] = term.args as readonly [Term, Term];
  return { text: `\\frac{${print(above, printing).text}}{${print(below, printing).text}}`, power: POWER.application };
}

function printPostfix(term: ApplyTerm, printing: Printing): Printed {
  const [base, exponent] = term.args as readonly [Term, Term | undefined];
  const latex = printing.notation === 'latex';
  // A second superscript on the same letter is an error in LaTeX, and `X^2'` and `x^p^q` leave open what is raised.
  const isPowerRaised = base.kind === 'apply' && POWERS.has(base.op);
  const text = withoutSuperscript(at(base, isPowerRaised || (latex && isRaised(base)) ? ATOM : POWER.postfix, printing), latex);
  const isTransposedInverse = term.op === 'transpose' && base.kind === 'apply' && base.op === 'inverse';
  if (isTransposedInverse)
    return {
      text: at(base.args[0] as Term, POWER.postfix, printing) + (latex ? inverseTransposeMark(printing) : '^-T'),
      power: POWER.postfix,
    };
  const mark = (term.op === 'transpose' ? printing.marks?.transpose : undefined) ?? spelling(NOTATION[term.op], printing);
  if (exponent === undefined) return { text: text + mark, power: POWER.postfix };
  const raised = print(exponent, printing).text;
  const opening = term.op === 'hadamardPow' ? (latex ? '^{\\circ ' : '.^') : latex ? '^{' : '^';
  const isBare = latex || raised.length === 1 || /^-?\d+$/.test(raised);
  return { text: `${text}${opening}${isBare ? raised : `(${raised})`}${latex ? '}' : ''}`, power: POWER.postfix };
}

/** `^{-T}` where transposes are written `^T`. */
function inverseTransposeMark({ marks }: Printing): string {
  const [, above = '\\top'] = /^\^\{?(.+?)\}?$/.exec(marks?.transpose ?? '') ?? [];
  return `^{-${/^T$|^\\[A-Za-z]+$/.test(above) ? above : '\\top'}}`;
}

/** A name that ends in a superscript of its own, `W^{(2)}`, in braces. */
function withoutSuperscript(text: string, latex: boolean): string {
  return latex && /^[^\s()]+\^(?:\{[^{}]*\}|[^\s{}])(?:_(?:\{[^{}]*\}|[^\s{}]))?$/.test(text) ? `{${text}}` : text;
}

const POWERS: ReadonlySet<ApplyTerm['op']> = new Set(['pinv', 'pow', 'hadamardPow']);
const RAISED: ReadonlySet<ApplyTerm['op']> = new Set(['transpose', 'inverse', 'pinv', 'pow', 'hadamardPow']);

/** Whether it is written as a word before brackets. */
function isApplied(term: Term): boolean {
  return term.kind === 'call' || (term.kind === 'apply' && NOTATION[term.op].form === 'function');
}

function isRaised(term: Term): boolean {
  return term.kind === 'apply' && RAISED.has(term.op);
}

function printConstant(term: ApplyTerm, notation: Notation, printing: Printing): Printed {
  const name = spelling(notation, printing);
  const sizes = term.args.map((arg) => print(arg, printing).text);
  if (sizes.length === 0) return { text: printing.notation === 'plain' && name.endsWith('_') ? name.slice(0, -1) : name, power: ATOM };
  if (printing.notation === 'latex') return { text: `${name.replace(/_$/, '')}_{${sizes.join('')}}`, power: ATOM };
  if (term.op === 'kronecker') return { text: `${name}{${sizes.join(sizes.some((size) => size.length > 1) ? ',' : '')}}`, power: ATOM };
  const isBare = sizes.every((size) => /^[\p{L}\p{N}]+$/u.test(size));
  if (name.endsWith('_')) return { text: isBare ? `${name}${sizes.join('')}` : `${name}{${sizes.join(',')}}`, power: ATOM };
  return { text: name === 'I' && isBare ? `I_${sizes[0]}` : `${name}(${sizes.join(', ')})`, power: ATOM };
}

function printFunction(term: ApplyTerm, notation: Notation, printing: Printing): Printed {
  const name = spelling(notation, printing);
  const args = term.args.map((arg) => print(arg, printing).text).join(', ');
  if (term.op === 'sqrt' && printing.notation === 'latex') return { text: `\\sqrt{${args}}`, power: ATOM };
  const text = closesAtEnd(args) && args.startsWith('(') ? `${name}${args}` : `${name}(${args})`;
  // A power behind two words, `\log\det(X)^2`, is that of what the first one takes.
  return { text, power: /^\\[a-z]+\\/.test(name) ? POWER.application : POWER.postfix };
}

// ---- the other nodes

function printCall(term: CallTerm, printing: Printing): Printed {
  const name = term.callee.kind === 'op' ? spelling(NOTATION[term.callee.op], printing) : printing.symbol(term.callee.id);
  const args = term.args.map((arg) => print(arg, printing).text).join(', ');
  return { text: `${name}${"'".repeat(term.order)}(${args})`, power: POWER.postfix };
}

function printEntry(term: EntryTerm, printing: Printing): Printed {
  const items = term.selectors.map((selector) => (selector.kind === 'all' ? ':' : print(selector.index, printing).text));
  const sliced = items.includes(':') || items.some((item) => item.length > 1);
  const list = items.join(sliced ? ',' : '');
  return {
    text: `${at(term.base, isRaised(term.base) ? ATOM : POWER.postfix, printing)}_${list.length > 1 ? `{${list}}` : list}`,
    power: POWER.postfix,
  };
}

/** In brackets also where `d` before it would be of its first word only: `d(softmax(x)_k)/dx`. */
function whatIsDifferentiated(term: Term, printing: Printing): string {
  const text = at(term, POWER.application, printing);
  return !isApplied(term) && /^\p{L}[\p{L}\p{N}]+\(/u.test(text) ? bracketed(text, printing.notation) : text;
}

/** What stands below: the transpose of what is transposed already is that as it was. */
function printVariable({ term, transposed }: DerivativeTerm['wrt'][number], printing: Printing): string {
  const [inner] = transposed && term.kind === 'apply' && term.op === 'transpose' ? term.args : [];
  if (inner !== undefined) return at(inner, POWER.application, printing);
  return at(term, POWER.application, printing) + (transposed ? (printing.notation === 'latex' ? '^\\top' : "'") : '');
}

function printDerivative(term: DerivativeTerm, printing: Printing): Printed {
  const of = whatIsDifferentiated(term.of, printing);
  const variables = term.wrt.map((one) => printVariable(one, printing));
  const latex = printing.notation === 'latex';
  const below = /[_^]/.test(`${variables[0]}`) ? `{${variables[0]}}` : variables[0];
  // By the argument of what stands behind it, where it does not say by what.
  const by = variables.length === 0 ? '' : `_${below}`;
  if (term.form === 'gradient') return { text: `${latex ? '\\nabla' : '∇'}${by} ${of}`, power: POWER.application };
  if (term.form === 'hessian') return { text: `${latex ? '\\nabla' : '∇'}^2${by} ${of}`, power: POWER.application };
  if (term.wrt[0]?.term.kind === 'number') return { text: `D_${below} ${of}`, power: POWER.application };
  const order = variables.length === 1 ? '' : `^${variables.length}`;
  if (latex)
    return { text: `\\frac{\\partial${order} ${of}}{${variables.map((one) => `\\partial ${one}`).join('\\,')}}`, power: POWER.application };
  const sign = term.form === 'direct' ? '∂' : 'd';
  const divisor = variables.map((one) => `${sign}${one}`).join(' ');
  return { text: `${sign}${order}${order === '' ? '' : ' '}${of}/${divisor}`, power: POWER.application };
}

/** `D F(X)[H]`. */
function printAlong(of: Term, { by, direction }: Direction, printing: Printing): Printed {
  const applied = of.kind === 'symbol' ? `${printing.symbol(of.id)}(${printing.symbol(by)})` : at(of, POWER.application, printing);
  return {
    text: `${printing.notation === 'latex' ? '\\mathrm{D}' : 'D'} ${applied}[${print(direction, printing).text}]`,
    power: POWER.application,
  };
}

const BINDERS: Readonly<Record<BinderTerm['binder'], readonly [plain: string, latex: string]>> = {
  sum: ['Σ', '\\sum'],
  product: ['∏', '\\prod'],
  stack: ['', ''],
  expectation: ['E', '\\mathbb{E}'],
  minimum: ['min', '\\min'],
  argmin: ['argmin', '\\arg\\min'],
  integral: ['∫', '\\int'],
  limit: ['lim', '\\lim'],
};

function printBinder(term: BinderTerm, printing: Printing): Printed {
  const body = at(term.body, POWER.prefix, printing);
  if (term.binder === 'stack') return { text: print(term.body, printing).text, power: POWER.sum };
  const sign = BINDERS[term.binder][printing.notation === 'latex' ? 1 : 0];
  const names = term.comparison === null ? term.indices.map(printing.symbol).join() : printComparison(term.comparison, printing);
  const from = term.from === null ? '' : `=${print(term.from, printing).text}`;
  const to = term.to === null ? '' : `^{${print(term.to, printing).text}}`;
  const below = from === '' && names.length === 1 ? names : `{${names}${from}}`;
  return { text: `${sign}_${below}${to} ${body}`, power: POWER.sum + 1 };
}

const RELATIONS: Readonly<Record<IndexRelation, string>> = { '≠': '\\ne', '<': '<', '≤': '\\le', '>': '>', '≥': '\\ge' };

function printComparison({ left, relation, right }: IndexComparison<Term>, printing: Printing): string {
  const sign = printing.notation === 'latex' ? ` ${RELATIONS[relation]} ` : relation;
  return print(left, printing).text + sign + print(right, printing).text;
}

function printMatrix(rows: readonly (readonly string[])[], notation: NotationName): string {
  if (notation === 'plain') return `[${rows.map((row) => row.join(', ')).join('; ')}]`;
  return `\\begin{bmatrix} ${rows.map((row) => row.join(' & ')).join(' \\\\ ')} \\end{bmatrix}`;
}
