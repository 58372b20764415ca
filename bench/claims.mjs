// How long a thousand usual claims take to verify on one core: claims as courses and papers make them, in one document
// and each in a document of its own. Times are processor time.   node bench/claims.mjs [COUNT]
import { checkDocument } from '../src/check/check-document.ts';

const COUNT = Number(process.argv[2] ?? 1000);

/** Sections of one to three claims each; every one of them holds. */
const SECTIONS = [
  "A : m×n\nx : n\nb : m\nr = A x - b\nf = ||r||^2\ndf/dx = 2 A' r\ndr/dx = A'\n",
  "A : n×n\nx, b : n\nf = 1/2 x' A x - b' x\ndf/dx = 1/2 (A + A') x - b\n",
  "A : m×n\nx : n\nb : m\nc : scalar\nf = ||A x - b||^2 + c ||x||^2\ndf/dx = 2 A' (A x - b) + 2 c x\n",
  "X : N×d\ny : N\nw : d\np = sigmoid(X w)\nL = -(y' log(p) + (ones(N) - y)' log(ones(N) - p))\ndL/dw = X' (p - y)\n",
  "z, y : k\np = softmax(z)\nL = -y' log(p)\ndL/dz = (ones(k)' y) p - y\ndp/dz = diag(p) - p p'\n",
  "W : h×d\nx : d\nb : h\nc : h\na = tanh(W x + b)\nL = c' a\ndL/dW = ((ones(h) - a.^2) ⊙ c) x'\ndL/dx = W' ((ones(h) - a.^2) ⊙ c)\ndL/db = (ones(h) - a.^2) ⊙ c\n",
  "X : n×n invertible\nA : n×n\nf = tr(A X^-1)\ng = log(det(X)^2)\ndf/dX = -(X^-1 A X^-1)'\ndg/dX = 2 X^-T\n",
  "S : n×n spd\nx, mu : n\nf = -1/2 logdet(S) - 1/2 (x - mu)' S^-1 (x - mu)\ndf/dmu = S^-1 (x - mu)\n",
  'x : n\nf = ||x||\ng = logsumexp(x)\ndf/dx = x / ||x||\ndg/dx = softmax(x)\n',
  "A, X : n×n\nB : n×n\nf = tr(X' A X B)\ndf/dX = A X B + A' X B'\n",
  'x_i : d\ni : 1..N\nmu : d\nf = sum_{i=1}^N ||x_i - mu||^2\ndf/dmu = -2 sum_{i=1}^N (x_i - mu)\n',
  "M : m×n\nc : m\nx : n\ny = M x\nz = c' y\ndz/dx = dy/dx dz/dy = M' c\n",
];

function clock() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed(act) {
  const start = clock();
  const result = act();
  return { result, milliseconds: clock() - start };
}

/** Sections until there are enough claims. */
function sections(count) {
  const chosen = [];
  for (let claims = 0, at = 0; claims < count; at++) {
    const text = SECTIONS[at % SECTIONS.length];
    chosen.push(text);
    claims += text.split('\n').filter((line) => /^d\S*\/d/.test(line)).length;
  }
  return chosen;
}

const verify = (text, surface = 'plain') => checkDocument(text, surface, { verify: true, repair: false }).claims;
const read = (text) => checkDocument(text, 'plain', { verify: false, repair: false });

function report(name, documents) {
  const checked = timed(() => documents.forEach(read));
  const { result: claims, milliseconds } = timed(() => documents.flatMap((text) => verify(text)));
  const verified = claims.filter(({ status }) => status === 'verified').length;
  const numbers = milliseconds - checked.milliseconds;
  console.log(
    `${name}: ${claims.length} claims, ${verified} verified, ${milliseconds.toFixed(0)} ms, of which reading ${checked.milliseconds.toFixed(0)} ms; ${(numbers / claims.length).toFixed(2)} ms a claim; ${((2000 * claims.length) / (milliseconds * COUNT)).toFixed(1)} × as fast as 1,000 in 2 s`,
  );
}

const all = sections(COUNT);
report('first run, a document a section', all);
report('again', all);
// Sections that say the same would be verified once; with seeds of their own they do not.
report('one document', [all.map((text, at) => `## Section ${at}\nseed ${at + 1}\n${text}`).join('\n')]);
