// What an accessibility checker finds wrong with a page or a frame.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical violations, one line each. KaTeX's drawing is hidden from readers, its MathML is what they read. */
export async function seriousViolations(frame) {
  await frame.evaluate(SOURCE);
  const { violations } = await frame.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 4).map(({ html, any }) => `    ${html.slice(0, 160)} ${any.map(({ message }) => message).join('; ')}`).join('\n')}`);
}
