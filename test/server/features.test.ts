import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, DocumentSymbol, FoldingRange, Hover, InlayHint, TextEdit } from 'vscode-languageserver-protocol';
import { CLAIMS, type ClaimsResult, LAYOUT_EDIT, type LayoutEditResult, VERIFY_CLAIM, type VerifyClaimResult } from '../../src/protocol/lsp.ts';
import { type ClientSetup, startClient, type TestClient } from './client.ts';

const URI = 'file:///notes/lecture.deriv';

const LECTURE = `# Lecture

## As a column
layout denominator
x : n
M : m×n
c : m
y = M x
z = c' y
dz/dx = dy/dx dz/dy = M' c

## As a row
layout numerator
dz/dx = c' M
`;

const clients: TestClient[] = [];

async function opened(text: string, setup: ClientSetup = {}, uri = URI, languageId = 'derivation'): Promise<TestClient> {
  const made = await startClient(setup);
  clients.push(made);
  await made.open(uri, languageId, text);
  return made;
}

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
});

const at = (line: number, character: number) => ({ line, character });
const textDocument = { uri: URI };
const everywhere = { start: at(0, 0), end: at(999, 0) };

/** The text after edits, none of which overlap. */
function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: { readonly line: number; readonly character: number }) => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  const ordered = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return ordered.reduce((one, { range, newText }) => one.slice(0, offset(range.start)) + newText + one.slice(offset(range.end)), text);
}

describe('hover', () => {
  it('tells the shape, and where its dimensions come from', async () => {
    const { connection } = await opened(LECTURE);
    const hover = await connection.sendRequest<Hover>('textDocument/hover', { textDocument, position: at(7, 5) });
    expect(hover.contents).toEqual({ kind: 'markdown', value: '`M x` : **m×1**\n\n- `M` is m×n, declared by `M : m×n`\n- `x` is n×1, declared by `x : n`' });
    expect(hover.range).toEqual({ start: at(7, 4), end: at(7, 7) });
  });

  it('tells the verdict of a claim and its layout', async () => {
    const { connection, statusOf } = await opened(LECTURE);
    await statusOf(URI, ({ sections }) => sections.every(({ unchecked }) => unchecked === 0));
    const { contents } = await connection.sendRequest<Hover>('textDocument/hover', { textDocument, position: at(13, 0) });
    expect(JSON.stringify(contents)).toMatch(/`dz\/dx` : \*\*1×n\*\*.*Read in numerator layout \(gradient as row\): set by a layout directive\..*✓ verified < 1e-9/);
  });

  it('says nothing of a blank line', async () => {
    const { connection } = await opened(LECTURE);
    expect(await connection.sendRequest('textDocument/hover', { textDocument, position: at(1, 0) })).toBeNull();
  });
});

describe('code lenses', () => {
  const titles = (lenses: readonly CodeLens[]) => lenses.map(({ range, command }) => `${range.start.line} ${command?.title.replace(/(?:< )?\d+e-\d+/, 'e')}`);

  it('show verdicts once they are there', async () => {
    const { connection, statusOf } = await opened(LECTURE.replace("c' M\n", "2 c' M\n"));
    await statusOf(URI, ({ sections }) => sections.every(({ unchecked }) => unchecked === 0));
    const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
    expect(titles(lenses)).toEqual(['9 ✓ verified e', expect.stringMatching(/^13 ✗ step 1(?: is wrong|: factor\?)$/)]);
  });

  it.each([
    ["c' M\n", "-c' M\n", '✗ step 1: sign?'], ["dz/dy = M' c", 'dz/dy = M c', '✗ step 2: transpose?'],
    ['dy/dx dz/dy', 'dz/dy dy/dx', '✗ step 1: order?'], ["c' M\n", "c' M ⊙ c\n", '✗ step 1 is wrong'],
  ])('say which step is wrong and how: %s', async (right, wrong, title) => {
    const one = await opened(LECTURE.replace(right, wrong), { capabilities: { workspace: { codeLens: { refreshSupport: true } } } });
    await one.diagnosticsOf(URI, (found) => found.length > 0);
    const shown = async (): Promise<readonly string[]> => (await one.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument })).map(({ command }) => command?.title ?? '');
    await expect.poll(shown, { timeout: 20_000 }).toContain(title);
  });

  it('take a change of the convention for the slip that it is', async () => {
    const one = await opened("x : n\nM : m×n\nc : m\ny = M x\nL = c' y\ndL/dx = dy/dx dL/dy\ndL/dy = c\ndy/dx = M\n");
    const shown = async (): Promise<readonly string[]> => (await one.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument })).map(({ command }) => command?.title ?? '');
    await expect.poll(shown, { timeout: 20_000 }).toContain('✗ step 1: transpose?');
  });

  it('say the same of what is switched off in the text as of what is in the settings', async () => {
    const wrong = LECTURE.replace("M' c", 'M c');
    const capabilities = { workspace: { configuration: true } };
    const titleIn = async (text: string, severity: object) => {
      const one = await opened(text, { capabilities, settings: () => ({ severity }) });
      await one.statusOf(URI, ({ sections }) => sections.every(({ unchecked }) => unchecked === 0));
      const [lens] = await one.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
      return lens?.command?.title;
    };
    const inText = await titleIn(wrong.replace('layout denominator', 'layout denominator\noff shape/product'), {});
    expect(inText).toMatch(/^\? inconclusive/);
    expect(await titleIn(wrong, { 'shape/product': 'off' })).toBe(inText);
    expect(await titleIn(wrong, { 'shape/product': 'information' })).toMatch(/^✗ step 2/);
  });

  it('offer the steps to a derivative where the client can show them', async () => {
    const { connection } = await opened(LECTURE, { initializationOptions: { verifyCommand: true, stepsCommand: true } });
    const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
    expect(lenses.map(({ command }) => command?.command)).toEqual(['chainrule.verifyGradient', 'chainrule.showSteps', 'chainrule.verifyGradient', 'chainrule.showSteps']);
    expect(lenses[1]?.command).toMatchObject({ title: 'Show steps', arguments: [{ uri: URI, position: at(9, 0) }] });
  });

  it('tell of claims that a sentence makes', async () => {
    const client = await startClient();
    clients.push(client);
    const notes = { uri: 'file:///notes/a.md' };
    await client.open(notes.uri, 'markdown', 'Let $A \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$ and $f(x) = x^\\top A x$.\n\nThe gradient of $f$ is $(A + A^\\top) x$.\n');
    const { claims } = await client.connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument: notes, verify: true });
    expect(claims.map(({ text, status }) => [text, status])).toEqual([['(A + A^\\top) x', 'verified']]);
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: notes });
    expect(lenses[0]?.command?.title).toMatch(/^✓ verified/);
    const { claim } = await client.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument: notes, position: at(2, 5) });
    expect([claim?.status, claim?.of, claim?.steps[0]?.proved]).toEqual(['verified', 'f', true]);
  });

  it('tell of claims with shapes noted under their first side', async () => {
    const client = await startClient();
    clients.push(client);
    const notes = { uri: 'file:///notes/a.md' };
    await client.open(notes.uri, 'markdown', '$x \\in \\mathbb{R}^n$: $$L = x^\\top x, \\qquad \\underbrace{\\frac{\\partial L}{\\partial x}}_{n\\times 1} = 2 x$$\n');
    const { claims } = await client.connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument: notes, verify: true });
    expect(claims.map(({ text, status }) => [text, status])).toEqual([['\\underbrace{\\frac{\\partial L}{\\partial x}}_{n\\times 1} = 2 x', 'verified']]);
  });

  it('offer to verify where nobody did, and carry the command for a client that has it', async () => {
    const { connection } = await opened(LECTURE, { capabilities: { workspace: { configuration: true } }, settings: () => ({ verify: 'never' }), initializationOptions: { verifyCommand: true } });
    const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
    expect(lenses[0]?.command).toEqual({ title: 'Verify', command: 'chainrule.verifyGradient', arguments: [{ uri: URI, position: at(9, 0) }] });
  });
});

describe('inlay hints', () => {
  const settings = (inlayHints: object): ClientSetup => ({ capabilities: { workspace: { configuration: true } }, settings: () => ({ inlayHints }) });
  const hintsIn = async (text: string, setup?: ClientSetup) => {
    const { connection } = await opened(text, setup);
    return connection.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument, range: everywhere });
  };
  const partsOf = ({ label }: InlayHint) => (typeof label === 'string' ? [{ value: label, location: undefined }] : label);
  const shown = (hints: readonly InlayHint[]) => hints.map((hint) => [hint.position.line, hint.position.character, partsOf(hint).map(({ value }) => value).join('')]);

  it('show the shape of what is defined', async () => {
    expect(shown(await hintsIn(LECTURE))).toEqual([[7, 1, ': m×1'], [8, 1, ': 1×1']]);
  });

  it('are none where the shape is written', async () => {
    expect(await hintsIn('x : n\ny : n\ny = x\n')).toEqual([]);
  });

  it('are none behind the name of a function', async () => {
    const client = await startClient();
    clients.push(client);
    const notes = { uri: 'file:///notes/a.md' };
    await client.open(notes.uri, 'markdown', "Since $\\tanh' = 1 - \\tanh^2$ and $q = 1 - p^2$.\n");
    const hints = await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: notes, range: everywhere });
    expect(shown(hints).map(([, , text]) => text)).toEqual([': 1×1']);
  });

  it('lead from a dimension to where it is declared, and say why', async () => {
    const [hint] = await hintsIn(LECTURE);
    expect(partsOf(hint as InlayHint).map(({ value, location }) => [value, location?.range.start])).toEqual([[': ', undefined], ['m', at(5, 4)], ['×1', undefined]]);
    expect(hint?.tooltip).toMatchObject({ value: '`y` is m×1.\n\nInferred from its definition:\n\n- `M` is m×n, declared by `M : m×n`\n- `x` is n×1, declared by `x : n`' });
  });

  it('show the shapes of factors where that is set', async () => {
    expect(shown(await hintsIn(LECTURE, settings({ shapes: false, factors: true })))).toEqual([[9, 13, 'n×m'], [9, 19, 'm×1']]);
  });

  it('are as many of a line as an editor shows', async () => {
    const long = Array.from({ length: 20 }, () => 'dy/dx').join(' ');
    const hints = shown(await hintsIn(`layout numerator\nx : n\nM : n×n\ny = M x\ndy/dx = ${long}\n`, settings({ shapes: false, factors: true })));
    expect(hints.length).toBe(14);
    expect(hints.map(([, , text]) => text).join('').length).toBeLessThanOrEqual(43);
  });

  it('can be switched off', async () => {
    const { connection } = await opened(LECTURE, { capabilities: { workspace: { configuration: true } }, settings: () => ({ inlayHints: { shapes: false } }) });
    expect(await connection.sendRequest('textDocument/inlayHint', { textDocument, range: everywhere })).toEqual([]);
  });
});

describe('outline and folding', () => {
  const tree = (symbols: readonly DocumentSymbol[]): unknown[] => symbols.map(({ name, detail, children }) => (children?.length ? [`${name} ${detail}`.trim(), tree(children)] : `${name} ${detail}`.trim()));

  it('shows sections with what they declare, define and claim', async () => {
    const { connection } = await opened(LECTURE);
    const symbols = await connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    expect(tree(symbols)).toEqual([['Lecture', [['As a column', ['x n×1', 'M m×n', 'c m×1', 'y m×1', 'z 1×1', 'dz/dx']], ['As a row', ['dz/dx']]]]]);
  });

  it('folds sections', async () => {
    const { connection } = await opened(LECTURE);
    const folds = await connection.sendRequest<FoldingRange[]>('textDocument/foldingRange', { textDocument });
    expect(folds.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([[0, 13], [2, 9], [11, 13]]);
  });
});

describe('code actions', () => {
  const actionsIn = ({ connection }: TestClient, uri: string, only?: string[]) =>
    connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: everywhere, context: { diagnostics: [], ...(only === undefined ? {} : { only }) } });
  const editsOf = (action: CodeAction | undefined, uri: string) => action?.edit?.changes?.[uri] ?? [];

  it.each(["c M\n", "-c' M\n"])('mend what they promise to mend: %s', async (wrong) => {
    const text = LECTURE.replace("c' M\n", wrong);
    const one = await opened(text);
    const { diagnostics } = await one.diagnosticsOf(URI, (found) => found.length > 0);
    const [fix] = (await actionsIn(one, URI)).filter(({ isPreferred }) => isPreferred === true);
    expect(fix?.diagnostics?.[0]?.code).toBe(diagnostics[0]?.code);
    await one.change(URI, 2, { text: edited(text, editsOf(fix, URI)) });
    const { sections } = await one.statusOf(URI, ({ version, sections: [, second] }) => version === 2 && second?.unchecked === 0);
    expect(sections[1]?.verified).toBe(1);
  });

  const surfaces = [
    ['plain notation', 'file:///a.deriv', 'derivation', 'layout denominator\nx : n\nM : m×n\n\ny = x\n  + M x\n'],
    ['Markdown', 'file:///a.md', 'markdown', '# T\n\n<!-- chainrule: layout denominator; x : n; M : m×n -->\n\nSome words\n$$\ny = x + M x\n$$\n'],
    ['a paragraph of Markdown', 'file:///b.md', 'markdown', '<!-- chainrule: x : n; M : m×n -->\n\nSome words\nand $y = x + M x$.\n'],
    ['LaTeX', 'file:///a.tex', 'latex', '% chainrule: x : n; M : m×n\n\nWords.\n\\begin{equation}\ny = x + M x\n\\end{equation}\n'],
  ] as const;

  it.each(surfaces)('ignore a block of %s', async (_, uri, languageId, text) => {
    const one = await opened(text, {}, uri, languageId);
    await one.diagnosticsOf(uri, (found) => found.length > 0);
    const ignore = (await actionsIn(one, uri)).find(({ title }) => title === 'Ignore this block');
    await one.change(uri, 2, { text: edited(text, editsOf(ignore, uri)) });
    expect((await one.diagnosticsOf(uri, (_found, { version }) => version === 2)).diagnostics).toEqual([]);
  });

  it.each(surfaces)('ignore a file of %s', async (_, uri, languageId, text) => {
    const one = await opened(text, {}, uri, languageId);
    await one.diagnosticsOf(uri, (found) => found.length > 0);
    const ignore = (await actionsIn(one, uri)).find(({ title }) => title === 'Ignore this file');
    await one.change(uri, 2, { text: edited(text, editsOf(ignore, uri)) });
    expect((await one.diagnosticsOf(uri, (_found, { version }) => version === 2)).diagnostics).toEqual([]);
  });

  const suppressing = ['Ignore `shape/sum` in this block', 'Switch off `shape/sum` in this section'];
  it.each(surfaces.flatMap(([surface, ...rest]) => suppressing.map((title) => [title, surface, ...rest] as const)))('%s of %s', async (title, _, uri, languageId, text) => {
    const one = await opened(text, {}, uri, languageId);
    await one.diagnosticsOf(uri, (found) => found.some(({ code }) => code === 'shape/sum'));
    const action = (await actionsIn(one, uri)).find((each) => each.title === title);
    await one.change(uri, 2, { text: edited(text, editsOf(action, uri)) });
    expect((await one.diagnosticsOf(uri, (_found, { version }) => version === 2)).diagnostics).toEqual([]);
    expect((await one.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } })).length).toBeGreaterThan(0);
  });

  it('ignore one row of a display in LaTeX', async () => {
    const uri = 'file:///a.tex';
    const text = '% chainrule: M : m×n; N : p×q\n\n\\begin{align}\n  y &= M M \\\\\n  z &= N N\n\\end{align}\n\\begin{equation}\n  w = M M\n\\end{equation}\n';
    for (const [row, left] of [[3, [5]], [4, [3]]] as const) {
      const one = await opened(text.replace(/\\begin\{equation\}[^]*/, ''), {}, uri, 'latex');
      await one.diagnosticsOf(uri, (found) => found.length > 1);
      const range = { start: at(row, 9), end: at(row, 9) };
      const actions = await one.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } });
      const ignore = actions.find(({ title }) => title === 'Ignore `shape/product` in this row');
      await one.change(uri, 2, { text: edited(text.replace(/\\begin\{equation\}[^]*/, ''), editsOf(ignore, uri)) });
      expect((await one.diagnosticsOf(uri, (_found, { version }) => version === 2)).diagnostics.map(({ range: { start } }) => start.line)).toEqual(left);
    }
    const one = await opened(text, {}, uri, 'latex');
    await one.diagnosticsOf(uri, (found) => found.length > 0);
    const actions = await one.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: { start: at(7, 7), end: at(7, 7) }, context: { diagnostics: [] } });
    expect(actions.some(({ title }) => title.endsWith('in this row'))).toBe(false);
  });

  it('switch a rule off in the section alone', async () => {
    const text = `${LECTURE}y = M M\n\n## Another\ny = M M\n`;
    const one = await opened(text);
    await one.diagnosticsOf(URI, (found) => found.length > 1);
    const action = (await actionsIn(one, URI)).filter(({ title }) => title === 'Switch off `shape/product` in this section')[0];
    await one.change(URI, 2, { text: edited(text, editsOf(action, URI)) });
    expect((await one.diagnosticsOf(URI, (_found, { version }) => version === 2)).diagnostics.map(({ range }) => range.start.line)).toEqual([18]);
  });

  it('leave the settings of the workspace to the client, where it can change them', async () => {
    const one = await opened(LECTURE.replace("M' c", 'M c'), { initializationOptions: { severityCommand: true } });
    const action = (await actionsIn(one, URI)).find(({ title }) => title === 'Switch off `shape/product` in this workspace');
    expect(action?.command).toMatchObject({ command: 'chainrule.setSeverity', arguments: [{ uri: URI, code: 'shape/product', severity: 'off' }] });
    const other = await opened(LECTURE.replace("M' c", 'M c'));
    expect((await actionsIn(other, URI)).some(({ title }) => title.includes('workspace'))).toBe(false);
  });

  it('are none where the client wants other kinds', async () => {
    const one = await opened(LECTURE.replace("M' c", 'M c'));
    expect(await actionsIn(one, URI, ['refactor'])).toEqual([]);
    expect((await actionsIn(one, URI, ['quickfix'])).length).toBeGreaterThan(0);
  });

  it('name the version they were made for', async () => {
    const one = await opened(LECTURE.replace("M' c", 'M c'), { capabilities: { workspace: { workspaceEdit: { documentChanges: true } } } });
    const [action] = await actionsIn(one, URI);
    expect(action?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: URI, version: 1 } }]);
  });
});

describe('claims', () => {
  it('are listed, with their verdicts once they are asked for', async () => {
    const { connection } = await opened(LECTURE, { capabilities: { workspace: { configuration: true } }, settings: () => ({ verify: 'never' }) });
    const before = await connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument });
    expect(before.claims.map(({ section, layout, status }) => [section, layout, status])).toEqual([['As a column', 'denominator', 'unchecked'], ['As a row', 'numerator', 'unchecked']]);
    const after = await connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument, verify: true });
    expect(after.claims.map(({ status }) => status)).toEqual(['verified', 'verified']);
    expect(after.claims[1]?.latex).toMatch(/c\^\\top M/);
  });

  it('are shown with their steps, entries and shapes', async () => {
    const { connection } = await opened(LECTURE);
    const { claim, version } = await connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument, position: at(9, 10) });
    expect(version).toBe(1);
    expect(claim).toMatchObject({ uri: URI, of: 'z', wrt: 'x', status: 'verified', dimensions: ['n', 'm'], options: {} });
    expect(claim?.sides.map(({ text, shape }) => [text, shape])).toEqual([['dz/dx', 'n×1'], ['dy/dx dz/dy', 'n×1'], ["M' c", 'n×1']]);
    expect(claim?.steps.map(({ text, status, entries }) => [text, status, (entries?.claimed.length ?? 0) > 1])).toEqual([['dy/dx dz/dy', 'verified', true], ["M' c", 'verified', true]]);
    expect(claim?.steps.map(({ proved }) => proved)).toEqual([true, true]);
  });

  it('are found by a position beside them', async () => {
    const { connection } = await opened(LECTURE);
    const found = async (line: number) => (await connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument, position: at(line, 0) })).claim?.range.start.line;
    expect([await found(7), await found(12)]).toEqual([9, 13]);
  });

  it('are examined with the sizes that a person chose', async () => {
    const { connection } = await opened(LECTURE);
    const { claim } = await connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument, position: at(9, 0), options: { sizes: { n: 7 }, seed: 4 } });
    expect(claim?.steps[0]?.entries).toMatchObject({ rows: 7, cols: 1 });
    expect(claim?.options).toEqual({ sizes: { n: 7 }, seed: 4 });
  });

  it('come with the repair of a wrong step', async () => {
    const { connection } = await opened(LECTURE.replace("= M' c", "= 2 M' c"));
    const { claim } = await connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument, position: at(9, 0) });
    expect(claim?.status).toBe('refuted');
    expect(claim?.fixes.length).toBeGreaterThan(0);
  });
});

describe('the layout of a section', () => {
  const set = async (text: string, line: number, layout: string, uri = URI, languageId = 'derivation') => {
    const { connection } = await opened(text, {}, uri, languageId);
    const { edits } = await connection.sendRequest<LayoutEditResult>(LAYOUT_EDIT, { textDocument: { uri }, position: at(line, 0), layout });
    return edited(text, [...edits] as TextEdit[]);
  };

  it('is changed where it is set', async () => {
    expect(await set(LECTURE, 13, 'mixed')).toBe(LECTURE.replace('layout numerator', 'layout mixed'));
    expect(await set('gradient as row\nx : n\n', 1, 'auto')).toBe('layout auto\nx : n\n');
    expect(await set('gradient as row\nx : n\n', 1, 'denominator')).toBe('gradient as column\nx : n\n');
    expect(await set('x : n; layout mixed\n// layout auto\n', 0, 'numerator')).toBe('x : n; layout numerator\n// layout auto\n');
    expect(await set('A fence:\n\n```deriv\nlayout mixed\n```\n', 3, 'numerator', 'file:///a.md', 'markdown')).toBe('A fence:\n\n```deriv\nlayout numerator\n```\n');
  });

  it('is put below the heading where it is not set', async () => {
    expect(await set('# A\nx : n\n## B\ny : n\n', 1, 'mixed')).toBe('# A\nlayout mixed\nx : n\n## B\ny : n\n');
    expect(await set('# A\nx : n\n## B\nlayout mixed\n', 1, 'mixed')).toBe('# A\nlayout mixed\nx : n\n## B\nlayout mixed\n');
    expect(await set('# A', 0, 'mixed')).toBe('# A\nlayout mixed');
  });

  it('stands in a comment of Markdown and LaTeX', async () => {
    expect(await set('# A\n\nThe layout numerator is usual.\n', 2, 'mixed', 'file:///a.md', 'markdown')).toBe('# A\n<!-- chainrule: layout mixed -->\n\nThe layout numerator is usual.\n');
    expect(await set('# A\n<!-- chainrule: x : n; layout mixed -->\n', 1, 'numerator', 'file:///a.md', 'markdown')).toBe('# A\n<!-- chainrule: x : n; layout numerator -->\n');
    expect(await set('\\section{A}\n% chainrule: layout mixed\n', 1, 'numerator', 'file:///a.tex', 'latex')).toBe('\\section{A}\n% chainrule: layout numerator\n');
  });
});

describe('the evidence for a layout', () => {
  it('is counted in claims, of which a definition by a derivative is none', async () => {
    const one = await opened("x : n\nL = x' x\nδ = dL/dx\ndL/dx = 2 x\n");
    const { sections } = await one.statusOf(URI, (status) => status.sections.some(({ unchecked }) => unchecked === 0));
    expect(sections.map(({ evidence, verified }) => [evidence, verified])).toEqual([['1 of 1 claims fit it', 1]]);
  });
});

describe('a claim in another layout than the settings say', () => {
  it('is wrong for the status bar as it is for the lens', async () => {
    const one = await opened('x : n\nA : m×n\ny = A x\ndy/dx = A\n', { capabilities: { workspace: { configuration: true } }, settings: () => ({ layout: 'denominator' }) });
    const { sections } = await one.statusOf(URI, (status) => status.sections.some(({ unchecked }) => unchecked === 0));
    expect(sections.map(({ refuted, inconclusive }) => [refuted, inconclusive])).toEqual([[1, 0]]);
  });
});
