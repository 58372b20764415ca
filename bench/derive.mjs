// Derivatives of scalars by matrices, beside the matrix expressions of SymPy: how long each takes, like for like, and whether what it finds is right.
// "text": from the text of the declarations and of the expression to the text of the derivative, each side with its own reader and printer. Both make
// symbols with shapes of the declarations, read the expression, check that its shapes fit, differentiate, simplify and print, anew each time: here `deriveText`
// and `printDerived`, there `MatrixSymbol`, `parse_expr`, `diff` and `str`. Neither side keeps an answer, or a reading, for the next time.
// "tree": from an expression that has been read to its derivative, simplified as each side does by itself.
// Case by case both sides run one after the other, on one thread each; times are processor time, the middle of several, SymPy's without its cache.
// Debian: apt-get install python3-sympy python3-numpy.   node bench/derive.mjs [--python /usr/bin/python3]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { deriveText, printDerived } from '../src/calculus/derive-text.ts';
import { differentiateTerm } from '../src/calculus/differentiate.ts';
import { checkDocument } from '../src/check/check-document.ts';

/** Expression here, the same in SymPy (a 1×1 matrix where that will do, its entry where a number is asked), the variable, the shapes. */
const CASES = [
  ["a' x", '(a.T * x)', 'x', 'a : n; x : n'],
  ["x' x", '(x.T * x)', 'x', 'x : n'],
  ["x' A x", '(x.T * A * x)', 'x', 'A : n×n; x : n'],
  ["(A x - b)' (A x - b)", '((A * x - b).T * (A * x - b))', 'x', 'A : m×n; x : n; b : m'],
  [
    '1/2 ||A x - b||^2 + lambda/2 ||x||^2',
    '((A * x - b).T * (A * x - b) + lamda * x.T * x) / 2',
    'x',
    'A : m×n; x : n; b : m; lambda : scalar',
  ],
  ["a' X b", '(a.T * X * b)', 'X', 'a : m; X : m×n; b : n'],
  ["a' X' X b", '(a.T * X.T * X * b)', 'X', 'a : n; X : m×n; b : n'],
  ["a' X^-1 b", '(a.T * Inverse(X) * b)', 'X', 'a : n; X : n×n; b : n'],
  ['tr(X)', 'Trace(X)', 'X', 'X : n×n'],
  ['tr(A X)', 'Trace(A * X)', 'X', 'A : n×m; X : m×n'],
  ["tr(A X B X')", 'Trace(A * X * B * X.T)', 'X', 'A : m×m; X : m×n; B : n×n'],
  ['tr(X^2)', 'Trace(X * X)', 'X', 'X : n×n'],
  ['tr(X^3)', 'Trace(X**3)', 'X', 'X : n×n'],
  ['tr(A X^-1 B)', 'Trace(A * Inverse(X) * B)', 'X', 'A : n×n; X : n×n; B : n×n'],
  ['tr((A + X)^-1)', 'Trace(Inverse(A + X))', 'X', 'A : n×n; X : n×n'],
  ['det(X)', 'Determinant(X)', 'X', 'X : n×n'],
  ['det(A X)', 'Determinant(A * X)', 'X', 'A : n×n; X : n×n'],
  ['logdet(X)', 'log(Determinant(X))', 'X', 'X : n×n'],
  ["logdet(A + X' X)", 'log(Determinant(A + X.T * X))', 'X', 'A : n×n; X : m×n'],
  ["log(a' x)", 'log((a.T * x)[0, 0])', 'x', 'a : n; x : n'],
  ["exp(a' x)", 'exp((a.T * x)[0, 0])', 'x', 'a : n; x : n'],
  ["sqrt(x' x)", 'sqrt((x.T * x)[0, 0])', 'x', 'x : n'],
  ["(x' A x)/(x' x)", '(x.T * A * x)[0, 0] / (x.T * x)[0, 0]', 'x', 'A : n×n; x : n'],
  ["a' exp(B x)", '(a.T * (B * x).applyfunc(exp))', 'x', 'a : m; B : m×n; x : n'],
  ["a' tanh(W x + b)", '(a.T * (W * x + b).applyfunc(tanh))', 'x', 'a : m; W : m×n; x : n; b : m'],
  ["a' tanh(W x + b)", '(a.T * (W * x + b).applyfunc(tanh))', 'W', 'a : m; W : m×n; x : n; b : m'],
  ["a' (x .* B x)", '(a.T * HadamardProduct(x, B * x))', 'x', 'a : n; B : n×n; x : n'],
  ['sum(X .* X)', '(OneMatrix(1, m) * HadamardProduct(X, X) * OneMatrix(n, 1))', 'X', 'X : m×n'],
];

const request = ([expression, , wrt, given]) => ({ expression, wrt, given, layout: 'denominator' });

/** From text to text. */
function derivative(one) {
  const answer = deriveText(request(one));
  return answer.kind === 'derived' ? printDerived(answer.built, answer.derived.term, 'plain') : (answer.reason ?? 'entry by entry');
}

/** Whether the answer is right, by numbers. */
function judged(one) {
  const said = derivative(one);
  if (deriveText(request(one)).kind !== 'derived') return { verdict: 'refused', said };
  const [expression, , wrt, given] = one;
  const text = `layout denominator\n${given.split(';').join('\n')}\ng = ${expression}\ndg/d${wrt} = ${said}\n`;
  const { claims } = checkDocument(text, 'plain', { verify: true, repair: false });
  return { verdict: claims?.[0]?.status === 'verified' ? 'right' : 'wrong', said };
}

function timed(one) {
  const { kind, built, shapes, asked } = deriveText(request(one));
  if (kind !== 'derived') return {};
  return {
    text: middle(() => derivative(one)),
    tree: middle(() => differentiateTerm(built.derivation, shapes, asked, 'denominator')),
  };
}

/** The middle of several runs in milliseconds of processor time, as a running editor has them; each of as many repetitions as the clock needs. */
function middle(act) {
  for (let at = 0; at < 2000; at++) act();
  const times = Array.from({ length: 21 }, () => {
    const before = process.cpuUsage();
    for (let at = 0; at < 20; at++) act();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / 20;
  });
  return times.sort((a, b) => a - b)[10];
}

const python = process.argv.includes('--python') ? process.argv[process.argv.indexOf('--python') + 1] : '/usr/bin/python3';
const child = spawn(python, [join(import.meta.dirname, 'derive.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
const answerOf = async (request) => {
  child.stdin.write(`${JSON.stringify(request)}\n`);
  return JSON.parse((await lines.next()).value);
};

// All answers are judged first: what that makes the engine compile would be counted as a part of the derivatives.
const mine = CASES.map(judged);
// An editor that has been at work for a while has compiled what it uses.
for (let at = 0; at < 2000; at++) for (const one of CASES) derivative(one);
const { version } = await answerOf({ version: true });
const figure = (value) => (value === undefined ? '–' : value.toPrecision(3));
console.log(`Chainrule on Node ${process.version}, SymPy ${version}; milliseconds\n`);
console.log("| expression | by | text: Chainrule | SymPy | ratio | tree: Chainrule | SymPy | ratio | SymPy's answer |");
console.log('|---|---|---:|---:|---:|---:|---:|---:|---|');
const results = [];
const ratios = { text: [], tree: [] };
for (const [at, one] of CASES.entries()) {
  const [expression, sympy, wrt, given] = one;
  const a = { ...mine[at], ...timed(one) };
  const b = await answerOf({ sympy, wrt, given: given.replace('lambda', 'lamda') });
  results.push(b);
  const columns = ['text', 'tree'].flatMap((way) => {
    const ratio = a.verdict === 'right' && b[way] !== undefined ? b[way] / a[way] : undefined;
    if (b.verdict === 'right' && ratio !== undefined) ratios[way].push(ratio);
    return [figure(a[way]), figure(b[way]), figure(ratio)];
  });
  const shown = b.verdict === 'right' ? 'right' : `${b.verdict}: \`${b.said.slice(0, 70).replaceAll('|', '\\|')}\``;
  console.log(`| \`${expression.replaceAll('|', '\\|')}\` | \`${wrt}\` | ${columns.join(' | ')} | ${shown} |`);
}
child.stdin.end();
const count = (list, verdict) => list.filter((one) => one.verdict === verdict).length;
console.log(
  `\nChainrule is right on ${count(mine, 'right')} of ${CASES.length}; SymPy is right on ${count(results, 'right')}, wrong on ${count(results, 'wrong')}, leaves ${count(results, 'left open')} open, refuses ${count(results, 'refused')}, and cannot evaluate ${count(results, 'cannot be evaluated')}.`,
);
for (const way of ['text', 'tree']) {
  const sorted = ratios[way].sort((a, b) => a - b);
  const fast = sorted.filter((ratio) => ratio >= 50).length;
  console.log(
    `Where both are right, from ${way} to ${way} SymPy takes ${figure(sorted[0])} to ${figure(sorted.at(-1))} times as long, in the middle ${figure(sorted[sorted.length >> 1])}; at least 50 times on ${fast} of ${sorted.length}.`,
  );
}
