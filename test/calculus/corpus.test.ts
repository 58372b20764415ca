import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { differentiateTerm, isRefusal } from '../../src/calculus/differentiate.ts';
import { openSource } from '../../src/check/source.ts';
import type { Built } from '../../src/derivation/build.ts';
import { buildDerivation } from '../../src/derivation/build.ts';
import type { Equation, Settings } from '../../src/derivation/derivation.ts';
import { type Inferred, inferShapes } from '../../src/derivation/infer.ts';
import { verifyClaim } from '../../src/numeric/verify-claim.ts';
import type { DerivativeTerm } from '../../src/ops/term.ts';

const ROOT = join(import.meta.dirname, '../..');
const SETTINGS: Settings = {
  layout: 'auto', layoutSpan: null, layoutAbove: null, verify: true, broadcast: false, boldConvention: false, tolerance: 1e-6, seed: 11, sizes: new Map(),
};

const SURFACES = { md: 'markdown', tex: 'latex', deriv: 'plain' } as const;

function textsIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder)).filter((name) => /\.(md|tex|deriv)$/.test(name)).map((name) => join(folder, name));
}

interface Asked {
  readonly equation: Equation & { readonly sides: readonly [DerivativeTerm, ...Equation['sides'][number][]] };
  readonly text: string;
}

function derivativesIn(built: Built, text: string): readonly Asked[] {
  return built.derivation.equations.flatMap((equation) => {
    const [first] = equation.sides;
    return first?.kind === 'derivative' ? [{ equation: equation as Asked['equation'], text: text.slice(equation.span.start, equation.span.end) }] : [];
  });
}

/** What numbers say of the derivative that is found for the first side of an equation, in its layout. */
function verdictOn(built: Built, inferred: Inferred, { equation }: Asked): string {
  const answer = differentiateTerm(built.derivation, inferred.shapes, equation.sides[0], inferred.shapes.layoutOf(equation));
  if (isRefusal(answer)) return 'refused';
  const trial: Equation = { ...equation, kind: 'claim', sides: [equation.sides[0], answer.term], relations: ['='] };
  return inferred.attempt(equation, trial, (shapes) => verifyClaim(built.derivation, shapes, trial, { sizeSets: 1, points: 2 }).status) ?? 'does not fit';
}

describe('every derivative that a text asks for is found right, or refused', () => {
  for (const file of [...textsIn('test/corpus'), ...textsIn('examples')]) {
    it(file, () => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const source = openSource(text, SURFACES[file.slice(file.lastIndexOf('.') + 1) as keyof typeof SURFACES], undefined);
      const built = buildDerivation(source.document, text, { ...SETTINGS, broadcast: !source.document.annotated });
      const inferred = inferShapes(built, 'auto');
      const wrong = derivativesIn(built, text).map((asked) => [asked.text, verdictOn(built, inferred, asked)] as const).filter(([, verdict]) => verdict === 'refuted' || verdict === 'does not fit');
      expect(wrong).toEqual([]);
    });
  }
});
