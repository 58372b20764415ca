import type { AnnotationProblem } from '../../derivation/problem.ts';
import { type Dim, isOpen, showDim } from '../../shape/dimension.ts';
import { type Shape, showShape } from '../../shape/shape.ts';
import type { ShapeExpr } from '../../syntax/ast.ts';
import type { Found, FoundEdit, FoundFix } from '../checked-document.ts';
import { inWords, origins, quoted, type RuleContext } from '../words.ts';

/** `shape/annotation`: a shape note, a shape line or a membership differs from what is inferred. The range is the note. */
export function shapeAnnotation(context: RuleContext, problem: AnnotationProblem): Found {
  const { term, shape, noted, note, span } = problem;
  const found = term === null || shape === null ? 'something else' : `${quoted(context, term)} is ${inWords(shape)}`;
  return {
    code: 'shape/annotation',
    severity: 'error',
    message: `The ${note} says ${noted}, but ${found}.`,
    span,
    related: term === null ? [] : origins(context, [term]),
    fixes: fixes(context, problem),
  };
}

/** The inferred shapes in place of the noted ones, of this note and of those after it in its line. */
function fixes(context: RuleContext, { notes, shape }: AnnotationProblem): readonly FoundFix[] {
  const edits = notes.flatMap((one) => editsOf(context, one.note, one.shape));
  return edits.length === 0 || shape === null ? [] : [{ title: context.say('Write {0}', showShape(shape)), edits }];
}

function editsOf({ text }: RuleContext, { dims }: ShapeExpr, shape: Shape): readonly FoundEdit[] {
  if (shape.kind === 'tensor' || isOpen(shape.rows) || isOpen(shape.cols)) return [];
  const [rows, cols] = dims;
  if (rows === undefined) return [];
  const times = text.slice(rows.span.start - 1, rows.span.end + 8).includes('\\') ? '\\times ' : '×';
  const isColumn = shape.cols.key === '1*';
  if (cols === undefined)
    return [{ span: rows.span, newText: isColumn ? factor(shape.rows) : `${factor(shape.rows)}${times}${factor(shape.cols)}` }];
  const wanted = [factor(shape.rows), factor(shape.cols)] as const;
  return [rows, cols].flatMap(({ span }, at) =>
    text.slice(span.start, span.end) === wanted[at] ? [] : [{ span, newText: wanted[at] as string }],
  );
}

/** A sum is bracketed beside ×. */
function factor(dim: Dim): string {
  const shown = showDim(dim);
  return /[+-]/.test(shown) ? `(${shown})` : shown;
}
