import { describe, expect, it } from 'vitest';
import { staleness } from '../../scripts/install.mjs';

const LOCK = { packages: { '': { name: 'x' }, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } } };

describe('npm ci is run when node_modules', () => {
  it('is not there', () => expect(staleness(LOCK, null)).toBe('nothing is installed'));
  it('lacks a package', () => expect(staleness(LOCK, { packages: {} })).toBe('node_modules/a is missing'));
  it('has another version', () => {
    expect(staleness(LOCK, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe('node_modules/a is 1.0.1, not 1.0.0');
  });
});

describe('and not when it', () => {
  const installed = { packages: { 'node_modules/a': { version: '1.0.0' } } };
  it('has all, but for optional packages of other systems', () => expect(staleness(LOCK, installed)).toBeNull());
  it('has more than asked for', () => {
    expect(staleness(LOCK, { packages: { ...installed.packages, 'node_modules/c': { version: '1.0.0' } } })).toBeNull();
  });
});
