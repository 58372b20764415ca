// Gradient checks of two networks at three sizes, beside torch.autograd.gradcheck and scipy.optimize.check_grad.
// Both sides run here, one after the other, on one thread each; times are processor time, ratios theirs divided by ours.
// Debian: apt-get install python3-torch python3-scipy.   node bench/gradcheck.mjs [--small | --directions]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildDerivation } from '../src/derivation/build.ts';
import { inferShapes } from '../src/derivation/infer.ts';
import { claimVerifier } from '../src/numeric/verify-claim.ts';
import { readPlain } from '../src/syntax/read-plain.ts';

const SETTINGS = {
  layout: 'denominator',
  layoutSpan: null,
  verify: true,
  broadcast: false,
  boldConvention: false,
  tolerance: 1e-6,
  seed: 1,
  sizes: new Map(),
};

const SIZES = [
  [8, 8, 4, 4],
  [64, 32, 10, 16],
  [784, 64, 10, 32],
];

const SOFTMAX = `X : N×d
W : d×k
b : k
Y : N×k
u = ones(N)
P = softmax(X W + u b')
L = -1/N sum(Y ⊙ log(P))
E = 1/N (diag(Y ones(k)) P - Y)
dL/dW = X' E
dL/db = E' u
`;

const MLP = `X : N×d
W : d×h
b : h
V : h×k
c : k
Y : N×k
u = ones(N)
A = tanh(X W + u b')
P = softmax(A V + u c')
L = -1/N sum(Y ⊙ log(P))
E = 1/N (diag(Y ones(k)) P - Y)
D = (E V') ⊙ (ones(N, h) - A.^2)
dL/dW = X' D
dL/db = D' u
dL/dV = A' E
dL/dc = E' u
`;

function claimsOf(kind, [d, h, k, N]) {
  const text =
    Object.entries({ d, h, k, N })
      .map(([name, size]) => (kind === 'softmax' && name === 'h' ? '' : `size ${name} = ${size}\n`))
      .join('') + (kind === 'softmax' ? SOFTMAX : MLP);
  const built = buildDerivation(readPlain(text), text, SETTINGS);
  const { shapes, problems } = inferShapes(built, 'denominator');
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
  return {
    verify: claimVerifier(built.derivation, shapes),
    equations: built.derivation.equations.filter((equation) => equation.kind === 'claim'),
  };
}

/** Along one direction alone, beside gradcheck's fast mode: the rest takes minutes. */
const DIRECTIONS = process.argv.includes('--directions');

let runs = 0;

/** Verifies all claims, at another point each time, so that nothing drawn is used twice; odd seeds give directions at random. Every claim has to hold. */
function verifyAll({ verify, equations }, options) {
  const seed = 1 + 2 * runs++;
  for (const equation of equations) {
    const { status, reason } = verify(equation, { ...options, seed });
    if (status !== 'verified') throw new Error(`${status}: ${reason}`);
  }
}

/** Processor time, in milliseconds: other programs on the machine do not count. */
function clock() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Both sides run so long before they are measured. */
const WARM_UP = 500;

/** The middle of several runs, each long enough for the clock, in milliseconds. */
function middle(act, budget = 2000, most = 21) {
  for (const end = clock() + WARM_UP; clock() < end; ) act();
  const first = clock();
  act();
  const repeats = Math.max(1, Math.ceil(20 / (clock() - first)));
  const times = [];
  const start = clock();
  while (times.length < most && (times.length === 0 || clock() - start < budget)) {
    const before = clock();
    for (let k = 0; k < repeats; k++) act();
    times.push((clock() - before) / repeats);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function ours(kind, sizes) {
  const claims = claimsOf(kind, sizes);
  const one = { sizeSets: 1, points: 1 };
  if (DIRECTIONS) return { directions: middle(() => verifyAll(claims, { ...one, method: 'directions' })) };
  return {
    entries: middle(() => verifyAll(claims, { ...one, method: 'entries' })),
    directions: middle(() => verifyAll(claims, { ...one, method: 'directions' })),
    usual: middle(() => verifyAll(claims, {})),
  };
}

function theirs(problems) {
  const input = problems.map(({ kind, sizes }) => `${JSON.stringify([kind, ...sizes])}\n`).join('');
  const { stdout, stderr, status } = spawnSync(
    '/usr/bin/python3',
    [join(import.meta.dirname, 'gradcheck.py'), ...(DIRECTIONS ? ['--directions'] : [])],
    { input, encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' } },
  );
  if (status !== 0) console.error(`Python: ${stderr.split('\n').at(-2)}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => (line === '' ? {} : JSON.parse(line)));
}

const cell = (value) => (value === undefined || typeof value === 'string' ? '–' : value >= 100 ? value.toFixed(0) : value.toPrecision(2));
const ratio = (other, own) => (typeof other === 'number' && own !== undefined ? `${(other / own).toPrecision(2)}×` : '–');

const chosen = process.argv.includes('--small') ? SIZES.slice(0, 2) : SIZES;
const problems = chosen.flatMap((sizes) => ['softmax', 'mlp'].map((kind) => ({ kind, sizes })));
const parameters = ({ kind, sizes: [d, h, k] }) => (kind === 'softmax' ? d * k + k : d * h + h + h * k + k);
const measured = problems.map(({ kind, sizes }) => ours(kind, sizes));
const others = process.argv.includes('--alone') ? problems.map(() => ({})) : theirs(problems);

const header = [
  'problem (parameters)',
  'every entry',
  'one direction',
  'as in the editor',
  'gradcheck',
  'gradcheck fast',
  'check_grad',
  'gradcheck / every entry',
  'check_grad / every entry',
  'gradcheck fast / one direction',
];
console.log(`| ${header.join(' | ')} |\n|${header.map(() => '---').join('|')}|`);
problems.forEach((problem, at) => {
  const [own, other] = [measured[at], others[at] ?? {}];
  const cells = [own.entries, own.directions, own.usual, other.torch, other.torchFast, other.scipy].map(cell);
  const ratios = [ratio(other.torch, own.entries), ratio(other.scipy, own.entries), ratio(other.torchFast, own.directions)];
  console.log(`| ${problem.kind} ${problem.sizes.join('·')} (${parameters(problem)}) | ${[...cells, ...ratios].join(' | ')} |`);
});
