import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AROUND, BAD_MATHEMATICS, FILES } from '../syntax/bad-input.ts';
import { startClient, type TestClient } from './client.ts';

const LANGUAGES = { markdown: 'markdown', sentence: 'markdown', latex: 'latex', plain: 'derivation' } as const;
let one: TestClient;

beforeAll(async () => {
  one = await startClient();
});


afterAll(() => one.close());

/** One server sees all bad texts, one after the other, each typed into the document that was open before, in four documents side by side. */
describe.concurrent.each(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])('in %s, edited from one to the next', (place) => {
  it('the mistake behind what is bad is always told', async () => {
    const uri = `file:///bad/${place}.${FILES[place]}`;
    await one.open(uri, LANGUAGES[place], AROUND[place]('a = b'));
    let version = 1;
    for (const [name, bad] of BAD_MATHEMATICS) {
      version++;
      await one.change(uri, version, { text: AROUND[place](bad) });
      const { diagnostics } = await one.diagnosticsOf(uri, (found, published) => published.version === version && found.some(({ code }) => code === 'shape/product'));
      expect([name, diagnostics.filter(({ code }) => code === 'shape/product').length]).toEqual([name, 1]);
    }
  });
});
