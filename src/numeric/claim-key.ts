import type { SymbolInfo } from '../derivation/derivation.ts';
import { type SymbolId, type Term, type TermSpelling, termKey, walk } from '../ops/term.ts';
import type { Dim } from '../shape/dimension.ts';
import type { Shape } from '../shape/shape.ts';
import type { Subject } from './subject.ts';

/**
 * What a verdict depends on, as text: the equation and every definition that its values come from, with the shapes of all
 * that is in them and what is declared of each symbol, but not where anything stands. Equal keys have equal verdicts.
 */
export function claimKey(subject: Subject): string {
  const { derivation, shapes, equation, definedIn } = subject;
  const numbers = new Map<SymbolId, number>();
  const spelling = spellingIn(numbers);
  const said = [
    equation.kind,
    ...equation.sides.map((side) => termAndShapes(subject, side, spelling)),
    equation.relations.join(' '),
    equation.free.map(spelling.symbol).join(),
    equation.where.map(({ left, right, equal }) => `${spelling.symbol(left)}${equal ? '=' : '≠'}${spelling.symbol(right)}`).join(),
    (equation.among ?? []).map(({ index, condition }) => `${spelling.symbol(index)} ${condition}`).join(),
    shapes.layoutOf(equation),
    equation.settings.broadcast ? 'broadcast' : '',
    String(equation.settings.tolerance),
    String(equation.settings.seed),
    [...equation.settings.sizes].join(';'),
  ];
  // What is said of one symbol may name others, which are then met too.
  for (const id of numbers.keys()) {
    const info = derivation.symbols.get(id);
    const definedBy = definedIn.get(id);
    if (info !== undefined) said.push(symbolKey(subject, info, spelling), definedBy === undefined ? '' : shapes.layoutOf(definedBy));
  }
  return said.join('\n');
}

function spellingIn(numbers: Map<SymbolId, number>): TermSpelling {
  const symbol = (id: SymbolId) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size);
    return `$${numbers.get(id)}`;
  };
  return { symbol, hole: ({ parts }) => `?${parts.length}` };
}

function termAndShapes(subject: Subject, term: Term, spelling: TermSpelling): string {
  return `${termKey(term, spelling)} : ${walk(term)
    .map((one) => shapeKey(subject, subject.shapes.ofTerm(one)))
    .join()}`;
}

function symbolKey(subject: Subject, info: SymbolInfo, spelling: TermSpelling): string {
  const { shapes } = subject;
  const { id, text, role, declared, properties, definition, open, from, family } = info;
  const range = shapes.rangeOf(id);
  return [
    text,
    role,
    declared === null ? '' : shapeKey(subject, declared),
    shapeKey(subject, shapes.ofSymbol(id)),
    properties.join(),
    family === null ? '' : `[${family.count === null ? '' : dimKey(subject, family.count)}]`,
    range === null ? '' : `${dimKey(subject, range.from)}..${dimKey(subject, range.to)}`,
    open?.map(spelling.symbol).join() ?? '',
    from?.map((shape) => shapeKey(subject, shape)).join() ?? '',
    definition === null ? '' : `(${definition.params.map(spelling.symbol).join()}) ${termAndShapes(subject, definition.body, spelling)}`,
  ].join('|');
}

function shapeKey(subject: Subject, shape: Shape): string {
  return shape.kind === 'matrix'
    ? `${dimKey(subject, shape.rows)}×${dimKey(subject, shape.cols)}`
    : shape.axes.map((group) => group.map((dim) => dimKey(subject, dim)).join('×')).join('/');
}

/** As written, which is how sizes are named, and what it is equal to. */
function dimKey({ shapes }: Subject, dim: Dim): string {
  const { key } = shapes.resolved(dim);
  return key === dim.key ? key : `${dim.key}=${key}`;
}
