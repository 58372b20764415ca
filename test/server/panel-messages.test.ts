import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsIn, isAboutTold } from '../../src/extension/panel-guard.ts';
import { type HostMessage, readHostMessage, readPageMessage, readPanelState } from '../../src/protocol/panel.ts';
import { holds } from '../property.ts';

const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 9 } };
const state = { uri: 'file:///a.deriv', position: range.start, pinned: false, options: { sizes: { n: 3 }, seed: 0, tolerance: 1e-6, layout: 'auto' } } as const;

const show: HostMessage = {
  kind: 'show', document: { uri: 'file:///a.deriv', name: 'a.deriv', version: 1 }, pinned: false, state,
  claims: [{ uri: 'file:///a.deriv', range, text: 'dz/dx = c', section: '', layout: 'mixed', status: 'unchecked' }],
  selected: {
    uri: 'file:///a.deriv', range, kind: 'claim', text: 'dz/dx = c', of: 'z', wrt: 'x', layout: 'mixed', status: 'refuted', method: 'entries', maxRelativeError: 0.5, points: 6, sizes: [{ n: 2 }, { n: 3 }],
    steps: [{ range, text: 'c', status: 'refuted', entries: { rows: 2, cols: 1, claimed: [1, 2], numeric: [3, 4] }, point: [{ name: 'x', rows: 1, cols: 2, data: [1, 2] }] }],
    section: '', latex: '\\frac{dz}{dx} = c', sides: [{ text: 'c', shape: 'n×1', range, relation: '=', pieces: [{ latex: 'c', shape: 'n×1' }, { latex: '+' }] }], mended: { side: 0, pieces: [{ latex: '2' }] }, dimensions: ['n'], fixes: [{ title: 'Mend', edits: [{ range, newText: '2 c' }] }], options: {},
  },
};

const CONVERGENCE: HostMessage = {
  kind: 'convergence', uri: 'file:///a.deriv', position: range.start, reason: '',
  convergence: { curves: [{ method: 'central', points: [{ step: 1e-3, error: 1e-6 }] }], notAnalytic: null, dual: 1e-16, reference: 1, tolerance: 1e-6, estimate: 1e-9 },
};

const GRAPH: HostMessage = {
  kind: 'graph', uri: 'file:///a.deriv', position: range.start,
  graph: {
    nodes: [{ name: 'x', shape: 'n×1', isDefined: false, role: 'variable', uri: 'file:///a.deriv', range }, { name: 'z', shape: '1×1', isDefined: true, role: 'function', uri: 'file:///a.deriv', range }],
    edges: [{ from: 0, to: 1, shape: 'n×1', isOnPath: true }], omitted: 0,
  },
};

/** The message with one value in its depth replaced. */
function withValue(message: object, path: string, value: unknown): unknown {
  const copy = structuredClone(message) as Record<string, unknown>;
  const steps = path.split('.');
  const last = steps.pop() as string;
  const at = steps.reduce<Record<string, unknown>>((one, step) => one[step] as Record<string, unknown>, copy);
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

describe('messages to the page', () => {
  it('are read as they were sent', () => {
    expect(readHostMessage(structuredClone(show))).toEqual(show);
    expect(readHostMessage({ kind: 'busy', running: true, what: 'Verifying' })).toEqual({ kind: 'busy', running: true, what: 'Verifying' });
    expect(readHostMessage(withValue(show, 'selected', null))).toMatchObject({ selected: null });
  });

  it('carry numbers that JSON has no word for', () => {
    const read = readHostMessage(JSON.parse(JSON.stringify(withValue(show, 'selected.steps.0.entries.claimed', [Number.NaN, 2]))));
    expect(read?.kind === 'show' && read.selected?.steps[0]?.entries?.claimed).toEqual([Number.NaN, 2]);
  });

  it('lose what they do not say', () => {
    expect(readHostMessage(withValue(show, 'selected.html', '<script>'))).toEqual(show);
  });

  it.each([
    ['kind', 'hide'], ['kind', 'constructor'], ['kind', undefined], ['claims', {}], ['claims.0.status', 'maybe'], ['claims.0.range.start.line', -1], ['claims.0.range.end', undefined],
    ['selected.steps.0.entries.rows', 3], ['selected.steps.0.entries.claimed', [1, '2']], ['selected.latex', 7], ['document.version', Number.POSITIVE_INFINITY], ['state.options.sizes', { n: 0 }],
    ['state.options.seed', 1.5], ['pinned', 1], ['selected.sizes.0.n', -2], ['selected.steps.0.point.0.data', ['1']], ['selected.sides.0.pieces', 'c'], ['selected.sides.0.pieces.0.latex', null], ['selected.sides.0.relation', undefined], ['selected.mended.side', -1],
  ])('are refused with a wrong %s: %j', (path, value) => {
    expect(readHostMessage(withValue(show, path, value))).toBeNull();
  });

  it.each([null, undefined, 7, 'show', [], [show]])('are no %j', (value) => {
    expect(readHostMessage(value)).toBeNull();
  });
});

describe('messages from the page', () => {
  it.each([
    { kind: 'ready' }, { kind: 'verifyAll' }, { kind: 'cancel' }, { kind: 'pin', pinned: true }, { kind: 'copy', text: 'np.array([1])' },
    { kind: 'select', uri: 'file:///a.deriv', position: range.start }, { kind: 'verify', uri: 'file:///a.deriv', position: range.start, options: { seed: 2 } },
    { kind: 'reveal', uri: 'file:///a.deriv', range }, { kind: 'apply', uri: 'file:///a.deriv', version: 3, fix: { title: 'Mend', edits: [{ range, newText: 'x' }] } },
  ])('are read: $kind', (message) => {
    expect(readPageMessage(message)).toEqual(message);
  });

  it.each([
    { kind: 'apply', uri: 'file:///a.deriv', fix: { title: 'Mend', edits: [] } }, { kind: 'reveal', uri: 7, range }, { kind: 'verify', uri: 'a', position: range.start, options: { layout: 'sideways' } }, { kind: 'verify', uri: 'a', position: range.start, options: { method: 'guess' } },
    { kind: 'show' }, { kind: '__proto__' }, { kind: 'pin', pinned: 'yes' },
  ])('are refused: %j', (message) => {
    expect(readPageMessage(message)).toBeNull();
  });

  it('of an earlier page revive a panel, and nothing else does', () => {
    expect(readPanelState({ ...state, looks: { shown: 'table' } })).toEqual(state);
    expect(readPanelState({ ...state, uri: undefined })).toBeNull();
  });
});

describe('a page that asks for more than it was told of', () => {
  const told = new Set(documentsIn(show));

  it.each([
    { kind: 'reveal', uri: 'file:///etc/passwd', range }, { kind: 'select', uri: 'file:///b.deriv', position: range.start }, { kind: 'ask', what: 'graph', uri: 'untitled:x', position: range.start },
    { kind: 'verify', uri: 'file:///A.deriv', position: range.start, options: {} }, { kind: 'apply', uri: '', version: 1, fix: { title: '', edits: [] } },
  ] as const)('is not heard: %j', (message) => {
    expect(isAboutTold(message, told)).toBe(false);
  });

  it.each([{ kind: 'ready' }, { kind: 'copy', text: 'x' }, { kind: 'reveal', uri: 'file:///a.deriv', range }] as const)('is heard otherwise: %j', (message) => {
    expect(isAboutTold(message, told)).toBe(true);
  });

  it('may follow the graph into other documents', () => {
    const node = { name: 'x', shape: 'n×1', isDefined: false, role: 'variable', uri: 'file:///c.deriv', range } as const;
    expect(documentsIn({ kind: 'graph', uri: 'file:///a.deriv', position: range.start, graph: { nodes: [node], edges: [], omitted: 0 } })).toEqual(['file:///c.deriv']);
  });
});

describe('whatever one value of a message is replaced by', () => {
  const told: readonly object[] = [show, { kind: 'busy', running: true, what: 'Verifying' }, { kind: 'failed', message: 'no' }, CONVERGENCE, GRAPH];
  const asked: readonly object[] = [
    { kind: 'verify', uri: 'file:///a.deriv', position: range.start, options: state.options }, { kind: 'ask', what: 'graph', uri: 'file:///a.deriv', position: range.start },
    { kind: 'apply', uri: 'file:///a.deriv', version: 1, fix: show.selected?.fixes[0] }, { kind: 'reveal', uri: 'file:///a.deriv', range }, { kind: 'copy', text: 'x' }, { kind: 'pin', pinned: true },
  ];
  const holes = new Array(3);
  const anything = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, withNullPrototype: true }),
    fc.constantFrom<unknown>(holes, () => 1, Symbol('x'), JSON.parse('{"__proto__": {"kind": "ready"}}'), Object.create(show), 2 ** 60, -0, Number.NaN, '', ' '),
  );

  /** The paths of all values inside. */
  const pathsIn = (value: unknown, path = ''): string[] =>
    typeof value !== 'object' || value === null ? [path] : [...(path === '' ? [] : [path]), ...Object.entries(value).flatMap(([key, one]) => pathsIn(one, path === '' ? key : `${path}.${key}`))];

  const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);

  const valueAt = (message: unknown, path: string): unknown => path.split('.').reduce<unknown>((one, key) => (one as Record<string, unknown> | undefined)?.[key], message);

  it.each([['the page', readHostMessage, told], ['the extension', readPageMessage, asked]] as const)('%s reads nothing, or a message that it reads alike again, in which every value has its type', (_, read, messages) => {
    const places = messages.flatMap((message) => pathsIn(message).map((path) => [message, path] as const));
    for (const message of messages) expect(read(message as never)).toEqual(message);
    holds([fc.constantFrom(...places), anything], ([message, path], value) => {
      const found = read(withValue(message, path, value));
      if (found === null) return;
      expect(read(found as never)).toEqual(found);
      const [before, after] = [valueAt(message, path), valueAt(found, path)];
      if (after != null && before !== null) expect(kindOf(after)).toBe(kindOf(before));
      if (Array.isArray(after)) expect(Object.keys(after).length).toBe(after.length);
    }, { numRuns: 3000 });
  });
});
