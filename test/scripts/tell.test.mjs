import { describe, expect, it } from 'vitest';
import { lastLines, run } from '../../scripts/tell.mjs';

describe('run', () => {
  it('answers status and output', async () => {
    const ended = await run(process.execPath, ['-e', 'console.log("a"); console.error("b"); process.exitCode = 3'], { quiet: true });
    expect(ended.status).toBe(3);
    expect(ended.output.split('\n').sort()).toEqual(['', 'a', 'b']);
  });
  it('of a program that is not there says so instead of throwing', async () => {
    const { status, output } = await run('no-such-program-of-chainrule', [], { quiet: true });
    expect(status).toBe(127);
    expect(output).toContain('no-such-program-of-chainrule');
  });
});

describe('lastLines', () => {
  it('are what a message has room for', () => expect(lastLines('a\nb\nc\n\n', 2)).toBe('b\nc'));
  it('of little are all', () => expect(lastLines('a\n', 15)).toBe('a'));
});
