import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCli, type Cli } from './cli.ts';

const ROOT = join(import.meta.dirname, '../..');

let cli: Cli;
beforeAll(() => {
  cli = builtCli();
});
afterAll(() => cli.remove());

/** The fenced blocks of a page, in their order. */
function blocksOf(file: string): string[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block]) => block as string);
}

/** What is said, without the line of counts at its end. */
async function said(args: readonly string[], stdin: string): Promise<string> {
  const { out } = await cli.run(args, { stdin });
  return out.replace(/\n[^\n]*\n$/, '');
}

function withoutFigures(text: string): string {
  const number = String.raw`-?\d+(?:\.\d+)?(?:e-?\d+)?`;
  return text.replace(new RegExp(`\\(${number}, ${number}\\)|${number}`, 'g'), '#');
}

describe('the readme shows what Chainrule says, in these words', () => {
  const [lecture, forgotten, loss, refuted] = blocksOf('README.md') as [string, string, string, string];
  const check = (name: string) => ['check', '--verify', '-', '--stdin-path', name];
  it('of the lecture: nothing', async () => {
    expect(await said(check('lecture.deriv'), lecture)).toMatch(/^✓ [^\n]*\n$/);
  });
  it('of the forgotten transpose', async () => {
    expect(lecture).toContain("= M' c\n");
    expect(await said(check('lecture.deriv'), lecture.replace("= M' c\n", '= M c\n'))).toContain(forgotten);
  });
  // Which entry is the worst depends on the points that are drawn.
  it('of the wrong sign', async () => expect(withoutFigures(await said(check('loss.deriv'), loss))).toContain(withoutFigures(refuted)));
  it('of verify', async () => {
    const [, ...shown] = (blocksOf('README.md').find((block) => block.startsWith('$ chainrule verify')) as string).split('\n');
    expect(await said(['verify', '-', '--stdin-path', 'loss.deriv'], loss)).toBe(shown.join('\n'));
  });
  it('of derive', async () => {
    const [command, answer] = (blocksOf('README.md').find((block) => block.startsWith('$ chainrule derive')) as string).split('\n');
    expect(command).toBe(`$ chainrule derive "x' A x" --wrt x --given 'A : n×n; x : n'`);
    expect((await cli.run(['derive', "x' A x", '--wrt', 'x', '--given', 'A : n×n; x : n'])).out).toBe(`${answer}\n`);
  });
  it('and the usage of every command', async () => {
    const usages = blocksOf('README.md').find((block) => block.startsWith('chainrule check')) as string;
    const { out } = await cli.run(['--help']);
    for (const usage of usages.trimEnd().split('\n')) expect(out).toContain(`  ${usage}\n`);
  });
});
