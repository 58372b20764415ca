import { describe, expect, test } from 'vitest';
import { targetOf, typedTarget } from '../../src/panel/claims-list.tsx';
import { countByStatus, filterClaims, firstOf, steadyKeys } from '../../src/panel/filter-claims.ts';
import { FIRST_LOOKS, readLooks } from '../../src/panel/looks.ts';
import { toleranceChoices, withLayout, withMethod, withSeed, withSize, withTolerance } from '../../src/panel/verify-options.ts';
import { FIRST_VIEW, nextView, type Shown } from '../../src/panel/view.ts';
import type { ListedClaim, ShownClaim } from '../../src/protocol/lsp.ts';
import { readHostMessage } from '../../src/protocol/panel.ts';
import * as made from './messages.ts';

const shown = (message: unknown): Shown => {
  const read = readHostMessage(message);
  if (read?.kind !== 'show') throw new Error('the made-up message is not one of the protocol');
  return read;
};

const VERIFIED = shown(made.show(made.claim()));
const WRONG = shown(made.show(made.wrongClaim()));
const CLAIMS = VERIFIED.claims;

describe('the view', () => {
  test('a wrong claim begins at its wrong step', () => {
    expect(nextView(FIRST_VIEW, WRONG).step).toBe(1);
    expect(nextView(FIRST_VIEW, VERIFIED).step).toBe(0);
  });

  test('the reader’s step stays while the claim and its outcome do', () => {
    const chosen = nextView(nextView(FIRST_VIEW, WRONG), { kind: 'step', step: 0 });
    expect(nextView(chosen, { ...WRONG, pinned: true }).step).toBe(0);
    expect(nextView(nextView(chosen, VERIFIED), WRONG).step).toBe(1);
  });

  test('a step that is no longer there gives way to the last one', () => {
    const chosen = nextView(nextView(FIRST_VIEW, VERIFIED), { kind: 'step', step: 1 });
    const selected = VERIFIED.selected as ShownClaim;
    expect(nextView(chosen, { ...VERIFIED, selected: { ...selected, steps: selected.steps.slice(0, 1) } }).step).toBe(0);
  });

  test('a failure ends the work and goes with the next answer', () => {
    const busy = nextView(FIRST_VIEW, { kind: 'busy', running: true, what: 'Verifying' });
    expect(busy.busy).toBe('Verifying');
    const failed = nextView(busy, { kind: 'failed', message: 'no' });
    expect([failed.busy, failed.failure]).toEqual([null, 'no']);
    expect(nextView(failed, VERIFIED).failure).toBeNull();
  });
});

describe('the claims list', () => {
  const texts = (query: string, only: (typeof FIRST_LOOKS)['only'] = 'all') => filterClaims(CLAIMS, { query, only }).flatMap(({ claims }) => claims.map(({ text }: ListedClaim) => text));

  test('it filters by text, by section and by status', () => {
    expect(texts('dl/d')).toEqual(["dL/dW = dL/dz a'", 'dL/db = dL/dz']);
    expect(texts('relu')).toEqual(['df/dz = diag(Ind(z_i > 0))']);
    expect(texts('', 'refuted')).toEqual(["dL/dW = dL/dz a'"]);
    expect(texts('relu', 'refuted')).toEqual([]);
  });

  test.each([['d', 0, 1], ['d', 4, 0], ['dl', 0, 2], ['dl/db', 2, 3], ['bb', 0, 3], ['xq', 0, null], ['z_i', 0, 4], ['DF', 1, 4], [' ', 0, null]])('typing %j at %i leads to %j', (typed, active, to) => {
    expect(typedTarget(typed, active, CLAIMS)).toBe(to);
  });

  test('a claim keeps its name while its place changes, and two with the same words have two', () => {
    const moved = CLAIMS.map((claim) => ({ ...claim, range: { start: { line: claim.range.start.line + 1, character: 0 }, end: claim.range.end } }));
    expect(steadyKeys(moved)).toEqual(steadyKeys(CLAIMS));
    const twice = steadyKeys([...CLAIMS, ...CLAIMS]);
    expect(new Set(twice).size).toBe(twice.length);
  });

  test('claims of one section stand together, and a title that comes again stands twice', () => {
    const [one, other] = [CLAIMS[0] as ListedClaim, CLAIMS[2] as ListedClaim];
    expect(filterClaims([one, one, other, one], FIRST_LOOKS).map(({ section, claims }) => [section, claims.length])).toEqual([[one.section, 2], [other.section, 1], [one.section, 1]]);
  });

  test('the first claims of a list are those of its first groups', () => {
    const groups = filterClaims(CLAIMS, FIRST_LOOKS);
    for (const count of [0, 1, 2, 3, 4, 5, 9]) expect(firstOf(groups, count).flatMap(({ claims }) => claims)).toEqual(CLAIMS.slice(0, count));
    expect(firstOf(groups, 1)).toHaveLength(1);
  });

  test('each status is counted', () => {
    expect(countByStatus(CLAIMS)).toEqual({ all: 5, refuted: 1, inconclusive: 1, verified: 2, unchecked: 1 });
  });

  test.each([['ArrowDown', 0, 1], ['ArrowDown', 4, 4], ['ArrowDown', -1, 0], ['ArrowUp', 0, 0], ['ArrowUp', -1, 0], ['Home', 3, 0], ['End', 0, 4], ['x', 0, null]])('%s from %i leads to %s', (key, from, to) => {
    expect(targetOf(key, from, 5)).toBe(to);
  });
});

describe('what is kept over a reload', () => {
  test('looks are read back', () => {
    const looks = { query: 'dL', only: 'refuted', scroll: 12, open: ['graph'] };
    expect(readLooks({ uri: 'x', looks })).toEqual(looks);
  });

  test.each([undefined, null, 'x', {}, { looks: { query: 1, only: 'all', scroll: 0 } }, { looks: { query: '', only: 'none', scroll: 0 } }, { looks: { query: '', only: 'all', scroll: -1 } }])('%j gives the first looks', (kept) => {
    expect(readLooks(kept)).toEqual(FIRST_LOOKS);
  });
});

describe('the options of a check', () => {
  const options = { seed: 3, sizes: { m: 4 } };

  test('a size is set, and taken away by a field that holds no count', () => {
    expect(withSize(options, 'n', '784')).toEqual({ seed: 3, sizes: { m: 4, n: 784 } });
    for (const written of ['', '0', '-1', '2.5', '1e3', 'x']) expect(withSize(options, 'm', written)).toEqual({ seed: 3, sizes: {} });
  });

  test('seed, tolerance and layout', () => {
    expect(withSeed(options, '12').seed).toBe(12);
    expect(withTolerance(options, '0.001')).toEqual({ ...options, tolerance: 0.001 });
    expect(withTolerance({ ...options, tolerance: 1 }, '')).toEqual(options);
    expect(withSeed(options, '')).toEqual({ sizes: { m: 4 } });
    expect(toleranceChoices({ tolerance: 2e-7 }).slice(1, 5)).toEqual([1e-8, 1e-7, 2e-7, 1e-6]);
    expect(withLayout(options, 'numerator')).toEqual({ ...options, layout: 'numerator' });
    expect(withLayout({ ...options, layout: 'numerator' }, '')).toEqual(options);
    expect(withMethod(withMethod(options, 'directions'), 'entries')).toEqual({ ...options, method: 'entries' });
    expect(withMethod({ ...options, method: 'entries' }, '')).toEqual(options);
  });
});
