import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CheckedDocument, type KeptCheck, type Rechecked, recheckDocument, type Surface } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';
import { claimsOf } from '../../src/ide/claims.ts';
import { convertLayout } from '../../src/ide/convert-layout.ts';
import { viewDerivation } from '../../src/ide/derivation-view.ts';
import { areVerified, isAsRight } from '../../src/ide/refactoring.ts';
import { saysTheSame, type Target, transcriptions } from '../../src/ide/transcribe.ts';
import { surfaceOf } from '../corpus/documents.ts';

// Laws of what an editor offers to rewrite a derivation with, over all correct documents.

const folder = join(import.meta.dirname, '../corpus');

const documents = readdirSync(folder).flatMap((name) => {
  const surface = surfaceOf(name);
  return surface === null || surface === 'notebook' ? [] : [{ name, surface, text: readFileSync(join(folder, name), 'utf8') }];
});

/** A text with the verdicts of its claims; those that the text before it had already are not asked of the numbers again. */
const examined = (text: string, surface: Surface, before: KeptCheck | null = null) => recheckDocument(text, surface, { verify: true, repair: false, prove: false }, before);

/** The documents as they were checked: both laws begin with that. */
const known = new Map<string, Rechecked>();

function checked({ name, text, surface }: (typeof documents)[number]): Rechecked {
  const found = known.get(name) ?? examined(text, surface);
  known.set(name, found);
  return found;
}

const viewed = (checked: CheckedDocument, surface: Surface) => viewDerivation(checked, surface, { layout: 'auto' });

/** The document in another surface that says the same; null where none does, and an editor refuses. */
function transcribed({ checked, kept }: Rechecked, surface: Surface, target: Target): Rechecked | null {
  for (const text of transcriptions(viewed(checked, surface), target)) {
    const other = examined(text, target, kept);
    if (saysTheSame(checked, other.checked)) return other;
  }
  return null;
}

const shapesOfClaims = ({ equations }: CheckedDocument) =>
  equations.filter(({ kind }) => kind === 'claim').map(({ sides }) => sides.map(({ shape }) => shape).join(' = '));

/** Documents that say something which has no form yet in the other notation, and what. */
const withoutForm: Readonly<Record<string, string>> = {
  'pinhole-reprojection.md': 'entries with letters of their own',
  'spatial-autoregression.md': 'a derivative by the square of a letter',
  'activation-functions.md': 'a letter that is a vector, and a number in definitions',
  'affine-ln-cases.md': 'a function by cases',
  'bptt.md': 'a layout that only the shapes of the text decide',
  'cheat-sheet-tables.md': 'a norm under `d…/dX`',
  'determinant-identities.tex': 'a derivative without what it is of',
  'examples-above.md': 'examples counted by superscripts',
  'flows.md': 'a layout that only the claims of the text decide',
  'gauss-newton-in-words.md': 'derivatives told in words',
  'gmm-linear-instruments.md': 'a special case that is only spoken of',
  'inverse-lemmas.tex': 'the differential of an inverse in a differential',
  'jacobian-display.md': 'a table of derivatives',
  'jacobians.md': 'a gradient at a value',
  'linear-vae.md': 'columns told in words',
  'magnus-differentials.md': 'a function of a matrix whose derivative is one of vectors',
  'measurement-model.md': 'the logarithm of a density that is defined by it',
  'named-rows.md': 'rows told in words',
  'newton-schulz.md': 'a step from one iterate to the next',
  'normal-equations-undeclared.md': 'letters that nothing declares, beside statements',
  'ode-sens.md': 'a layout that only the claims of the text decide',
  'pmf.md': 'rows told in words',
  'poisson-glm.md': 'an equation that begins with a minus',
  'rigid-body.tex': 'a layout that only the claims of the text decide',
  'shapes-written-out.md': 'shapes noted under symbols',
  'sigmoid-defined-below.md': 'a letter that is a vector, and a number in definitions',
  'skew-rotation.md': 'the skew-symmetric matrix of a vector, in brackets',
  'trajectory-smoothing.tex': 'numbers of steps in prose, which count in plain notation only where an index is declared',
  'underbraces.md': 'shapes noted under symbols',
  'variance-components.tex': 'a model of data with noise that nothing declares',
  'word2vec.md': 'samples numbered by superscripts',
};

describe('every verdict is that of a claim that an editor lists', () => {
  it.each(documents)('$name', (document) => {
    const { checked: found } = checked(document);
    expect(claimsOf(found).flatMap(({ verdict }) => (verdict === null ? [] : [verdict]))).toEqual(found.claims);
  });
});

describe('a derivation written in the other notation, and back', () => {
  for (const document of documents) {
    const { name, surface } = document;
    const target: Target = surface === 'plain' ? 'latex' : 'plain';
    (name in withoutForm ? it.fails : it)(name in withoutForm ? `${name} (known: ${withoutForm[name]})` : name, () => {
      const before = checked(document);
      const there = transcribed(before, surface, target);
      if (there === null) return expect.fail('no text says the same');
      expect(shapesOfClaims(there.checked)).toEqual(shapesOfClaims(before.checked));
      expect(transcribed(there, target, target === 'plain' ? 'latex' : 'plain')).not.toBeNull();
    });
  }
});

/** Documents of which a section cannot be turned round yet, and why. */
const cannotTurn: Readonly<Record<string, string>> = {
  'euler-two-adjoints.tex': 'symbols are defined as derivatives',
  'layer-norm-given-names.md': 'symbols are defined as derivatives',
  'conv-and-batch-norm.tex': 'a symbol is defined as a derivative',
  'normal-equations-undeclared.md': 'letters that nothing declares, beside statements',
  'skew-rotation.md': 'the skew-symmetric matrix of a vector, in brackets',
  'adjoint-bars.md': 'symbols are defined as derivatives',
  'bold-vectors.md': 'a symbol is defined as a derivative',
  'bptt.md': 'its layout is decided by the shapes of another section',
  'cs231-svm.md': 'an index without a range',
  'determinants-chapter.md': 'a number over a vector',
  'dot-attention-row.md': 'row vectors are variables',
  'flows.md': 'square Jacobians fit every layout',
  'gated-units.tex': 'numbers and vectors are added entry by entry',
  'gauss-newton-hessian.tex': 'a symbol is defined as a derivative',
  'labelled-entries.tex': 'a symbol is defined as a derivative',
  'layers-by-superscript.md': 'symbols are defined as derivatives',
  'numerator-least-squares.md': 'the shapes of derivatives are noted under them',
  'ode-sens.md': 'square Jacobians fit every layout',
  'rigid-body.tex': 'square Jacobians fit every layout',
  'rows-as-examples.md': 'row vectors are variables',
  'shapes-written-out.md': 'the shapes of derivatives are noted under them',
  'shared-weights.md': 'numbers and vectors are added entry by entry',
  'underbraces.md': 'the shapes of derivatives are noted under them',
};

describe('every section converted to the other of numerator and denominator layout', () => {
  for (const document of documents) {
    const { name, surface, text } = document;
    (name in cannotTurn ? it.fails : it)(name in cannotTurn ? `${name} (known: ${cannotTurn[name]})` : name, () => {
      const { checked: before, kept } = checked(document);
      const view = viewed(before, surface);
      const { equations } = view.built.derivation;
      const sections = new Set(equations.map(({ section }) => section));
      for (const section of sections) {
        const first = equations.find((equation) => equation.section === section);
        const change = convertLayout(before, surface, view, first?.span.start ?? 0);
        if (change === null || !areVerified(before, change.edits)) continue;
        const turned = applyEdits(text, change.edits);
        expect(isAsRight(before, examined(turned, surface, kept).checked), turned).toBe(true);
      }
    });
  }
});
