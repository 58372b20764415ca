import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import type { CheckedClaim } from '../../src/check/checked-document.ts';
import { blocksOf } from '../blocks.ts';

function claimsIn(text: string): readonly CheckedClaim[] {
  return checkDocument(text, 'plain', { verify: true, repair: false }).claims ?? [];
}

function blocks(file: string) {
  return blocksOf(readFileSync(join(import.meta.dirname, file), 'utf8'));
}

const inWords = ({ text, status, reason }: CheckedClaim) => `${text}: ${status}${reason === undefined ? '' : ` (${reason})`}`;

describe('verified.md', () => {
  for (const { name, text } of blocks('verified.md')) {
    it(name, () => {
      const claims = claimsIn(text);
      expect(claims).not.toEqual([]);
      expect(claims.map(inWords)).toEqual(claims.map((claim) => `${claim.text}: verified`));
    });
  }
});

describe('refuted.md', () => {
  for (const { name, text } of blocks('refuted.md')) {
    it(name, () => {
      const claims = claimsIn(text);
      expect(claims.map(({ status }) => status)).toEqual(['refuted']);
      expect(claims[0]?.maxRelativeError).toBeGreaterThan(1e-5);
    });
  }
});

describe('subtle.md', () => {
  for (const { name, text } of blocks('subtle.md')) {
    it(name, () => expect(claimsIn(text).map(({ status }) => status)).toEqual(['refuted']));
  }
});

describe('missed.md', () => {
  for (const { name, text } of blocks('missed.md')) {
    it.fails(name, () => expect(claimsIn(text).map(({ status }) => status)).toEqual(['refuted']));
  }
});

describe('inconclusive.md', () => {
  for (const { name, heading, text } of blocks('inconclusive.md')) {
    it(name, () => {
      const reason = heading.slice(heading.indexOf(': ') + 2).replaceAll('`', '');
      expect(claimsIn(text).map((claim) => `${claim.status}: ${claim.reason?.replaceAll('`', '')}`)).toEqual([`inconclusive: ${reason}`]);
    });
  }
});

it('gives the same answer to the same text', () => {
  const text = 'A : m×n\nx : n\nf = sum(tanh(A x))\ndf/dx = A\' (1 - tanh(A x).^2)';
  expect(claimsIn(text)).toEqual(claimsIn(text));
});
