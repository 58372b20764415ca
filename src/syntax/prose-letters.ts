import type { Expr, Property, ShapeExpr, Statement } from './ast.ts';
import { type Names, namesAt } from './prose-names.ts';
import { ENTRIES, MEASURES, measureAt, phraseAt, propertiesAt } from './prose-phrase.ts';
import { tablesIn } from './prose-rows.ts';
import { setAt, sizeAt } from './prose-size.ts';
import type { Word } from './prose-words.ts';

/**
 * What a table says of letters: a row for each, or for a few, with cells that tell a size or a property among others.
 * `| $Q$, $P$ | costs; symmetric | $n\times n$ |`; below "size" or "dimension" one number is the length of a column.
 */
export function tabledLetters(text: string, start: number, words: readonly Word[]): Statement[] {
  return tablesIn(text, start, words).flatMap(({ head, rows }) => {
    const titles = head.map((cell) => cell.words);
    return rows.flatMap((cells) =>
      rowSays(
        cells.map((cell) => cell.words),
        titles,
      ),
    );
  });
}

type Cell = readonly Word[];

/** The first cell of nothing but names is what the others speak of. */
function rowSays(cells: readonly Cell[], titles: readonly Cell[]): Statement[] {
  const isNamed = (cell: Cell, at: number) => !tellsSizes(titles[at]) && namesAt(cell, 0)?.next === cell.length;
  const place = cells.findIndex(isNamed);
  const subject = place < 0 ? null : namesAt(cells[place] as Cell, 0);
  if (subject === null) return [];
  const others = cells.flatMap((cell, at) => (at === place ? [] : [{ cell, isSize: tellsSizes(titles[at]) }]));
  const shapes = others.map(({ cell, isSize }) => shapesIn(cell, isSize, subject.names.length)).find((found) => found !== null);
  const properties = [...new Set(others.flatMap(({ cell }) => propertiesIn(cell)))];
  return declared(subject, shapes ?? [], properties);
}

const SIZE_TITLE = /^(?:sizes?|shapes?|dims?|dimensions?|lengths?)$/;

function tellsSizes(title: Cell | undefined): boolean {
  return title?.some(({ text }) => SIZE_TITLE.test(text)) ?? false;
}

function declared({ names, span }: Names, shapes: readonly ShapeExpr[], properties: readonly Property[]): Statement[] {
  if (shapes.length > 1)
    return names.map((name, at) => ({ kind: 'declaration', names: [name], shape: shapes[at] as ShapeExpr, properties, span }));
  const [shape = null] = shapes;
  return shape === null && properties.length === 0 ? [] : [{ kind: 'declaration', names, shape, properties, span }];
}

/** One shape for all names, or one for each. */
function shapesIn(cell: Cell, isSize: boolean, names: number): readonly ShapeExpr[] | null {
  const listed = isSize ? listedSizes(cell) : null;
  if (listed !== null) return listed.length === 1 || listed.length === names ? listed : null;
  const one = shapeIn(cell);
  return one === null ? null : [one];
}

/** `$n$`, "`$n\times n$`, `$n\times r$`", "scalar". */
function listedSizes(cell: Cell): readonly ShapeExpr[] | null {
  const shapes: ShapeExpr[] = [];
  for (let at = 0; at < cell.length; ) {
    const next = sizeIn(cell, at);
    if (next === null) return null;
    shapes.push(next.shape);
    at = next.next;
    while (/^(?:,|and|;)$/.test(cell[at]?.text ?? '')) at++;
  }
  return shapes.length === 0 ? null : shapes;
}

function sizeIn(cell: Cell, at: number): { readonly shape: ShapeExpr; readonly next: number } | null {
  const set = setAt(cell, at);
  if (set !== null) return { shape: set, next: at + 1 };
  const word = cell[at] as Word;
  if (/^(?:scalars?|numbers?)$/.test(word.text)) return { shape: { dims: [], span: word.span }, next: at + 1 };
  const size = sizeAt(cell, at);
  return size === null ? null : { shape: { dims: isOne(size.dims) ? [] : size.dims, span: size.span }, next: size.next };
}

function isOne(dims: readonly Expr[]): boolean {
  return dims.every((dim) => dim.kind === 'number' && dim.value === 1);
}

/** "`$n\times n$`", "a vector of length `$n$`", "the weights, in `$\mathbb R^n$`", "scalar". */
function shapeIn(cell: Cell): ShapeExpr | null {
  const [first] = cell;
  if (first === undefined) return null;
  const size = sizeAt(cell, 0);
  const set = setAt(cell, 0);
  if (set !== null) return set;
  if (size?.dims.length === 2 && size.next === cell.length) return { dims: size.dims, span: size.span };
  const phrase = phraseAt(cell, 0);
  if (phrase?.dims != null) return { dims: phrase.dims, span: phrase.dimsSpan ?? first.span };
  const measured = cell.findIndex(
    ({ text }, at) => text !== '(' && (MEASURES.has(cell[at + 1]?.text ?? '') || text === 'in') && measureAt(cell, at) !== null,
  );
  const measure = measured < 0 ? lastSize(cell) : measureAt(cell, measured);
  return measure === null || (measured >= 0 && measure.dims.length === 0) ? null : { dims: measure.dims, span: measure.span };
}

/** "targets, `$n$` entries", "kernel between both, `$m\times n$`", "ridge, a number": what stands behind the last comma. */
function lastSize(cell: Cell): ShapeExpr | null {
  const comma = cell.findLastIndex(({ text }) => text === ',');
  const at = /^an?$/.test(cell[comma + 1]?.text ?? '') ? comma + 2 : comma + 1;
  const word = comma < 0 ? undefined : cell[at];
  if (word === undefined) return null;
  if (/^(?:number|scalar)$/.test(word.text)) return cell[at + 1] === undefined ? { dims: [], span: word.span } : null;
  const size = sizeAt(cell, at);
  const isWhole = size !== null && (size.dims.length === 2 ? size.next === cell.length : ENTRIES.has(cell[size.next]?.text ?? ''));
  return isWhole ? { dims: size.dims, span: size.span } : null;
}

/** "symmetric", "cost-to-go; symmetric", "covariance (symmetric, positive definite)". */
function propertiesIn(cell: Cell): readonly Property[] {
  return cell.flatMap((_, at) => {
    const isBegin = at === 0 || cell[at - 1]?.kind === 'stop' || /^[,(:]$/.test(cell[at - 1]?.text ?? '');
    const properties = isBegin ? propertiesAt(cell, at) : null;
    if (properties === null) return [];
    // A one-hot of something holds it; the diagonal of something is no diagonal matrix.
    return cell[properties.next]?.text === 'of' ? properties.found.filter((one) => one === 'onehot') : properties.found;
  });
}
