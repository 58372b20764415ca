import { afterAll, expect, it } from 'vitest';
import { AROUND, BAD_MATHEMATICS, FILES } from '../syntax/bad-input.ts';
import { builtCli, reportOf, temporaryFolder } from './cli.ts';

const cli = builtCli();
const places = Object.keys(AROUND) as (keyof typeof AROUND)[];
const files = Object.fromEntries(BAD_MATHEMATICS.flatMap(([, bad], at) => places.map((place) => [`${String(at).padStart(2, '0')}-${place}.${FILES[place]}`, AROUND[place](bad)])));
const others = {
  'not-json.ipynb': '{ "cells": [ { ',
  'no-cells.ipynb': '[1, 2]',
  'odd-cells.ipynb': '{"cells": [null, 3, {"cell_type": "markdown"}, {"cell_type": "markdown", "source": [1, null, "$x$"]}]}',
  'inputs.tex': '\\input{nowhere} \\input{../../outside} \\include{/etc/passwd} \\input{inputs} $x$\n',
  'mixed.md': '\ufeff$x = y$\r\n\n$$\r\na = b\n$$\r\rlast $c$',
  'nothing.md': '',
  'bytes.md': new Uint8Array([0xff, 0xfe, 0x00, 0x24, 0x78, 0xd8, 0x00, 0x24]),
  'bytes.deriv': new Uint8Array(256).map((_, at) => at),
};
const folder = temporaryFolder({ ...files, ...others });

afterAll(() => {
  cli.remove();
  folder.remove();
});

it('every bad file has its place in the report, and the mistake behind what is bad is found in each', async () => {
  const ended = await cli.run(['check', '.', '--format', 'json'], { cwd: folder.path });
  expect(ended.err).toBe('');
  expect(ended.status).toBe(1);
  const report = reportOf(ended);
  expect(report.files.map(({ path }) => path).sort()).toEqual(Object.keys({ ...files, ...others }).sort());
  for (const { path, diagnostics } of report.files.filter(({ path }) => path in files)) {
    // JSON spells a zero; anywhere else it tells that the file is no text.
    const isText = !files[path]?.includes('\0');
    expect([path, diagnostics.filter(({ code }) => code === 'shape/product').length]).toEqual([path, isText ? 1 : 0]);
    if (!isText) expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringMatching(/^The file is not text: byte \d+ is zero\.$/)]);
  }
  const said = (path: string) => report.files.find((file) => file.path === path)?.diagnostics.map(({ message, range }) => `${range.start.line}:${range.start.character} ${message}`);
  expect(said('not-json.ipynb')).toEqual(['0:14 This is no notebook: it is no JSON from here on.']);
  expect(said('no-cells.ipynb')).toEqual(['0:0 This is no notebook: it has no list of cells.']);
  expect(said('odd-cells.ipynb')).toEqual([]);
  expect(said('inputs.tex')).toEqual([
    '0:0 `nowhere` could not be read.',
    '0:16 `../../outside` is missing or lies outside the workspace, and is not read.',
    '0:38 `/etc/passwd` lies outside the workspace and is not read.',
  ]);
  expect(said('mixed.md')).toEqual([]);
});
