import type { Expr, LettersOfKind, Mark, ShapeExpr, Statement } from '../../src/syntax/ast.ts';
import type { Item } from '../../src/syntax/document.ts';

/** A tree as one line of text, so that tests read as tables of notation. */
export function showExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return String(expr.value);
    case 'name':
      return expr.name;
    case 'apply':
      return `(${[expr.op, ...expr.args.map(showExpr)].join(' ')})`;
    case 'call':
      return `${showExpr(expr.head)}${expr.bracket}${expr.args.map(showExpr).join(', ')}${expr.bracket === '(' ? ')' : ']'}`;
    case 'postfix':
      return `${showExpr(expr.base)}${showMark(expr.mark)}`;
    case 'derivative':
      return `(${[`${expr.form}${expr.order === 1 ? '' : expr.order}`, showExpr(expr.of), ...expr.wrt.map((one) => `${showExpr(one.expr)}${one.transposed ? '^T' : ''}`)].join(' ')})`;
    case 'binder': {
      const compared = expr.comparison && `${expr.names.length > 1 ? `${expr.names.map((name) => name.name).join()}: ` : ''}${showExpr(expr.comparison.left)}${expr.comparison.relation}${showExpr(expr.comparison.right)}`;
      const names = compared ?? expr.names.map((name) => name.name).join();
      const from = expr.from === null ? '' : `=${showExpr(expr.from)}`;
      const to = expr.to === null ? '' : `..${showExpr(expr.to)}`;
      return `(${expr.binder} ${names}${from}${to}: ${showExpr(expr.body)})`;
    }
    case 'matrix':
      return `[${expr.rows.map((row) => row.map(showExpr).join(', ')).join('; ')}]`;
    case 'noted':
      return `{${showExpr(expr.body)} : ${showShape(expr.shape)}}`;
    case 'named':
      return `{${showExpr(expr.body)} =: ${showExpr(expr.name)}}`;
    case 'hole':
      return expr.parts.length === 0 ? '?' : `?(${expr.parts.map(showExpr).join(', ')})`;
  }
}

function showKind({ bold, capital }: LettersOfKind): string {
  return `${bold ? 'bold ' : ''}${capital ? 'capital' : 'small'} letters`;
}

function showMark(mark: Mark): string {
  switch (mark.kind) {
    case 'sub':
      return `_${mark.items.length === 1 ? showExpr(mark.items[0] as Expr) : `{${mark.items.map(showExpr).join(',')}}`}`;
    case 'transpose':
      return '^T';
    case 'prime':
      return "'".repeat(mark.count);
    case 'inverse':
      return '^-1';
    case 'inverseTranspose':
      return '^-T';
    case 'pseudoInverse':
      return '^+';
    case 'power':
      return `${mark.entrywise ? '.' : ''}^${showExpr(mark.exponent)}`;
    case 'label':
      return `${mark.above ? '^' : '_'}"${mark.text}"`;
  }
}

export function showShape(shape: ShapeExpr): string {
  return shape.dims.length === 0 ? 'scalar' : shape.dims.map(showExpr).join('×');
}

export function show(statement: Statement): string {
  switch (statement.kind) {
    case 'declaration':
      return [statement.letters === undefined ? statement.names.map(showExpr).join(', ') : showKind(statement.letters), ':', ...(statement.shape === null ? [] : [showShape(statement.shape)]), ...statement.properties].join(' ');
    case 'function':
      return `${statement.names.map(showExpr).join(', ')} : ${statement.from.map(showShape).join(', ')} → ${showShape(statement.to)}`;
    case 'open':
      return `${showExpr(statement.name)}(${statement.args.map(showExpr).join(', ')}) : ${statement.shape === null ? 'open' : showShape(statement.shape)}`;
    case 'stack': {
      const { last, counted, transposed } = statement.members;
      return `${statement.axis} of ${showExpr(statement.whole)}: ${counted ? '…, ' : ''}${showExpr(last)}${transposed ? '′' : ''}`;
    }
    case 'index':
      return `${statement.names.map(showExpr).join(', ')} : ${showExpr(statement.from)}..${showExpr(statement.to)}`;
    case 'equation':
      return showEquation(statement);
    case 'announced':
      return `${statement.form} of ${statement.of === null ? 'it' : showExpr(statement.of)}${statement.by === null ? '' : ` by ${showExpr(statement.by)}`}: ${statement.values.map(showExpr).join(' = ')}`;
    case 'called':
      return `the last side: ${showExpr(statement.name)}`;
    case 'shapeLine':
      return `shapes ${statement.sides.map((side) => side.map((term) => term.map(showShape).join(' ')).join(' + ')).join(' = ')}`;
    case 'directive':
      return `! ${[statement.name, ...statement.args].join(' ')}`;
  }
}

function showEquation({ sides, relations, demanded, membership, continues }: Statement & { kind: 'equation' }): string {
  const offset = continues ? 1 : 0;
  const shown = sides.map((side, at) => {
    const relation = relations[at - 1 + offset];
    return relation === undefined ? showExpr(side) : `${demanded && at === sides.length - 1 ? '!' : ''}${relation} ${showExpr(side)}`;
  });
  return [...shown, ...(membership === null ? [] : [`∈ ${showShape(membership)}`])].join('  ');
}

/** One line an item: headings with their hashes, statements with their origin where it is not mathematics. */
export function showItem(item: Item): string {
  if (item.kind === 'heading') return `${'#'.repeat(item.level)} ${item.title}`;
  if (item.kind === 'problem') return `?? ${item.problem.message}`;
  return item.origin === 'math' ? show(item.statement) : `${item.origin}: ${show(item.statement)}`;
}
