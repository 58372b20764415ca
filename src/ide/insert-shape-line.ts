import type { Span } from '../base/span.ts';
import type { FoundEdit } from '../check/checked-document.ts';
import { factorsOf, termsOf } from '../derivation/shape-line.ts';
import type { Term } from '../ops/term.ts';
import { isScalar, showWritable } from '../shape/shape.ts';
import type { EquationStatement } from '../syntax/ast.ts';
import type { Origin } from '../syntax/document.ts';
import type { DerivationView } from './derivation-view.ts';
import { formattedEdit } from './format.ts';
import type { Refactoring } from './refactoring.ts';
import { latexLine, type ShapesOfSides } from './shapes-in-latex.ts';

/** The shapes of every factor below the equation around an offset: a line in plain notation, in LaTeX a row of its environment or a display. */
export function insertShapeLine(view: DerivationView, offset: number): Refactoring | null {
  const found = equationAt(view, offset);
  const shapes = found === null ? null : shapesOf(view, found.statement);
  if (found === null || shapes === null) return null;
  const edit =
    found.origin === 'plain' ? plainLine(view.text, found.statement, shapes) : latexLine(view.text, found.statement.span, shapes);
  return edit === null ? null : { title: view.say('Insert a line with the shapes'), edits: [edit], proof: 'shapes' };
}

/** The equation around an offset, if it has no shapes below it yet. */
function equationAt(
  { document, text }: DerivationView,
  offset: number,
): { readonly statement: EquationStatement; readonly origin: Origin } | null {
  const statements = document.items.flatMap((item) => (item.kind === 'statement' ? [item] : []));
  const at = statements.findIndex(({ statement, origin }) => {
    const place = origin === 'plain' ? wholeLines(text, statement.span) : statement.span;
    return statement.kind === 'equation' && place !== null && place.start <= offset && offset <= place.end;
  });
  const found = statements[at];
  if (found?.statement.kind !== 'equation' || statements[at + 1]?.statement.kind === 'shapeLine') return null;
  return { statement: found.statement, origin: found.origin };
}

function plainLine(text: string, { span }: EquationStatement, shapes: ShapesOfSides): FoundEdit | null {
  const lines = wholeLines(text, span);
  if (lines === null) return null;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /^[ \t]*/.exec(text.slice(lines.start, span.start))?.[0] ?? '';
  const end = text[lines.end - 1] === '\r' ? lines.end - 1 : lines.end;
  const line = shapes.map((terms) => terms.map((factors) => factors.join(' ')).join(' + ')).join(' = ');
  return formattedEdit(text, span, [{ span: { start: end, end }, newText: `${newline}${indent}${line}` }]);
}

/** The lines a statement stands on; null where something else stands on them. */
function wholeLines(text: string, { start, end }: Span): Span | null {
  const lines = { start: text.lastIndexOf('\n', start - 1) + 1, end: text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end) };
  const isAlone = text.slice(lines.start, start).trim() === '' && /^\s*(?:\/\/.*)?$/.test(text.slice(end, lines.end));
  return isAlone ? lines : null;
}

/** Of each side its terms, of each term its factors; null where a shape is open, or no matrix has it. */
function shapesOf(view: DerivationView, statement: EquationStatement): ShapesOfSides | null {
  const sides = sidesOf(view, statement);
  const shapes = sides?.map((side) => sideShape(view, side, sides)) ?? [null];
  return shapes.includes(null) ? null : (shapes as ShapesOfSides);
}

/** A definition and the claim that follows it in one statement share a side. */
function sidesOf({ built }: DerivationView, { span, sides }: EquationStatement): readonly Term[] | null {
  const equations = built.derivation.equations.filter((equation) => span.start <= equation.span.start && equation.span.end <= span.end);
  const byStart = new Map(equations.flatMap((equation) => equation.sides.map((side) => [side.span.start, side] as const)));
  return byStart.size === sides.length ? [...byStart.values()] : null;
}

/** Zero has the shape of the first side; where all factors of a term are numbers, so is the term. */
function sideShape(view: DerivationView, side: Term, sides: readonly Term[]): readonly (readonly string[])[] | null {
  if (side.kind === 'number' && side.value === 0) {
    const first = sides[0] === undefined || sides[0] === side ? null : shapeOf(view, sides[0]);
    return first === null ? null : [[first]];
  }
  const terms = termsOf(side).map((term) =>
    factorsOf(term).filter(
      (factor, _, all) => all.every((one) => isScalar(view.shapes.ofTerm(one))) || !isScalar(view.shapes.ofTerm(factor)),
    ),
  );
  const shapes = terms.map((factors) => factors.map((factor) => shapeOf(view, factor)));
  if (shapes.some((factors) => factors.includes(null))) return null;
  return (shapes as string[][]).map((factors) => (factors.every((shape) => shape === '1×1') ? ['1×1'] : factors));
}

function shapeOf({ shapes }: DerivationView, term: Term): string | null {
  const shape = shapes.ofTerm(term);
  const text = showWritable(shape);
  return shape.kind === 'tensor' || text.includes('?') ? null : text;
}
