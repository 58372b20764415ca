import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { checkDocument, type Surface } from '../../src/check/check-document.ts';
import { STEPS, type StepsResult } from '../../src/protocol/lsp.ts';
import { startClient, type TestClient } from './client.ts';

// What an editor offers for a derivative, in every surface, layout and kind of formula, through the protocol: taken, and then checked as a document of its own.

/** One server for all documents, so that what one of them waits for another can use. */
let client: TestClient;
let documents = 0;

beforeAll(async () => {
  client = await startClient({ initializationOptions: { stepsCommand: true } });
});

afterAll(() => client.close());

const LAYOUTS = ['denominator', 'numerator', 'mixed'] as const;
type Layout = (typeof LAYOUTS)[number];

/** A function, its derivative as it is asked for, and a side of it that is wrong, each in both notations. */
interface Subject {
  readonly name: string;
  readonly plain: readonly string[];
  readonly latex: readonly string[];
  readonly asked: readonly [plain: string, latex: string];
  readonly layouts: readonly Layout[];
  /** A side of the right shape that is not the derivative, by layout. */
  readonly wrong: (layout: Layout) => readonly [plain: string, latex: string];
}

const SUBJECTS: readonly Subject[] = [
  {
    name: 'a gradient by a vector', layouts: LAYOUTS,
    plain: ['A : m×n; x : n; b : m', 'L = ||A x - b||^2'],
    latex: ['A \\in \\mathbb{R}^{m\\times n}', 'x \\in \\mathbb{R}^n', 'b \\in \\mathbb{R}^m', 'L = \\|A x - b\\|^2'],
    asked: ['dL/dx', '\\frac{\\partial L}{\\partial x}'],
    wrong: (layout) => (layout === 'numerator' ? ["7 x'", '7 x^\\top'] : ['7 x', '7 x']),
  },
  {
    name: 'a Jacobian with a part that gets a name', layouts: LAYOUTS,
    plain: ['W : m×n; x : n', 'y = softmax(W x)'],
    latex: ['W \\in \\mathbb{R}^{m\\times n}', 'x \\in \\mathbb{R}^n', 'y = \\operatorname{softmax}(W x)'],
    asked: ['dy/dx', '\\frac{\\partial y}{\\partial x}'],
    wrong: (layout) => (layout === 'denominator' ? ["7 W'", '7 W^\\top'] : ['7 W', '7 W']),
  },
  {
    name: 'a gradient by a matrix, in words of its section', layouts: ['numerator'],
    plain: ['X : N×d; w : d; y : N; B : d×d', 'r = y - X B w', 'l = log(1 + ||X B w - y||^2)'],
    latex: ['X \\in \\mathbb{R}^{N\\times d}', 'w \\in \\mathbb{R}^d', 'y \\in \\mathbb{R}^N', 'B \\in \\mathbb{R}^{d\\times d}', 'r = y - X B w', '\\ell = \\log(1 + \\|X B w - y\\|^2)'],
    asked: ['dl/dB', '\\frac{\\partial \\ell}{\\partial B}'],
    wrong: (layout) => (layout === 'numerator' ? ["7 B'", '7 B^\\top'] : ['7 B', '7 B']),
  },
  {
    name: 'symbols of macros', layouts: ['denominator'],
    plain: ['W : m×n; x : n; t : m', 'E = 1/2 ||tanh(W x) - t||^2'],
    latex: ['\\W \\in \\R^{m\\times n}', '\\vx \\in \\R^n', '\\vt \\in \\R^m', '\\mathcal{E} = \\frac12 \\|\\tanh(\\W \\vx) - \\vt\\|^2'],
    asked: ['dE/dx', '\\pp{\\mathcal{E}}{\\vx}'],
    wrong: (layout) => (layout === 'numerator' ? ["7 x'", '7 \\vx^\\top'] : ['7 x', '7 \\vx']),
  },
];

const MACROS = '\\newcommand{\\W}{\\mathbf{W}}\\newcommand{\\vx}{\\mathbf{x}}\\newcommand{\\vt}{\\mathbf{t}}\\newcommand{\\R}{\\mathbb{R}}\\newcommand{\\pp}[2]{\\frac{\\partial #1}{\\partial #2}}';

/** Formulas in which the derivative stands, ▮ where the cursor is. */
const FORMS = {
  'behind its sign': (asked: string) => `${asked} =▮`,
  alone: (asked: string) => `${asked}▮`,
  'with a wrong right side': (asked: string, wrong: string) => `${asked}▮ = ${wrong}`,
  'with a wrong step': (asked: string, wrong: string) => `${asked}▮ = ${asked} = ${wrong}`,
} as const;
type Form = keyof typeof FORMS;

const BLOCKS = {
  display: (formula: string) => `$$${formula}$$\n`,
  inline: (formula: string) => `So $${formula}$, as is well known.\n`,
  rows: (formula: string) => `$$\\begin{aligned}\nq &= L_0 + 1 \\\\\n${formula.replace(' = ', ' &= ').replace(' =▮', ' &=▮')} \\\\\np &= 2\n\\end{aligned}$$\n`,
} as const;

interface Page {
  readonly surface: Surface;
  readonly text: string;
  /** Of a notebook, where text is the last cell. */
  readonly before?: readonly string[];
}

function pages(subject: Subject, layout: Layout, form: Form): readonly (readonly [string, Page])[] {
  const [plain, latex] = [0, 1].map((at) => FORMS[form](subject.asked[at] as string, subject.wrong(layout)[at] as string)) as [string, string];
  const sentence = `Let ${subject.latex.map((one) => `$${one}$`).join(', ')} and $L_0 \\in \\mathbb{R}$.\n\n`;
  const markdown = (formula: string): Page => ({ surface: 'markdown', text: `<!-- chainrule: layout ${layout} -->\n$$${MACROS}$$\n\n${sentence}${formula}` });
  const tex = (formula: string): Page => ({ surface: 'latex', text: `\\documentclass{article}\n${MACROS}\n\\begin{document}\n% chainrule: layout ${layout}\n${sentence}${formula}\\end{document}\n` });
  return [
    ['plain', { surface: 'plain', text: `layout ${layout}\n${subject.plain.join('\n')}\n${plain}\n` }],
    ['a fence in Markdown', { surface: 'markdown', text: `# Notes\n\n\`\`\`deriv\nlayout ${layout}\n${subject.plain.join('\n')}\n${plain}\n\`\`\`\n` }],
    ...Object.entries(BLOCKS).map(([name, block]) => [`Markdown, ${name}`, markdown(block(latex))] as const),
    ...Object.entries(BLOCKS).map(([name, block]) => [`LaTeX, ${name}`, tex(block(latex))] as const),
    ['a notebook', { surface: 'notebook', before: [`<!-- chainrule: layout ${layout} -->\n$$${MACROS}$$`, sentence], text: BLOCKS.display(latex) }],
  ];
}

const LANGUAGES = { plain: ['derivation', 'deriv'], markdown: ['markdown', 'md'], latex: ['latex', 'tex'], notebook: ['markdown', 'ipynb'] } as const;

interface Opened {
  readonly uri: string;
  readonly text: string;
  readonly position: { readonly line: number; readonly character: number };
}

async function open({ surface, text: marked, before = [] }: Page): Promise<Opened> {
  const lines = marked.slice(0, marked.indexOf('▮')).split('\n');
  const text = marked.replace('▮', '');
  const position = { line: lines.length - 1, character: (lines.at(-1) as string).length };
  const [languageId, ending] = LANGUAGES[surface];
  const name = `notes/${++documents}.${ending}`;
  const file = `file:///${name}`;
  if (surface !== 'notebook') await client.open(file, languageId, text);
  const cells = [...before, text].map((one, at) => ({ uri: `vscode-notebook-cell:/${name}#${at}`, languageId, version: 1, text: one }));
  if (surface === 'notebook')
    await client.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: { uri: file, notebookType: 'jupyter-notebook', version: 1, cells: cells.map(({ uri }) => ({ kind: 1, document: uri })) }, cellTextDocuments: cells,
    });
  return { text, position, uri: surface === 'notebook' ? (cells.at(-1) as { uri: string }).uri : file };
}

/** The title of the first fix offered at the cursor that suits, and the text with it. */
async function taken({ uri, text, position }: Opened, suits: (title: string) => boolean): Promise<{ readonly title: string; readonly text: string } | null> {
  const offered = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: client.published.findLast((one) => one.uri === uri)?.diagnostics ?? [], only: ['quickfix'] },
  });
  const action = offered.find(({ title, edit }) => edit !== undefined && suits(title));
  return action === undefined ? null : { title: action.title, text: edited(text, editsOf(action.edit as WorkspaceEdit, uri)) };
}

function editsOf({ changes, documentChanges }: WorkspaceEdit, uri: string): readonly TextEdit[] {
  const versioned = (documentChanges ?? []).flatMap((change) => ('textDocument' in change && change.textDocument.uri === uri ? (change.edits as TextEdit[]) : []));
  return [...(changes?.[uri] ?? []), ...versioned];
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const starts = text.split('\n').reduce<number[]>((all, line) => [...all, (all.at(-1) as number) + line.length + 1], [0]);
  const offset = ({ line, character }: { line: number; character: number }) => (starts[line] as number) + character;
  return [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start)).reduce((all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)), text);
}

/** What is not verified in a document, and everything that it is told. */
function faultsIn({ surface, before = [] }: Page, text: string): readonly string[] {
  const whole = surface === 'notebook' ? JSON.stringify({ cells: [...before, text].map((source) => ({ cell_type: 'markdown', source, metadata: {} })), metadata: {}, nbformat: 4, nbformat_minor: 5 }) : text;
  const { claims, diagnostics } = checkDocument(whole, surface, { verify: true, repair: false });
  const doubted = (claims ?? []).filter(({ status }) => status !== 'verified').map((claim) => `${claim.text} is ${claim.status}`);
  return [...(claims?.length === 0 ? ['no claim'] : []), ...doubted, ...diagnostics.map(({ message }) => message)];
}

/** Not every place is tried with everything: what is wrong is looked for by numbers, which takes time. */
const FEW: readonly string[] = ['plain', 'Markdown, rows', 'LaTeX, inline', 'a notebook'];
const some = (all: readonly (readonly [string, Page])[]) => all.filter(([name]) => FEW.includes(name));

for (const layout of LAYOUTS) {
  describe.concurrent.each(SUBJECTS.filter(({ layouts }) => layouts.includes(layout)))(`in ${layout} layout, $name`, (subject) => {
    for (const form of ['behind its sign', 'alone'] as const) {
      it.each(pages(subject, layout, form))(`has its right side put in, ${form}, in %s`, async (_, page) => {
        const fix = await taken(await open(page), (title) => title.startsWith('Insert'));
        expect(fix).not.toBeNull();
        expect({ text: fix?.text, faults: faultsIn(page, fix?.text ?? '') }).toEqual({ text: fix?.text, faults: [] });
      });
    }

    for (const form of ['with a wrong right side', 'with a wrong step'] as const) {
      it.each(form === 'with a wrong step' || layout !== 'denominator' ? some(pages(subject, layout, form)) : pages(subject, layout, form))(`is put right, %s, ${form}`, async (_, page) => {
        const document = await open(page);
        await client.diagnosticsOf(document.uri, (found) => found.some(({ code }) => code === 'verify/refuted'));
        const fix = await taken(document, (title) => title.startsWith('Replace'));
        expect(fix).not.toBeNull();
        expect({ text: fix?.text, faults: faultsIn(page, fix?.text ?? '') }).toEqual({ text: fix?.text, faults: [] });
      });
    }

    it.each(some(pages(subject, layout, 'behind its sign')))('shows steps that are a derivation, every one verified, in %s', async (_, page) => {
      const { uri, position } = await open({ ...page, text: page.text.replace('=▮', '=▮ 0') });
      const { text: steps, reason } = await client.connection.sendRequest<StepsResult>(STEPS, { textDocument: { uri }, position });
      expect(reason).toBe('');
      expect({ steps, faults: faultsIn({ surface: 'plain', text: '' }, steps ?? '') }).toEqual({ steps, faults: [] });
    });
  });
}
