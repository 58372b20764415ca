import { contains, cover } from '../base/span.ts';
import type { Surface } from '../check/check-document.ts';
import type { CheckedDocument, FoundEdit } from '../check/checked-document.ts';
import type { Equation } from '../derivation/derivation.ts';
import { bracketsAt, printTerm, writtenAt } from '../derivation/print-term.ts';
import { type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { ShapeExpr, ShapeLineStatement } from '../syntax/ast.ts';
import type { NotationName } from '../syntax/cursor.ts';
import type { Origin } from '../syntax/document.ts';
import type { DerivationView } from './derivation-view.ts';
import { LAYOUT_WORDS } from './figures.ts';
import { formattedEdit } from './format.ts';
import { dependsOnLayout, inOtherLayout, type Reading, transposedInOtherLayout } from './other-layout.ts';
import type { Refactoring } from './refactoring.ts';
import { setLayout } from './set-layout.ts';

const OTHER: Readonly<Record<Layout, Layout | null>> = { denominator: 'numerator', numerator: 'denominator', mixed: null };

/**
 * The section around an offset in the other of numerator and denominator layout: its directive, and the sides
 * of every chain whose derivatives turn with it. Null where it has none, or one that cannot be written.
 */
export function convertLayout(checked: CheckedDocument, surface: Surface, view: DerivationView, offset: number): Refactoring | null {
  const equations = turning(view, offset);
  const [first] = equations;
  const target = first === undefined ? null : OTHER[view.shapes.layoutOf(first)];
  if (target === null || equations.some((equation) => OTHER[view.shapes.layoutOf(equation)] !== target)) return null;
  if (equations.some((equation) => sumsOverSteps(view, equation))) return null;
  const converted = equations.map((equation) => turned(view, equation));
  if (converted.includes(null)) return null;
  const edits = [setLayout(checked, surface, offset, target), ...converted.flatMap((own) => own ?? [])];
  return {
    title: view.say('Convert this section to {0}', view.say(LAYOUT_WORDS[target])),
    edits: withoutRepetition(edits),
    proof: 'numbers',
  };
}

/** A sum over an open number of steps is known term by term, at a number that was chosen: nobody would write that. */
function sumsOverSteps({ text, built: { derivation } }: DerivationView, { span }: Equation): boolean {
  return derivation.steps !== null && /\\sum(?!\p{L})|Σ|\bsum\b/u.test(text.slice(span.start, span.end));
}

/** The equations of the section and those below it whose derivatives depend on the layout; a subsection with a directive of its own keeps it. */
function turning(view: DerivationView, offset: number): readonly Equation[] {
  const { sections, equations } = view.built.derivation;
  const around = sections.map(({ span }, at) => ({ span, at })).filter(({ span }) => span.start <= offset && offset <= span.end);
  const innermost = around.reduce(
    (best, one) => (one.span.start >= best.span.start ? one : best),
    around[0] ?? { span: { start: 0, end: 0 }, at: 0 },
  ).at;
  const isWithin = (section: number | null): boolean =>
    section !== null && (section === innermost || isWithin(sections[section]?.parent ?? null));
  const hasOwn = (section: number) =>
    section !== innermost && (sections[section]?.settings.layoutSpan?.start ?? -1) >= (sections[section]?.span.start ?? 0);
  const reading = readingOf(view);
  return equations.filter(
    ({ section, sides }) =>
      isWithin(section) && !hasOwn(section) && sides.some((side) => [...walk(side)].some((term) => dependsOnLayout(term, reading))),
  );
}

function readingOf({ shapes, built }: DerivationView): Reading {
  return { shapeOf: shapes.ofTerm, symbol: (id) => built.derivation.symbols.get(id) };
}

/** The edits of one chain: of a claim about a derivative every other side is transposed, elsewhere each keeps its value. */
function turned(view: DerivationView, equation: Equation): readonly FoundEdit[] | null {
  const [first, ...sides] = equation.sides;
  if (first === undefined) return null;
  const reading = readingOf(view);
  const flips =
    !isByName(first) &&
    (dependsOnLayout(first, reading) ||
      (first.kind === 'apply' && first.op === 'transpose' && dependsOnLayout(first.args[0] as Term, reading)));
  if (!flips && !isByName(first) && equation.kind === 'claim' && [...walk(first)].some((term) => dependsOnLayout(term, reading)))
    return null;
  const rewritten = sides.map((side) => (flips ? transposedInOtherLayout(side, reading) : inOtherLayout(side, reading)));
  if (rewritten.includes(null)) return null;
  const origin = originOf(view, equation);
  const lines = flips ? (view.built.shapeLines.get(equation) ?? []) : [];
  const edits = [
    ...sides.map(
      (side, at): FoundEdit => ({
        span: side.span,
        newText: printed(view, equation, origin === 'plain' ? 'plain' : 'latex', rewritten[at] as Term),
      }),
    ),
    ...lines.map((line) => turnedLine(view.text, line, origin)),
    ...(flips ? turnedMembership(view.text, view.built.memberships.get(equation)) : []),
  ];
  return origin === 'plain' ? [formattedEdit(view.text, lines.map(({ span }) => span).reduce(cover, equation.span), edits)] : edits;
}

/** The δ that names a derivative, which is written elsewhere: it keeps its value, as its definition does. */
function isByName(first: Term): boolean {
  const derivative = first.kind === 'apply' && first.op === 'transpose' ? (first.args[0] as Term) : first;
  return derivative.kind === 'derivative' && !contains(first.span, derivative.of.span);
}

function originOf({ document }: DerivationView, { span }: Equation): Origin {
  const item = document.items.find(
    (one) => one.kind === 'statement' && one.statement.span.start <= span.start && span.end <= one.statement.span.end,
  );
  return item?.kind === 'statement' ? item.origin : 'math';
}

/** The set or the size that stands behind the sides: `\in \mathbb R^{m \times n}`, `(m \times n)`. */
function turnedMembership(text: string, membership: ShapeExpr | undefined): readonly FoundEdit[] {
  const [rows, cols] = membership?.dims ?? [];
  if (rows === undefined) return [];
  const written = ({ span }: ShapeExpr['dims'][number]) => text.slice(span.start, span.end);
  if (cols !== undefined)
    return [
      { span: rows.span, newText: written(cols) },
      { span: cols.span, newText: written(rows) },
    ];
  const row = `1 \\times ${written(rows)}`;
  return [{ span: rows.span, newText: text[rows.span.start - 1] === '{' ? row : `{${row}}` }];
}

/** Every part that stays is spelled as it is. */
function printed({ text, built }: DerivationView, { sides }: Equation, notation: NotationName, term: Term): string {
  const written = outermost(sides);
  return printTerm(term, {
    notation,
    marks: built.marks()[notation],
    symbol: (id) => built.derivation.symbols.get(id)?.text ?? id,
    brackets: ({ span }) => bracketsAt(text, span),
    original: (one) => (written.has(one) ? writtenAt(text, one.span) : undefined),
  });
}

/** The terms that a stretch of text spells as a whole: `A^{-T}` is the transpose, and the inverse in it stands nowhere by itself. */
function outermost(sides: readonly Term[]): ReadonlySet<Term> {
  const first = new Map<string, Term>();
  for (const term of sides.flatMap((side) => [...walk(side)])) {
    const stretch = `${term.span.start}:${term.span.end}`;
    if (!first.has(stretch)) first.set(stretch, term);
  }
  return new Set(first.values());
}

/** The shapes of the transposed sides: each of them turned, the factors of each term from right to left. */
function turnedLine(text: string, { sides, span }: ShapeLineStatement, origin: Origin): FoundEdit {
  const bracketed = (dim: string) => (/[+\-\s]/.test(dim) ? `(${dim})` : dim);
  const shape = ({ dims }: ShapeExpr) => {
    const turned = [...dims].reverse().map((dim) => bracketed(text.slice(dim.span.start, dim.span.end)));
    return origin === 'plain' ? turned.join('×') : `(${turned.join(' \\times ')})`;
  };
  const newText = sides.map((terms) => terms.map((factors) => [...factors].reverse().map(shape).join(' ')).join(' + ')).join(' = ');
  return { span, newText };
}

/** A definition and its claim share a side. */
function withoutRepetition(edits: readonly FoundEdit[]): readonly FoundEdit[] {
  const seen = new Set<string>();
  return edits.filter(({ span }) => {
    const key = `${span.start}:${span.end}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
