import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';
import { ABBREVIATIONS, expandAbbreviation } from '../../src/ide/abbreviations.ts';
import { formatPlain, formatSelection } from '../../src/ide/format.ts';

const formatted = (text: string) => applyEdits(text, formatPlain(text));

/** What is said of a text, without where it stands: blanks are all that formatting may change. */
function said(text: string): unknown {
  const { diagnostics, equations } = checkDocument(text, 'plain', { verify: false, repair: false });
  const flat = (one: string) => one.replace(/\s+/g, ' ');
  return {
    diagnostics: diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${flat(message)}`),
    equations: equations.map(({ kind, sides }) => [kind, sides.map((side) => `${flat(side.text)} : ${side.shape}`)]),
  };
}

describe('formatting', () => {
  it.each([
    ['puts the relations of a chain below one another', "dL/dw = X' r\n  = X' (X w - y)\n+ λ w\n", "dL/dw = X' r\n      = X' (X w - y)\n        + λ w\n"],
    ['puts shapes below what has them', "dz/dx = dy/dx dz/dy = M' c\nn×1 = n×m m×1\n", "dz/dx = dy/dx dz/dy = M' c\nn×1   = n×m   m×1\n"],
    ['widens an equation over wider shapes', 'y=M x\nm×1 = m×n n×1\n', 'y   = M   x\nm×1 = m×n n×1\n'],
    ['keeps the side whole where shapes are of fewer factors', "g = A' r + α w\nn×1 = n×m m×1 + n×1\n", "g   = A' r + α w\nn×1 = n×m m×1 + n×1\n"],
    ['keeps the indentation of the first line, and comments', '  s = a // one\n= b   // two\n// three\n= c\n', '  s = a // one\n    = b   // two\n// three\n    = c\n'],
    ['takes blanks from the ends of lines', '# A  \nx : n \t\n  \ny = x\n', '# A\nx : n\n\ny = x\n'],
    ['leaves brackets over several lines as they are', 's = [1, 2;\n  3, 4] x\n', 's = [1, 2;\n  3, 4] x\n'],
    ['leaves several statements of a line as they are', 'y = x;  z = y\n', 'y = x;  z = y\n'],
    ['counts no column for an accent over a letter', 'x\u0302 = a\n= b\n', 'x\u0302 = a\n  = b\n'],
    ['keeps the line ends of Windows', 'y = a\r\n= b \r\n', 'y = a\r\n  = b\r\n'],
  ])('%s', (_, text, expected) => {
    expect(formatted(text)).toBe(expected);
  });

  const folders = ['examples', 'test/corpus', 'test/host/workspace'].map((folder) => join(import.meta.dirname, '../..', folder));
  const derivations = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.deriv')).map((name) => readFileSync(join(folder, name), 'utf8')));

  it('changes no meaning and is done once, whatever stands in the text', () => {
    const lines = [...new Set(derivations.join('\n').split('\n'))];
    const blanks = fc.constantFrom('', ' ', '   ', '\t');
    const pieces = fc.constantFrom('=', ' = ', '+', "'", '(', ')', '[', ']', ';', ',', 'x', ' y', 'M', ' ', '\n', '\n= ', '\n  + ', ':', '∈', ' n', '×', '1', '//', '#', '|', '_', '^', '{', '}', 'd', '/', '\\hat x', ':=', '..', '→', 'size n = 3', 'n×1 = n×m m×1');
    const mixed = fc.array(fc.tuple(blanks, fc.constantFrom(...lines), blanks), { maxLength: 12 }).map((chosen) => chosen.map((parts) => parts.join('')).join('\n'));
    const wild = fc.array(pieces, { maxLength: 30 }).map((chosen) => chosen.join(''));
    fc.assert(fc.property(fc.oneof(mixed, wild), (text) => {
      const once = formatted(text);
      expect(once.replace(/[ \t]/g, '')).toBe(text.replace(/[ \t]/g, ''));
      expect(said(once)).toEqual(said(text));
      expect(formatted(once)).toBe(once);
    }), { numRuns: 400, seed: 11 });
  });

  it('of a selection touches its lines alone, changes no meaning and is done once, in every document', () => {
    const crooked = (text: string, indent: string) => text.replace(/ (=|\+|:) /g, '  $1').replace(/^(?=[=+])/gm, indent);
    const selection = (text: string) => fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    const cases = fc.tuple(fc.constantFrom(...derivations), fc.constantFrom('', ' ', '      ')).chain(([text, indent]) => fc.constant(crooked(text, indent)).chain((wild) => fc.tuple(fc.constant(wild), selection(wild))));
    fc.assert(fc.property(cases, ([text, chosen]) => {
      const edits = formatSelection(text, chosen);
      const lines = { start: text.lastIndexOf('\n', chosen.start - 1) + 1, end: `${text}\n`.indexOf('\n', chosen.end) };
      for (const { span } of edits) expect(lines.start <= span.start && span.end <= lines.end).toBe(true);
      const once = applyEdits(text, edits);
      expect(once.replace(/[ \t]/g, '')).toBe(text.replace(/[ \t]/g, ''));
      expect(said(once)).toEqual(said(text));
      expect(formatSelection(once, { start: chosen.start, end: chosen.end + once.length - text.length })).toEqual([]);
      expect(formatSelection(text, { start: 0, end: text.length })).toEqual(formatPlain(text));
    }), { numRuns: 20, seed: 5 });
  });

  it('leaves the line alone at whose beginning a selection of whole lines ends', () => {
    const text = 'y = a\n= b\nz = c\n= d\n';
    expect(applyEdits(text, formatSelection(text, { start: 0, end: 16 }))).toBe('y = a\n  = b\nz = c\n= d\n');
    expect(applyEdits(text, formatSelection(text, { start: 16, end: 16 }))).toBe('y = a\n= b\nz = c\n  = d\n');
  });

  it('while typing makes of the word of every sign in every document that sign', () => {
    const words = new Map([...ABBREVIATIONS].map(([word, sign]) => [sign, word]));
    let signs = 0;
    for (const text of derivations) {
      for (let at = 0; at < text.length; at++) {
        const word = words.get(text[at] as string);
        const behind = text[at + 1] ?? '\n';
        if (word === undefined || !/[\s_^'+\-*/=()[\],;:.|]/.test(behind) || text.slice(text.lastIndexOf('\n', at) + 1, at).includes('//') || text[text.lastIndexOf('\n', at) + 1] === '#') continue;
        signs++;
        const typed = `${text.slice(0, at)}\\${word}${text.slice(at + 1)}`;
        const edit = expandAbbreviation(typed, 'plain', at + word.length + 2, behind);
        expect([text.slice(at - 9, at + 9), edit === null ? typed : applyEdits(typed, [edit])]).toEqual([text.slice(at - 9, at + 9), text]);
      }
    }
    expect(signs).toBeGreaterThan(50);
  });

  it('finds nothing to do in the examples', () => {
    expect(derivations.length).toBeGreaterThan(3);
    const examples = readdirSync(folders[0] as string).filter((name) => name.endsWith('.deriv'));
    for (const name of examples) {
      const text = readFileSync(join(folders[0] as string, name), 'utf8');
      expect(formatted(text)).toBe(text);
    }
  });
});
