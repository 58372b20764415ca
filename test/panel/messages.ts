// What the extension might say to the page, made up. Node runs it as it is.
import type { ClaimStatus, GraphReport, ListedClaim, ShownClaim } from '../../src/protocol/lsp.ts';
import type { HostMessage } from '../../src/protocol/panel.ts';
import type { CurveReport, NamedMatrixReport, StepReport } from '../../src/protocol/report.ts';

type Show = Extract<HostMessage, { readonly kind: 'show' }>;

const at = (line: number, start: number, end: number) => ({ start: { line, character: start }, end: { line, character: end } });

const URI = 'file:///lecture.deriv';

/** A step that agrees with finite differences but for round-off. */
export function agreeing(rows: number, cols: number, text = "M' c"): StepReport {
  const numeric = values(rows * cols);
  return { range: at(16, 8, 12), text, status: 'verified', maxRelativeError: 2.1e-10, entries: { rows, cols, numeric, claimed: numeric.map((value) => value + 1e-10) }, point: point() };
}

/** A step that is wrong at some entries. */
export function differing(rows: number, cols: number, text = 'M c'): StepReport {
  const numeric = values(rows * cols);
  const claimed = numeric.map((value, index) => (index % 5 === 1 ? -value : value));
  return { range: at(16, 8, 12), text, status: 'refuted', maxRelativeError: 0.83, entries: { rows, cols, numeric, claimed }, point: point() };
}

/** The point that entries are told of at: a vector, and a matrix that is too wide to be shown. */
function point(): NamedMatrixReport[] {
  return [{ name: 'x', rows: 3, cols: 1, data: [0.79, -0.797228, 2] }, { name: 'M', rows: 2, cols: 30, data: values(60) }];
}

/** Numbers between −2 and 2 without a pattern; the same ones each time. */
function values(count: number): number[] {
  return Array.from({ length: count }, (_, index) => 2 * Math.sin(1.7 * index * index + index));
}

type Piece = readonly [latex: string, shape?: string];

const pieces = (some: readonly Piece[]) => some.map(([latex, shape]) => ({ latex, ...(shape === undefined ? {} : { shape }) }));

function side(text: string, shape: string, start: number, some: readonly Piece[]): ShownClaim['sides'][number] {
  return { text, shape, range: at(16, start, start + text.length), relation: start === 0 ? '' : '=', pieces: pieces(some) };
}

const MENDED: readonly Piece[] = [['M^\\top', 'n×m'], ['c', 'm×1']];

export function claim(changes: Partial<ShownClaim> = {}): ShownClaim {
  return {
    uri: URI, kind: 'claim', range: at(16, 0, 24), text: "dz/dx = dy/dx dz/dy = M' c", section: 'Gradient as a column', layout: 'denominator',
    of: 'z', wrt: 'x', status: 'verified', method: 'entries', maxRelativeError: 2.1e-10, points: 6, sizes: [{ m: 2, n: 3 }, { m: 4, n: 3 }],
    latex: '\\frac{\\mathrm{d} z}{\\mathrm{d} x} = \\frac{\\mathrm{d} y}{\\mathrm{d} x} \\frac{\\mathrm{d} z}{\\mathrm{d} y} = M^\\top c',
    steps: [agreeing(3, 1, 'dy/dx dz/dy'), agreeing(3, 1)],
    sides: [
      side('dz/dx', 'n×1', 0, [['\\frac{\\mathrm{d} z}{\\mathrm{d} x}', 'n×1']]),
      side('dy/dx dz/dy', 'n×1', 8, [['\\frac{\\mathrm{d} y}{\\mathrm{d} x}', 'n×m'], ['\\frac{\\mathrm{d} z}{\\mathrm{d} y}', 'm×1']]),
      side("M' c", 'n×1', 22, MENDED),
    ],
    dimensions: ['m', 'n'], fixes: [], options: {},
    ...changes,
  };
}

/** A claim whose second step lacks a transpose. */
export function wrongClaim(changes: Partial<ShownClaim> = {}): ShownClaim {
  return claim({
    status: 'refuted', text: 'dz/dx = dy/dx dz/dy = M c', maxRelativeError: 0.83,
    latex: '\\frac{\\mathrm{d} z}{\\mathrm{d} x} = \\frac{\\mathrm{d} y}{\\mathrm{d} x} \\frac{\\mathrm{d} z}{\\mathrm{d} y} = M c',
    steps: [agreeing(3, 1, 'dy/dx dz/dy'), differing(3, 1)], repair: "M' c",
    sides: [...claim().sides.slice(0, 2), side('M c', 'm×1', 22, [['M', 'm×n'], ['c', 'm×1']])], mended: { side: 2, pieces: pieces(MENDED) },
    fixes: [{ title: "Replace by M' c", edits: [{ range: at(16, 22, 25), newText: "M' c" }] }],
    ...changes,
  });
}

/** A claim that holds for some matrices only, and a small point at which it fails. */
export function assumingClaim(): ShownClaim {
  return wrongClaim({
    text: 'dy/dx = 2 A x', latex: '\\frac{\\partial y}{\\partial x} = 2 A x', of: 'y', repair: "(A + A') x",
    steps: [differing(3, 1, '2 A x')], sides: [side('dy/dx', 'n×1', 0, [['\\frac{\\partial y}{\\partial x}', 'n×1']]), side('2 A x', 'n×1', 8, [['2'], ['A', 'n×n'], ['x', 'n×1']])],
    mended: { side: 1, pieces: pieces([['(A + A^\\top)', 'n×n'], ['x', 'n×1']]) },
    fixes: [
      { title: "Replace `2 A x` by `(A + A') x`", edits: [{ range: at(16, 8, 13), newText: "(A + A') x" }] },
      { title: 'Declare that A is symmetric', edits: [{ range: at(2, 7, 7), newText: '\nA : n×n symmetric' }] },
    ],
    counterexample: {
      values: [{ name: 'x', rows: 2, cols: 1, data: [2, 1] }, { name: 'A', rows: 2, cols: 2, data: [2, 1, 2, -1] }],
      claimed: { rows: 2, cols: 1, data: [10, 6] }, numeric: { rows: 2, cols: 1, data: [10.999999999999611, 4] },
    },
  });
}

const LISTED: readonly (readonly [section: string, text: string, latex: string | undefined, status: ClaimStatus, line: number])[] = [
  ['Gradient as a column', "dz/dx = dy/dx dz/dy = M' c", '\\frac{\\mathrm{d} z}{\\mathrm{d} x} = M^\\top c', 'verified', 16],
  ['Gradient as a row', "dz/dx = dz/dy dy/dx = c' M", '\\frac{\\mathrm{d} z}{\\mathrm{d} x} = c^\\top M', 'verified', 29],
  ['Backpropagation', "dL/dW = dL/dz a'", "\\frac{\\mathrm{d} L}{\\mathrm{d} W} = \\frac{\\mathrm{d} L}{\\mathrm{d} z} a^\\top", 'refuted', 43],
  ['Backpropagation', 'dL/db = dL/dz', undefined, 'unchecked', 47],
  ['ReLU', 'df/dz = diag(Ind(z_i > 0))', undefined, 'inconclusive', 66],
];

export function listed(): ListedClaim[] {
  return LISTED.map(([section, text, latex, status, line]) => ({
    uri: URI, range: at(line, 0, text.length), text, section, layout: 'denominator', status,
    ...(latex === undefined ? {} : { latex }),
    ...(status === 'verified' ? { maxRelativeError: 2.1e-10 } : status === 'refuted' ? { maxRelativeError: 0.83 } : {}),
    ...(status === 'inconclusive' ? { reason: 'every point lies on a kink' } : {}),
  }));
}

export function show(selected: ShownClaim | null, changes: Partial<Show> = {}): Show {
  return {
    kind: 'show', document: { uri: URI, name: 'lecture.deriv', version: 7 }, claims: listed(), selected, pinned: false,
    state: { uri: URI, position: selected?.range.start ?? { line: 0, character: 0 }, pinned: false, options: {} },
    ...changes,
  };
}

/** A document whose every text tries to become markup or a script. */
export function hostile(): Show {
  const markup = '<img src=x onerror="window.injected = true"><script>window.injected = true</script>';
  const link = '\\href{javascript:window.injected=true}{x} \\htmlStyle{background:url(x)}{y} \\includegraphics{x} \\htmlClass{page}{z}';
  const one = wrongClaim({
    text: markup, latex: `${link} = \\text{${markup}}`, section: markup, of: markup, wrt: markup, repair: `${markup} y`, reason: markup,
    dimensions: ['n', markup, '__proto__'], fixes: [{ title: markup, edits: [] }],
    steps: [{ ...differing(2, 2, markup), reason: markup }],
    sides: [side(markup, markup, 0, [[`${link} \\text{${markup}}`, markup]]), { ...side(markup, markup, 8, [[link, markup], [markup, markup]]), relation: markup }],
    mended: { side: 1, pieces: pieces([[markup, markup]]) },
  });
  const claims: ListedClaim[] = [{ uri: URI, range: at(16, 0, 3), text: markup, section: markup, layout: 'denominator', status: 'refuted', latex: link, reason: markup }];
  return show(one, { claims, document: { uri: URI, name: markup, version: 1 } });
}

/** Formulas with all that KaTeX draws in its own way: roots, braces, arrows, matrices, colours, cancelled terms. */
export function ornate(): Show {
  const latex = '\\sqrt[3]{\\frac{x}{\\sqrt{y}}} \\underbrace{\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}}_{n \\times n} \\overrightarrow{AB} \\cancel{x} \\color{red} \\widehat{xyz} \\left( \\sum_{i=1}^n \\middle| \\int \\right) \\fbox{x} \\phase{-78} \\begin{array}{|c|c|} \\hline a & b \\\\ \\hline \\end{array} \\colorbox{blue}{x} \\fcolorbox{red}{blue}{y} \\pmb{x}';
  return show(claim({ latex, sides: [side('f', '', 0, [[latex]]), side('g', 'n×1', 8, [['g', 'n×1']])] }));
}

/** Errors as they usually are: truncation falls with a power of the step, rounding rises as the step falls. */
export function converging(of: ShownClaim = claim()): Extract<HostMessage, { readonly kind: 'convergence' }> {
  const points = (order: number) => Array.from({ length: 40 }, (_, at) => {
    const step = 10 ** (-at / 3);
    return { step, error: at === 0 ? Number.NaN : 0.1 * step ** order + 1e-16 / step };
  });
  const curves: CurveReport[] = [{ method: 'central', points: points(2) }, { method: 'richardson', points: points(6) }, { method: 'complex', points: points(2).map(({ step }) => ({ step, error: Math.max(0.03 * step ** 2, 1e-16) })) }];
  return { kind: 'convergence', uri: URI, position: of.range.start, convergence: { curves, notAnalytic: null, dual: 3e-16, reference: 2, tolerance: 1e-6, estimate: 8.4e-9 }, reason: '' };
}

/** Two paths from x to z, and what they meet. */
export function graph(of: ShownClaim = claim()): Extract<HostMessage, { readonly kind: 'graph' }> {
  const names: readonly (readonly [name: string, shape: string, isDefined: boolean, role: GraphReport['nodes'][number]['role'], line: number])[] = [
    ['z', '1×1', true, 'function', 12], ['x', 'n×1', false, 'variable', 3], ['y', 'm×1', true, 'other', 11], ['\\mathbf{W}_1', 'm×n', false, 'other', 4], ['b', 'm×1', false, 'other', 5],
    ['hidden', 'm×1', true, 'other', 13],
  ];
  const edges = [[1, 2, 'n×m', true], [3, 2, 'm×n | m', false], [4, 2, 'm×m', false], [2, 0, 'm×1', true], [2, 5, 'm×m', true], [5, 0, 'm×1', true]] as const;
  return {
    kind: 'graph', uri: URI, position: of.range.start,
    graph: {
      nodes: names.map(([name, shape, isDefined, role, line]) => ({ name, shape, isDefined, role, uri: URI, range: at(line, 0, 1) })),
      edges: edges.map(([from, to, shape, isOnPath]) => ({ from, to, shape, isOnPath })), omitted: 0,
    },
  };
}

/** A chain whose sides together are longer than most lines. */
export function longClaim(): ShownClaim {
  const term = (k: number): readonly Piece[] => [['\\Bigl( W_{' + k + '}^\\top \\operatorname{diag}\\left( \\sigma\'(z_{' + k + '}) \\right) \\Bigr)', 'n×m'], ['\\frac{\\partial L}{\\partial z_{' + k + '}}', 'm×1']];
  const sum = [...term(1), ['+'], ...term(2)] as readonly Piece[];
  return claim({
    of: 'L', wrt: 'x', text: 'dL/dx = …', steps: [agreeing(3, 1), { ...differing(3, 1), status: 'refuted' }, agreeing(3, 1)], status: 'refuted',
    sides: [side('dL/dx', 'n×1', 0, [['\\frac{\\partial L}{\\partial x}', 'n×1']]), side('a', 'n×1', 8, sum), side('b', 'n×1', 16, term(1)), side('c', 'n×1', 24, [['c', 'n×1']])],
  });
}
