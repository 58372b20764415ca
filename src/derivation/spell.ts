import type { SymbolId } from '../ops/term.ts';
import type { NotationName } from '../syntax/cursor.ts';
import { nameToLatex, undecorated, unstyled } from '../syntax/name.ts';
import type { Derivation, SymbolInfo } from './derivation.ts';

/** How a symbol is written; of `params:ID` the parameters of a function in brackets. */
export type Spell = (id: SymbolId) => string;

/** Each symbol in a notation, whatever macros its own text spells it with; a style that tells nothing apart is left out in plain notation. */
export function speller({ symbols }: Pick<Derivation, 'symbols'>, notation: NotationName): Spell {
  const keys = new Set([...symbols.keys()].map(keyOf));
  const bare = new Map<string, number>();
  for (const key of keys) bare.set(withoutStyle(key), (bare.get(withoutStyle(key)) ?? 0) + 1);
  const spell = (id: SymbolId): string => {
    const key = keyOf(id);
    const { base, marks } = parted(key);
    if (notation === 'latex') return latexName(base, marks);
    return plainName(bare.get(withoutStyle(key)) === 1 ? unstyled(base) : base, marks);
  };
  return (id) => (id.startsWith('params:') ? parameters(symbols.get(id.slice('params:'.length)), spell) : spell(id));
}

function parameters(info: SymbolInfo | undefined, spell: Spell): string {
  const params = info?.definition?.params ?? [];
  return params.length === 0 ? '' : `(${params.map(spell).join(', ')})`;
}

/** The name without what tells one scope's symbol from another's. */
function keyOf(id: SymbolId): string {
  return id.replace(/^dim:/, '').replace(/[@#]\d+$/, '');
}

function withoutStyle(key: string): string {
  const { base, marks } = parted(key);
  return unstyled(base) + marks;
}

function parted(key: string): { readonly base: string; readonly marks: string } {
  const at = key.search(/[_^']/);
  return at <= 0 ? { base: key, marks: '' } : { base: key.slice(0, at), marks: key.slice(at) };
}

function latexName(base: string, marks: string): string {
  return (
    nameToLatex(base) +
    marks.replace(
      /([_^])([^_^']+)/g,
      (_, sign: string, label: string) => `${sign}{${/^\p{L}{2,}$/u.test(label) ? `\\text{${label}}` : label}}`,
    )
  );
}

function plainName(base: string, marks: string): string {
  const { decorations, letter } = undecorated(base);
  // A Σ or Π with something below is a sum or a product over it.
  const bare = marks === '' ? letter : letter.replace(/^Σ$/, 'Sigma').replace(/^Π$/, 'Pi');
  const name = decorations.reduceRight((text, one) => `${nameToLatex(`${one}:a`).replace(/\{a\}$/, '')} ${text}`, bare);
  return (
    name +
    marks.replace(/([_^])([^_^']+)/g, (_, sign: string, label: string) => `${sign}${/^[\p{L}\p{N}]$/u.test(label) ? label : `{${label}}`}`)
  );
}
