import { contains, type Span } from '../../base/span.ts';
import { showShape } from '../../shape/shape.ts';
import type { Found, FoundEdit } from '../checked-document.ts';
import type { Finding } from '../findings.ts';
import type { RuleContext } from '../words.ts';

/** Checks the text with some edits. */
type CheckEdited = (edits: readonly FoundEdit[]) => readonly Found[];

/** A declaration that stands by itself in its statement. */
type Declaration = RuleContext['built']['declarations'][number];

/** Declarations, and other shapes of them, that are tried. */
const MOST_DECLARATIONS = 3;
const MOST_SHAPES = 12;

/**
 * The findings, with one on a declaration in place of the misfits that come from it: where several equations do not fit, each for the
 * same symbol among others, and with another shape declared for that symbol nothing in the text is wrong.
 */
export function withFalseDeclaration(context: RuleContext, findings: readonly Finding[], check: CheckEdited): readonly Finding[] {
  const misfits = findings.filter(({ found }) => found.severity === 'error');
  // What a text only states may be about other letters of the same names.
  const isClaimed = misfits.some(({ equation }) => equation?.kind === 'claim' || equation?.kind === 'condition');
  if (!context.annotated && !isClaimed) return findings;
  const isOfShapes = misfits.every(({ found, equation }) => equation !== null && /^(?:shape|layout)\//.test(found.code));
  if (!isOfShapes || new Set(misfits.map(({ equation }) => equation)).size < 2) return findings;
  const changes = suspects(context, misfits)
    .slice(0, MOST_DECLARATIONS)
    .flatMap((declaration) => otherShapes(context, declaration).map((edit) => ({ declaration, edit })));
  const tried = changes.sort((a, b) => Number(isSquare(a.edit)) - Number(isSquare(b.edit))).slice(0, MOST_SHAPES);
  const change = tried.find(({ edit }) => !check([edit]).some(isBad));
  if (change === undefined) return findings;
  const found = falseDeclaration(context, change.declaration, change.edit, misfits);
  return [...findings.filter((one) => !misfits.includes(one)), { found, problem: null, equation: null }];
}

/** What makes a matrix square mends more than a slip would. */
function isSquare({ newText }: FoundEdit): boolean {
  return /^(\w+)\W.*\b\1$/.test(newText);
}

function isBad({ severity }: Found): boolean {
  return severity === 'error' || severity === 'warning';
}

/** The declarations that every misfit names as an origin. */
function suspects({ built: { declarations, derivation } }: RuleContext, misfits: readonly Finding[]): readonly Declaration[] {
  const isAlone = ({ statement }: Declaration) => declarations.filter((one) => one.statement.start === statement.start).length === 1;
  const spanOf = ({ id }: Declaration) => derivation.symbols.get(id)?.span;
  const isNamed = ({ found }: Finding, span: Span) => found.related.some((related) => related.span.start === span.start);
  return declarations.filter((one) => {
    const span = spanOf(one);
    return span !== undefined && isAlone(one) && misfits.every((misfit) => isNamed(misfit, span));
  });
}

/** Edits of a declaration that exchange its sizes, or put another size of the text in the place of one. */
function otherShapes({ text, built: { derivation } }: RuleContext, { name, statement }: Declaration): readonly FoundEdit[] {
  const start = name.end;
  const said = text.slice(start, statement.end);
  const sizes = [...derivation.symbols.values()].flatMap((info) => (info.role === 'dimension' ? [info.text] : []));
  const [matrix] = [...said.matchAll(/(\w+)(\s*(?:×|\\times\b|\bx\b)\s*)(\w+)/g)];
  const at = (from: number, length: number, newText: string) => ({ span: { start: start + from, end: start + from + length }, newText });
  if (matrix !== undefined) {
    const { 0: whole, 1: rows = '', 2: times = '', 3: cols = '', index } = matrix;
    const others = [[cols, rows], ...sizes.map((size) => [size, cols]), ...sizes.map((size) => [rows, size])];
    return others
      .map(([a, b]) => `${a}${times}${b}`)
      .filter((one) => one !== whole)
      .map((one) => at(index, whole.length, one));
  }
  const [vector] = [...said.matchAll(/(?<=\^\{?\s*|:\s*)([^\W_]+)(?=\}?(?:_\{?\+{1,2}\}?)?\s*$)/g)];
  return vector === undefined ? [] : sizes.filter((size) => size !== vector[0]).map((size) => at(vector.index, vector[0].length, size));
}

function falseDeclaration(context: RuleContext, { id, statement }: Declaration, edit: FoundEdit, misfits: readonly Finding[]): Found {
  const { text, built, say } = context;
  const info = built.derivation.symbols.get(id);
  const name = info?.text ?? id;
  const declared = info?.declared == null ? '' : ` as ${showShape(info.declared)}`;
  const inside = contains(statement, edit.span) ? edit.span : statement;
  return {
    code: 'shape/annotation',
    severity: 'error',
    message: `\`${name}\` is declared${declared}, which ${misfits.length} equations do not fit; with \`${edit.newText}\` they all do.`,
    span: inside,
    related: misfits.map(({ found }) => ({ message: found.message, span: found.span })),
    fixes: [{ title: say('Replace `{0}` by `{1}`', text.slice(edit.span.start, edit.span.end), edit.newText), edits: [edit] }],
  };
}
