// How the time of a check grows with the text: an exponent of 1 is linear. Both ends are measured in one run.
import { checkDocument } from '../src/check/check-document.ts';

const section = (k) => `## Section ${k}
A : m×n
x : n
b : m
r = A x - b
f = ||r||^2
df/dx = 2 A' r
df/dr = 2 r
dr/dx = A'
g = r' r
`;
const textOf = (lines) => Array.from({ length: lines / 10 }, (_, k) => section(k)).join('');

function milliseconds(lines) {
  const text = textOf(lines);
  const runs = Array.from({ length: lines > 20_000 ? 2 : 5 }, () => {
    const start = performance.now();
    checkDocument(text, 'plain', { verify: false, repair: false });
    return performance.now() - start;
  });
  return Math.min(...runs);
}

milliseconds(1000);
const sizes = [1000, 10_000, 100_000];
const times = sizes.map(milliseconds);
sizes.forEach((lines, at) => console.log(`${lines} lines: ${times[at].toFixed(0)} ms`));
console.log(`exponent from ${sizes[0]} to ${sizes.at(-1)} lines: ${(Math.log(times.at(-1) / times[0]) / Math.log(sizes.at(-1) / sizes[0])).toFixed(2)}`);
