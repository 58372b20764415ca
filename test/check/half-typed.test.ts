import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { surfaceOf } from '../corpus/documents.ts';

const folder = join(import.meta.dirname, '../corpus');

const documents = readdirSync(folder).flatMap((name) => {
  const surface = surfaceOf(name);
  return surface === null ? [] : [{ name, surface, text: readFileSync(join(folder, name), 'utf8') }];
});

const anyDocument = fc.constantFrom(...documents);
const SIGNS = ['', '', '{', '$', '}', '\\left(', '\u0000', '\ud800', '\\begin{cases}', '|', '^', '_', '('];

/** Checking answers for any text, throws for none, and ends: shapes, rules and all. */
describe('a document while it is being edited is checked', () => {
  it('cut off anywhere', () => {
    fc.assert(fc.property(anyDocument, fc.nat(), ({ text, surface }, at) => {
      checkDocument(text.slice(0, at % (text.length + 1)), surface, { verify: false });
    }), { numRuns: 150, seed: 991 });
  });

  it('with a stretch taken out and a sign put in', () => {
    const edit = fc.tuple(fc.nat(), fc.nat({ max: 40 }), fc.constantFrom(...SIGNS));
    fc.assert(fc.property(anyDocument, edit, ({ text, surface }, [place, length, sign]) => {
      const at = place % (text.length + 1);
      checkDocument(text.slice(0, at) + sign + text.slice(at + length), surface, { verify: false });
    }), { numRuns: 150, seed: 992 });
  });
});

const CALLS = ['exp(', 'sqrt()', 'tr(', 'det()', 'max(', 'softmax(', 'kron(x', 'norm()', 'sigmoid(', 'Ind(', 'diag()', 'vec(', 'ones(', 'sum()', 'E[', 'grad(', 'hess(y', "σ'(", 'inv()', 'I(', '∇(', 'd/dx(', 'sum_{i=1}^{n}('];

it.each(CALLS)('a function without its arguments, %s', (call) => {
  for (const line of [`z = ${call}`, `dy/dx = ${call}`]) {
    const { diagnostics } = checkDocument(`x : n\ny = x' x\n${line}`, 'plain', { verify: true });
    expect(diagnostics.filter(({ code }) => code === 'verify/refuted')).toEqual([]);
  }
});
