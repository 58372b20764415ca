import { afterEach, expect, test } from 'vitest';
import { CLAIMS, type ClaimsResult, CONVERGENCE, type ConvergenceResult, GRAPH, type GraphResult, PROGRESS, type ProgressParams, STOP, VERIFY_CLAIM, type VerifyClaimResult } from '../../src/protocol/lsp.ts';
import type { Verifier } from '../../src/server/host.ts';
import { verifyHere } from '../../src/server/verify-here.ts';
import { startClient, type TestClient } from './client.ts';

const URI = 'file:///notes/lecture.deriv';

const clients: TestClient[] = [];

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
});

/** Opens a text and asks about the claim on a line. */
async function ask<T>(method: string, text: string, line: number, more: object = {}): Promise<T> {
  const client = await startClient();
  clients.push(client);
  await client.open(URI, 'derivation', text);
  return client.connection.sendRequest<T>(method, { textDocument: { uri: URI }, position: { line, character: 0 }, ...more });
}

const TWO_PATHS = `x : n
M : m×n
b : m
unused : k
u = M x + b
v = exp(u)
z = v' u
dz/dx = du/dx dz/du
`;

/** A line a node with its shape and where it is defined, a line an edge with that of its Jacobian; a star where the chain rule leads over it. */
function drawn({ graph }: GraphResult): string[] {
  const { nodes = [], edges = [] } = graph ?? {};
  const name = (at: number) => nodes[at]?.name;
  return [
    ...nodes.map((node) => `${node.name} ${node.shape} ${node.role} ${node.isDefined ? 'defined' : 'given'} ${node.range.start.line}`),
    ...edges.map(({ from, to, shape, isOnPath }) => `d${name(to)}/d${name(from)} ${shape}${isOnPath ? ' *' : ''}`),
  ];
}

test('the graph of a section: variables, local Jacobians, and every path of the chain rule', async () => {
  expect(drawn(await ask<GraphResult>(GRAPH, TWO_PATHS, 7)).sort()).toEqual([
    'M m×n other given 1', 'b m×1 other given 2', 'du/dM m×n | m', 'du/db m×m', 'du/dx n×m *', 'dv/du m×m *', 'dz/du m×1 *', 'dz/dv m×1 *',
    'u m×1 other defined 4', 'v m×1 other defined 5', 'x n×1 variable given 0', 'z 1×1 function defined 6',
  ]);
});

test('Jacobians are transposed in the other layout', async () => {
  const edges = drawn(await ask<GraphResult>(GRAPH, `layout numerator\n${TWO_PATHS.replace('du/dx dz/du', 'dz/du du/dx')}`, 8));
  expect(edges).toContain('du/dx m×n *');
  expect(edges).toContain('dz/du 1×m *');
});

test('a function that a text only declares to depend on something has edges from there', async () => {
  expect(drawn(await ask<GraphResult>(GRAPH, "W : m×n\na : n\nz = W a\nL(z) : scalar\ndL/dW = dL/dz a'\n", 4))).toEqual(expect.arrayContaining(['L 1×1 function defined 3', 'dL/dz m×1 *', 'dz/dW m×n | m *']));
});

test('what is applied is no variable, what it is made of is', async () => {
  const text = "x : n\nA : n×n\nf(u) = u' A u\ny = f(x)\ndy/dx = (A + A') x\n";
  expect(drawn(await ask<GraphResult>(GRAPH, text, 4)).sort()).toEqual(['A n×n other given 1', 'dy/dA n×n', 'dy/dx n×1 *', 'x n×1 variable given 0', 'y 1×1 function defined 3']);
});

test('a definition that leads to itself is drawn, too', async () => {
  const { graph } = await ask<GraphResult>(GRAPH, "x : n\na = b + x\nb = a + x\ny = x' b\ndy/dx = b\n", 4);
  expect(graph?.nodes.map(({ name }) => name).sort()).toEqual(['a', 'b', 'x', 'y']);
});

test('without a claim there is no graph', async () => expect((await ask<GraphResult>(GRAPH, 'x : n\n', 0)).graph).toBeNull());

test('how the error depends on the step is computed when it is asked for', async () => {
  const { convergence, version } = await ask<ConvergenceResult>(CONVERGENCE, "x : n\ny = exp(x' x)\ndy/dx = 2 y x\n", 2, { options: { sizes: { n: 3 }, tolerance: 1e-5 } });
  expect(version).toBe(1);
  expect(convergence).toMatchObject({ reference: 1, tolerance: 1e-5, curves: [{ method: 'central' }, { method: 'richardson' }, { method: 'complex' }] });
});

test('of a claim whose shapes do not fit it is said why nothing is told', async () => {
  expect(await ask<ConvergenceResult>(CONVERGENCE, "x : n\nM : m×n\nc : m\nz = c' M x\ndz/dx = M c\n", 4)).toEqual({ version: 1, convergence: null, reason: 'its shapes do not fit' });
});

const THREE_CLAIMS = "x : n\nc : n\nz = c' x\ndz/dx = c\ndz/dc = x\ndz/dx = 2 c\n";

test('while claims are examined, how many were is told', async () => {
  const client = await startClient();
  clients.push(client);
  const told: ProgressParams[] = [];
  client.connection.onNotification(PROGRESS, (progress: ProgressParams) => {
    told.push(progress);
  });
  await client.open(URI, 'derivation', THREE_CLAIMS);
  await client.connection.sendRequest(CLAIMS, { textDocument: { uri: URI }, verify: true });
  expect(told).toEqual(expect.arrayContaining([0, 1, 2].map((done) => ({ uri: URI, of: 'claims', done, total: 3 }))));
});

test('an examination that is stopped leaves claims unchecked, and a later one is made', async () => {
  const usual = verifyHere(() => performance.now());
  let jobs = 0;
  // The first goes on until it is stopped.
  const verify: Verifier['verify'] = (job, stop) => (jobs++ > 0 ? usual.verify(job, stop) : new Promise((resolve) => stop.onStop(() => resolve(null))));
  const client = await startClient({ host: { verifier: { ...usual, verify } } });
  clients.push(client);
  await client.open(URI, 'derivation', THREE_CLAIMS);
  const asked = client.connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument: { uri: URI }, verify: true });
  await client.connection.sendNotification(STOP, { textDocument: { uri: URI } });
  expect((await asked).claims.every(({ status }) => status !== 'verified')).toBe(true);
  const again = await client.connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument: { uri: URI }, verify: true });
  expect(again.claims.map(({ status }) => status)).toEqual(['verified', 'verified', 'refuted']);
});

test('another point, size or method keeps what would be right', async () => {
  for (const options of [{ seed: 3 }, { sizes: { n: 5 } }, { method: 'directions' }]) {
    const { claim } = await ask<VerifyClaimResult>(VERIFY_CLAIM, THREE_CLAIMS, 5, { options });
    expect([claim?.status, claim?.options]).toEqual(['refuted', options]);
  }
  const client = clients[0] as TestClient;
  const usual = await client.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument: { uri: URI }, position: { line: 5, character: 0 } });
  const other = await client.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument: { uri: URI }, position: { line: 5, character: 0 }, options: { seed: 3 } });
  expect(usual.claim?.mended?.pieces).toEqual([{ latex: 'c', shape: 'n×1' }]);
  expect([other.claim?.repair, other.claim?.mended]).toEqual([usual.claim?.repair, usual.claim?.mended]);
});

const LAYER = "x : n\nW : m×n\nb : m\na = sin(W x + b)\nL = a' a\ndL/dW = 2 (a ∘ cos(W x + b)) x'\n";

test('every entry of a large claim is told when it is asked for, and how many points were compared meanwhile', async () => {
  const client = await startClient();
  clients.push(client);
  const told: ProgressParams[] = [];
  client.connection.onNotification(PROGRESS, (progress: ProgressParams) => {
    told.push(progress);
  });
  await client.open(URI, 'derivation', LAYER);
  const examined = async (options: object) => {
    const { claim } = await client.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument: { uri: URI }, position: { line: 5, character: 0 }, options });
    return [claim?.status, claim?.method, claim?.steps[0]?.entries?.claimed.length];
  };
  const sizes = { n: 100, m: 60 };
  expect(await examined({ sizes })).toEqual(['verified', 'directions', 1]);
  told.length = 0;
  expect(await examined({ sizes, method: 'entries' })).toEqual(['verified', 'entries', 6000]);
  expect(told.at(-1)).toEqual({ uri: URI, of: 'points', done: 6, total: 6 });
});

test('a claim whose shapes do not fit is wrong, and says what does not fit and on which side', async () => {
  const text = "x : n\nM : m×n\nc : m\ny = M x\nz = c' y\ndz/dx = dy/dx dz/dy = M c\n";
  const { claim } = await ask<VerifyClaimResult>(VERIFY_CLAIM, text, 5);
  expect([claim?.status, claim?.misfit, claim?.steps, claim?.repair]).toEqual(['refuted', 2, [], "M' c"]);
  expect(claim?.reason).toMatch(/^`M` times `c` does not fit/);
  const { claims } = await ask<ClaimsResult>(CLAIMS, text, 5, { verify: true });
  expect(claims.map(({ status, reason }) => [status, claim?.reason?.startsWith(reason ?? '-')])).toEqual([['refuted', true]]);
});

test('a claim in another layout than its section is wrong, too', async () => {
  const { claim } = await ask<VerifyClaimResult>(VERIFY_CLAIM, "gradient as column\nx : n\nM : m×n\nc : m\ny = M x\nz = c' y\ndz/dx = dy/dx dz/dy\ndz/dx = M' c\ndy/dx = M\n", 8);
  expect([claim?.status, claim?.misfit]).toEqual(['refuted', 1]);
  expect(claim?.reason).toMatch(/^This is numerator layout/);
});

test('what would be right mends the claim: a letter that could be declared, too, is left to the editor', async () => {
  const text = 'Let $A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$, $b \\in \\mathbb{R}^m$ and $f = \\|A x - b\\|^2 + \\lambda \\|x\\|^2$.\n\n'
    + '$$\\nabla_x f = 2 A^\\top (A x - b) + 2 \\lambda x = 2 A (A^\\top x - b) + 2 \\lambda x$$\n';
  const client = await startClient();
  clients.push(client);
  const uri = 'file:///notes/ridge.md';
  await client.open(uri, 'markdown', text);
  const { claim } = await client.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument: { uri }, position: { line: 2, character: 9 } });
  expect(claim?.fixes.map(({ title }) => title)).toEqual([expect.stringMatching(/^Replace .* by /)]);
});

test('variables that macros of the document name come with LaTeX that a page can typeset', async () => {
  const client = await startClient();
  clients.push(client);
  const text = '$$\\newcommand{\\y}{\\mathbf{y}} \\newcommand{\\Lo}{\\mathcal{L}}$$\n\n$\\y \\in \\mathbb{R}^n$: $$\\Lo = \\y^\\top \\y$$\n\n$$\\frac{\\partial \\Lo}{\\partial \\y} = 3 \\y$$\n';
  await client.open(URI, 'markdown', text);
  const about = { textDocument: { uri: URI }, position: { line: 4, character: 4 } };
  const { claim } = await client.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, about);
  expect([claim?.of, claim?.wrt]).toEqual(['L', 'y']);
  expect(claim?.steps[0]?.point?.map(({ name, latex }) => [name, latex])).toEqual([['\\y', '\\mathbf{y}']]);
  expect(claim?.counterexample?.values.map(({ latex }) => latex)).toEqual(['\\mathbf{y}']);
  const { graph } = await client.connection.sendRequest<GraphResult>(GRAPH, about);
  expect(graph?.nodes.map(({ latex }) => latex).sort()).toEqual(['\\mathbf{y}', '\\mathcal{L}']);
});
