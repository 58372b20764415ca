import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineOf, surfaceOf } from '../corpus/documents.ts';
import { judge } from './judge.ts';
import { mutated, mutationsOf, sampled } from './mutations.ts';

const CORPUS = join(import.meta.dirname, '../corpus');

/** Documents of every surface and layout; `scripts/mutants.mjs` takes all of them, and more mistakes of each. */
const SAMPLE = [
  'weight-normalisation.md', 'matrix-completion.md', 'bptt.md', 'rms-norm.md', 'lstm-output.tex', 'matrix-normal.tex', 'triplet-loss.deriv', 'householder.deriv', 'augmented-lagrangian.deriv',
];

const MOST = 4;

/** Lines that say the same in other words, so that nothing is wrong with them. */
const EQUAL: readonly string[] = [
  String.raw`\mathrm{d} f = -\operatorname{tr}\left(E^\top\, \mathrm{d}P\; Q^\top\right) + \operatorname{tr}(P^\top \mathrm{d} P) \lambda`,
  String.raw`\nabla_Q f = -E^\top P + \lambda \odot Q .`,
  String.raw`\frac{dL}{dx} = \frac{1}{\rho}\left( \gamma \odot \bar y - \frac{x^\top (\gamma \odot \bar y)}{d \odot \rho^2}\, x \right)`,
  String.raw`\deriv{\ell}{V} &= \frac n2 V^{-1} - \frac12 \odot E^\top U E .`,
  String.raw`= Q' x + q + A' (y + ρ (A x - b))`,
];

describe('mistakes put into correct documents', () => {
  it('names documents of the corpus', () => {
    expect(readdirSync(CORPUS)).toEqual(expect.arrayContaining(SAMPLE));
  });

  for (const name of SAMPLE) {
    const text = readFileSync(join(CORPUS, name), 'utf8');
    const surface = surfaceOf(name) ?? 'plain';
    for (const mutation of sampled(mutationsOf(text, surface), MOST, 11)) {
      const line = lineOf(text, mutation.start);
      it(`${name}:${line} ${mutation.kind}: ${text.slice(mutation.start, mutation.end)} becomes ${mutation.text}`, () => {
        const { outcome, diagnostics, repair, idle } = judge(text, surface, mutation);
        if (outcome === 'true') return expect(EQUAL).toContain(mutated(text, mutation).split('\n')[line - 1]?.trim());
        expect({ outcome, codes: diagnostics.length, repair, idle }).toEqual({ outcome: 'caught', codes: 1, repair: 'holds', idle: [] });
      });
    }
  }
});
