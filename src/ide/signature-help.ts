import type { SymbolInfo } from '../derivation/derivation.ts';
import type { Pattern } from '../ops/op.ts';
import { OPS } from '../ops/table.ts';
import { showShape } from '../shape/shape.ts';
import { functionNamed } from '../syntax/notation.ts';
import type { DerivationView } from './derivation-view.ts';

/** What a function takes and gives, and the argument that the cursor is in. */
export interface SignatureText {
  readonly name: string;
  readonly parameters: readonly string[];
  /** The shape of its value; empty where that depends on more than the arguments. */
  readonly result: string;
  readonly documentation: string;
  readonly active: number;
}

/** The function whose brackets are open at an offset. */
export function signatureAt(view: DerivationView, offset: number): SignatureText | null {
  const call = openCall(view.text, offset);
  if (call === null) return null;
  const info = symbolCalled(view, call);
  const signature = info === undefined ? ofOperator(call.name) : ofSymbol(view, info);
  return signature === null ? null : { ...signature, active: call.commas };
}

type Signature = Omit<SignatureText, 'active'>;

// ---- where

interface OpenCall {
  readonly name: string;
  readonly start: number;
  readonly commas: number;
}

/** No call is longer. */
const NEARBY = 2000;

/** The innermost bracket before an offset that is not closed, with the name before it and the commas in it. */
function openCall(text: string, offset: number): OpenCall | null {
  let depth = 0;
  let commas = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - NEARBY); at--) {
    const character = text[at] as string;
    if (')]}'.includes(character)) depth++;
    else if ('([{'.includes(character) && depth > 0) depth--;
    else if (character === ',' && depth === 0) commas++;
    else if (character === '(') return called(text, at, commas);
    else if (character === '[' || character === '{' || isEnd(text, at)) return null;
  }
  return null;
}

/** A statement ends with its paragraph. */
function isEnd(text: string, at: number): boolean {
  return text[at] === '\n' && /^[ \t]*\r?\n/.test(text.slice(at + 1, at + 200));
}

const CALLED =
  /(?:\\(?:operatorname|mathrm|text)\*?\{(?<word>\p{L}+)\}|\\?(?<name>\p{L}[\p{L}\p{N}]*)(?:_(?:\p{N}+|\p{L}))?)\s*(?:\\left\s*)?$/u;

function called(text: string, bracket: number, commas: number): OpenCall | null {
  const from = Math.max(0, bracket - 100);
  const found = CALLED.exec(text.slice(from, bracket));
  const name = found?.groups?.word ?? found?.groups?.name;
  return found === null || name === undefined ? null : { name, start: from + found.index, commas };
}

// ---- what

/** What the document declares or defines hides an operator of its name. */
function symbolCalled({ built, occurrences }: DerivationView, { name, start }: OpenCall): SymbolInfo | undefined {
  const placed = occurrences.find(({ span }) => span.start === start);
  const info = placed === undefined ? undefined : built.derivation.symbols.get(placed.id);
  const stated = [...built.derivation.symbols.values()].filter(
    ({ id, text, span, role }) => text === name && span.start < start && role !== 'dimension' && !built.implicit.has(id),
  );
  return info !== undefined && !built.implicit.has(info.id) ? info : stated.at(-1);
}

function ofSymbol({ built, shapes }: DerivationView, info: SymbolInfo): Signature | null {
  if (!isFunction(info)) return null;
  const result = showShape(info.declared ?? shapes.ofSymbol(info.id));
  const parameters = parametersOf(info, (id) => {
    const shape = showShape(shapes.ofSymbol(id));
    const text = built.derivation.symbols.get(id)?.text ?? id;
    return shape === '?' ? text : `${text} : ${shape}`;
  });
  return { name: info.text, parameters, result: result === '?' ? '' : result, documentation: '' };
}

function isFunction({ role, definition, open, from }: SymbolInfo): boolean {
  return role === 'function' || from !== null || open !== null || (definition?.params.length ?? 0) > 0;
}

function parametersOf({ definition, open, from }: SymbolInfo, show: (id: string) => string): readonly string[] {
  if (from !== null) return from.map(showShape);
  return (open ?? definition?.params ?? []).map(show);
}

function ofOperator(name: string): Signature | null {
  const more = Object.hasOwn(STRUCTURES, name) ? STRUCTURES[name] : undefined;
  if (more !== undefined) return { name, ...more };
  const op = functionNamed(name);
  if (op === undefined) return null;
  const { shape, doc } = OPS[op];
  const documentation = doc;
  if (shape.kind === 'entrywise') return { name, parameters: ['x : m×n'], result: 'm×n', documentation };
  if (shape.kind === 'special') return { name, parameters: op === 'max' || op === 'min' ? ['a', 'b'] : ['x'], result: '', documentation };
  return {
    name,
    parameters: shape.params.map((param, at) => `${letterFor(param, at)} : ${showPattern(param)}`),
    result: showPattern(shape.result),
    documentation,
  };
}

function letterFor({ rows, cols }: Pattern, at: number): string {
  const letters = rows === '1' && cols === '1' ? 'st' : rows === '1' || cols === '1' ? 'xy' : 'AB';
  return letters[at] ?? 'A';
}

function showPattern({ rows, cols }: Pattern): string {
  return `${rows}×${cols}`;
}

/** What is written like a function and is more than an operator. */
const STRUCTURES: Readonly<Record<string, Omit<Signature, 'name'>>> = {
  grad: {
    parameters: ['f : scalar', 'x'],
    result: 'shape of x',
    documentation: 'The gradient of a scalar, which has the shape of its variable in any layout.',
  },
  jac: { parameters: ['y : m', 'x : n'], result: 'm×n', documentation: 'The Jacobian, m×n in any layout.' },
  hess: { parameters: ['f : scalar', 'x : n'], result: 'n×n', documentation: 'The matrix of second derivatives of a scalar.' },
  kron: { parameters: ['A : m×n', 'B : p×q'], result: 'mp×nq', documentation: OPS.kron.doc },
  inv: { parameters: ['A : n×n'], result: 'n×n', documentation: OPS.inverse.doc },
  pinv: { parameters: ['A : m×n'], result: 'n×m', documentation: OPS.pinv.doc },
  norm: { parameters: ['x'], result: '1×1', documentation: OPS.norm.doc },
  ones: { parameters: ['m', 'n'], result: 'm×n', documentation: 'A matrix of ones; with one size a column.' },
  zeros: { parameters: ['m', 'n'], result: 'm×n', documentation: 'A matrix of zeros; with one size a column.' },
};
