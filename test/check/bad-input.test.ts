import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import type { Surface } from '../../src/check/source.ts';
import { AROUND, BAD_MATHEMATICS } from '../syntax/bad-input.ts';

const SURFACES: readonly (readonly [keyof typeof AROUND, Surface])[] = [['markdown', 'markdown'], ['sentence', 'markdown'], ['latex', 'latex'], ['plain', 'plain'], ['notebook', 'notebook']];

describe.each(SURFACES)('in %s', (place, surface) => {
  it.each(BAD_MATHEMATICS)('%s hides no mistake behind it, and is at most hinted at', (_name, bad) => {
    const { text, diagnostics } = checkDocument(AROUND[place](bad), surface, { verify: true });
    for (const { span } of diagnostics) expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
    const errors = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
    expect(errors.filter(({ code }) => code === 'shape/product').map(({ span }) => text.slice(span.start, span.end))).toEqual(['M x']);
    if (surface !== 'plain') expect(errors.length).toBe(1);
  });
});

describe('what is said', () => {
  const said = (text: string, surface: Surface) => {
    const checked = checkDocument(text, surface, { verify: false });
    return checked.diagnostics.map(({ severity, message, span }) => `${severity} ${JSON.stringify(checked.text.slice(span.start, span.end))}: ${message}`);
  };

  it.each([
    ['x : n\ny = x\u200b', 'error "\u200b": `U+200B` cannot stand here.'],
    ['x : n\ny = x\0', 'error "\\u0000": `U+0000` cannot stand here.'],
    ['x : n\ny = \ud835x', 'error "\\ud835": `U+D835` cannot stand here.'],
    ['x : n\ny = (x', 'error "(": `(` is never closed.'],
    ['x : n\ny = x)', 'error ")": This could not be read.'],
  ])('of plain notation %j', (text, expected) => {
    expect(said(text, 'plain')).toEqual([expected]);
  });

  it('of a product of 100,000 factors, at once', () => {
    const text = `x : n\nA : n×n\nf = x' ${Array(100_000).fill('A').join(' ')} x\ndf/dx = 0\n`;
    const { diagnostics } = checkDocument(text, 'plain', { verify: true });
    expect(diagnostics.filter(({ code }) => code === 'syntax').map(({ message }) => message)).toEqual(['This expression is too long to be read.']);
  }, 20_000);

  it.each([
    ['$$\\newcommand{\\bad}{\\bad\\bad}$$\n\n$x = \\bad$', 'hint "\\\\bad": The macro `\\bad` expands without end.'],
    ['$x = \\frac{a}{b$', 'hint "{": `{` is never closed.'],
    ['$x = y}$', 'hint "}": `}` closes nothing.'],
  ])('of Markdown %j', (text, expected) => {
    expect(said(text, 'markdown')).toEqual([expected]);
  });
});
