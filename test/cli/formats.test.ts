import { describe, expect, it } from 'vitest';
import type { CheckedFile } from '../../src/cli/check-file.ts';
import { formatGithub } from '../../src/cli/format-github.ts';
import { formatPretty, windowOf } from '../../src/cli/format-pretty.ts';
import { formatSarif } from '../../src/cli/format-sarif.ts';
import { summarize } from '../../src/cli/summarize.ts';
import { DIAGNOSTIC_CODES, type Diagnostic, type FileReport } from '../../src/protocol/report.ts';

function range(line: number, start: number, end: number, lastLine = line) {
  return { start: { line, character: start }, end: { line: lastLine, character: end } };
}

const PRODUCT: Diagnostic = {
  code: 'shape/product', severity: 'error', message: '`A x` does not fit.', range: range(2, 4, 7),
  related: [{ message: '`A` is n×m, declared here', range: range(0, 0, 7) }],
  fixes: [{ title: "`A' x` would be m×1", edits: [{ range: range(2, 5, 5), newText: "'" }] }],
};
const MIXED: Diagnostic = { code: 'layout/mixed', severity: 'warning', message: '100 % other, layout: now', range: range(0, 0, 2, 1), related: [], fixes: [] };
const HINT: Diagnostic = { code: 'name/undeclared', severity: 'hint', message: '`q` has no shape.', range: range(1, 0, 1), related: [], fixes: [] };
const LINES = ['A : n×m', 'x : n', 'y = A x + b'];

function report(diagnostics: readonly Diagnostic[], path = 'notes, a.deriv'): FileReport {
  return { path, diagnostics, equations: [], coverage: { mathBlocks: 1, read: 1, partlyRead: 0, unread: 0 } };
}

// ---- for people

describe('pretty', () => {
  const pretty = (diagnostics: readonly Diagnostic[], { lines = LINES, width = 100, colours = false } = {}) => {
    const file: CheckedFile = { report: report(diagnostics), lines: () => lines };
    return formatPretty([file], summarize([file.report], 3), { colours, width });
  };
  it('reads like this', () => {
    expect(pretty([PRODUCT, MIXED, HINT])).toBe(`\
error[shape/product]: \`A x\` does not fit.
  notes, a.deriv:3:5
   3 | y = A x + b
     |     ^^^
   1 | A : n×m    \`A\` is n×m, declared here
  help: \`A' x\` would be m×1

warning[layout/mixed]: 100 % other, layout: now
  notes, a.deriv:1:1
   1 | A : n×m
     | ^^^^^^^ … to line 2

hint[name/undeclared]: \`q\` has no shape. (notes, a.deriv:2:1)

1 file: 1 error, 1 warning, 1 hint (3 ms)
`);
  });
  it('does not bury the rest below hints', () => {
    const lines = pretty([...Array.from({ length: 21 }, () => HINT), PRODUCT]).split('\n');
    expect(lines[0]).toContain('error[shape/product]');
    expect(lines.filter((line) => line.startsWith('hint['))).toHaveLength(20);
    expect(lines).toContain('… and 1 hint more in notes, a.deriv; --format json has them all');
    expect(pretty(Array.from({ length: 20 }, () => HINT))).not.toContain('…');
  });
  it('adds what is said of the marked range itself as a note', () => {
    const note = { message: 'by hand: at x = 2 it gives 3', range: PRODUCT.range };
    expect(pretty([{ ...PRODUCT, related: [note] }])).toContain('     |     ^^^\n  note: by hand: at x = 2 it gives 3\n  help: ');
  });
  it('offers no help where several repairs fit', () => {
    const fixes = [...PRODUCT.fixes, { title: "`A x'`", edits: [] }];
    expect(pretty([{ ...PRODUCT, fixes }])).not.toContain('help');
  });
  it('puts the carets below the range, whatever the characters before it are wide', () => {
    const caretsUnder = (line: string, start: number, end: number) => pretty([{ ...MIXED, range: range(0, start, end) }], { lines: [line] }).split('\n').slice(2, 4);
    expect(caretsUnder('x̂ = Ax', 5, 7)).toEqual(['   1 | x̂ = Ax', '     |     ^^']);
    expect(caretsUnder('梯度 Ax', 3, 5)).toEqual(['   1 | 梯度 Ax', '     |      ^^']);
    expect(caretsUnder('\ty = A x', 5, 8)).toEqual(['   1 |   y = A x', '     |       ^^^']);
    expect(caretsUnder('𝐱 = Ax', 5, 7)).toEqual(['   1 | 𝐱 = Ax', '     |     ^^']);
    expect(caretsUnder('y =', 3, 3)).toEqual(['   1 | y =', '     |    ^']);
  });
  it('sends no control characters of a document to the terminal', () => {
    expect(pretty([{ ...MIXED, range: range(0, 0, 1) }], { lines: ['x\x1b[31m\x07 = y'] })).not.toMatch(/(?!\n)\p{Cc}/u);
  });
  it('colours only when asked', () => {
    expect(pretty([PRODUCT], { colours: true })).toContain('\x1b[31merror[shape/product]\x1b[0m');
    expect(pretty([PRODUCT])).not.toContain('\x1b');
  });
});

describe('a long line is cut around its range', () => {
  const line = `${'a'.repeat(200)}RANGE${'b'.repeat(200)}`;
  it('on both sides', () => {
    const { before, marked, after } = windowOf(line, 200, 205, 60);
    expect(marked).toBe('RANGE');
    expect(before).toMatch(/^…a+$/);
    expect(after).toMatch(/^b+…$/);
    expect((before + marked + after).length).toBeLessThanOrEqual(60);
  });
  it('on the right only, where the range is near the left', () => {
    const { before, after } = windowOf(line.slice(198), 2, 7, 60);
    expect(before).toBe('aa');
    expect(after).toMatch(/…$/);
  });
  it('and so is a long range', () => {
    const { marked } = windowOf('c'.repeat(500), 0, 500, 60);
    expect(marked).toMatch(/^c+…$/);
    expect(marked.length).toBeLessThanOrEqual(60);
  });
  it('never within a character', () => {
    const parts = Object.values(windowOf('𝐱'.repeat(200), 100, 102, 41));
    expect(parts.join('')).not.toMatch(/\p{Cs}/u);
  });
  it('not at all where it fits', () => expect(windowOf('y = A x', 4, 7, 60)).toEqual({ before: 'y = ', marked: 'A x', after: '' }));
});

// ---- for GitHub

describe('github', () => {
  it('marks the range, and escapes what the syntax would take for its own', () => {
    expect(formatGithub([report([PRODUCT, MIXED, HINT])])).toBe(
      '::error file=notes%2C a.deriv,line=3,endLine=3,col=5,endColumn=8,title=shape/product::`A x` does not fit.\n' +
        '::warning file=notes%2C a.deriv,line=1,endLine=2,title=layout/mixed::100 %25 other, layout: now\n',
    );
  });
  it('says the cell of a notebook, whose lines are not those of the file', () => {
    expect(formatGithub([report([{ ...MIXED, cell: 4 }], 'a.ipynb')])).toBe('::warning file=a.ipynb,title=layout/mixed::100 %25 other, layout: now (cell 5, line 1)\n');
  });
});

// ---- for code scanning

type Json = Readonly<Record<string, unknown>>;

const sarif = (files: readonly FileReport[], cwd = '/work') => JSON.parse(formatSarif(files, cwd)) as { readonly runs: readonly [Json] } & Json;

/** What the SARIF 2.1.0 specification demands of a log like ours, as `where: what`. */
function violations(log: Json): string[] {
  const wrong: string[] = [];
  const demand = (holds: boolean, where: string, what: string) => void (holds || wrong.push(`${where}: ${what}`));
  demand(log['version'] === '2.1.0', 'log', 'version');
  for (const run of log['runs'] as Json[]) {
    const driver = (run['tool'] as Json)['driver'] as Json;
    const rules = driver['rules'] as Json[];
    demand(typeof driver['name'] === 'string' && driver['name'] !== '', 'driver', 'a name');
    demand(new Set(rules.map(({ id }) => id)).size === rules.length, 'rules', 'ids are unique');
    const bases = run['originalUriBaseIds'] as Record<string, { uri: string }>;
    for (const [id, { uri }] of Object.entries(bases)) demand(URL.canParse(uri) && uri.endsWith('/'), id, 'an absolute URI that ends with /');
    for (const result of run['results'] as Json[]) checkResult(result, rules, bases, demand);
  }
  return wrong;
}

function checkResult(result: Json, rules: readonly Json[], bases: Json, demand: (holds: boolean, where: string, what: string) => void): void {
  demand(rules[result['ruleIndex'] as number]?.['id'] === result['ruleId'], 'result', 'ruleIndex points at ruleId');
  demand(['none', 'note', 'warning', 'error'].includes(result['level'] as string), 'result', 'a level');
  demand(((result['message'] as Json)['text'] as string).length > 0, 'result', 'a message');
  const related = (result['relatedLocations'] ?? []) as Json[];
  demand(related.every(({ id }) => Number.isInteger(id) && (id as number) >= 0) && new Set(related.map(({ id }) => id)).size === related.length, 'relatedLocations', 'ids');
  const places = [...(result['locations'] as Json[]), ...related].map(({ physicalLocation }) => physicalLocation as Json);
  const changes = ((result['fixes'] ?? []) as Json[]).flatMap((fix) => fix['artifactChanges'] as Json[]);
  for (const { artifactLocation } of [...places, ...changes]) {
    const { uri, uriBaseId } = artifactLocation as { uri: string; uriBaseId?: string };
    demand(uriBaseId === undefined ? URL.canParse(uri) : Object.hasOwn(bases, uriBaseId) && !uri.startsWith('/'), 'artifactLocation', `a URI, not ${uri}`);
    demand(!/[ ,]|%(?![0-9A-F]{2})/.test(uri.replaceAll('%2C', '')), 'artifactLocation', `escaped: ${uri}`);
  }
  const regions = [...places.map(({ region }) => region), ...changes.flatMap(({ replacements }) => (replacements as Json[]).map(({ deletedRegion }) => deletedRegion))];
  for (const region of regions.filter((one) => one !== undefined) as Record<string, number>[]) {
    const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = region;
    demand(startLine >= 1 && startColumn >= 1, 'region', 'counts from 1');
    demand(endLine > startLine || (endLine === startLine && endColumn >= startColumn), 'region', 'ends after it starts');
  }
}

describe('sarif', () => {
  const files = [report([PRODUCT, MIXED, HINT]), report([{ ...PRODUCT, cell: 2, related: [{ message: 'declared here', range: range(0, 0, 7), cell: 1 }] }], 'a.ipynb'), report([MIXED], '../up.md'), report([MIXED], '/else/where.md'), report([MIXED], '<stdin>')];
  it('is what the specification demands', () => expect(violations(sarif(files))).toEqual([]));
  it('and what it demands is looked at', () => {
    const broken = formatSarif(files, '/work').replace('"ruleIndex": 3', '"ruleIndex": 4').replace('"startLine": 3', '"startLine": 0').replace('notes%2C%20a', 'notes, a');
    expect(violations(JSON.parse(broken))).toEqual([expect.stringContaining('ruleIndex'), expect.stringContaining('escaped'), expect.stringContaining('counts from 1')]);
  });
  it('has a rule with help for every code', () => {
    const { rules } = (sarif([]).runs[0]['tool'] as { driver: { rules: { id: string; help: { text: string }; shortDescription: { text: string } }[] } }).driver;
    expect(rules.map(({ id }) => id)).toEqual([...DIAGNOSTIC_CODES]);
    for (const { id, help, shortDescription } of rules) {
      expect(help.text).toContain(`# ${id}`);
      expect(shortDescription.text).not.toBe(id);
    }
  });
  it('has the rules’ default levels', () => {
    const rules = (sarif([]).runs[0]['tool'] as { driver: { rules: { id: string; defaultConfiguration: { level: string } }[] } }).driver.rules;
    const levels = Object.fromEntries(rules.map(({ id, defaultConfiguration }) => [id, defaultConfiguration.level]));
    expect(levels).toMatchObject({ 'shape/product': 'error', 'layout/mixed': 'warning', 'shape/broadcast': 'note', 'name/undeclared': 'note' });
  });
  it('counts from 1, carries fixes, and names paths from the folder it ran in', () => {
    const [first] = sarif(files).runs[0]['results'] as Json[];
    expect(first).toMatchObject({
      ruleId: 'shape/product', level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'notes%2C%20a.deriv', uriBaseId: 'SRCROOT' }, region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 8 } } }],
      fixes: [{ artifactChanges: [{ replacements: [{ deletedRegion: { startLine: 3, startColumn: 6 }, insertedContent: { text: "'" } }] }] }],
    });
  });
  it('gives a notebook’s place by its cell, not by lines the file does not have', () => {
    const result = (sarif(files).runs[0]['results'] as Json[])[3] as Json;
    expect(result['locations']).toMatchObject([{ logicalLocations: [{ name: 'cell 3', fullyQualifiedName: 'cell 3, line 3' }] }]);
    expect(JSON.stringify(result)).not.toContain('region');
  });
});
