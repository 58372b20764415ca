import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LANGUAGES_BY_MARK } from '../../src/syntax/prose-lexicon.ts';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';
import { show } from './show.ts';

const said: readonly (readonly [string, ...string[]])[] = [
  // German
  ['Sei $A$ eine symmetrische $n\\times n$-Matrix und $x$ ein Vektor der Länge $n$.', 'A : n×n symmetric', 'x : n'],
  ['Seien $x, y$ Spaltenvektoren der Länge $n$, $B$ eine reelle $m\\times n$-Matrix.', 'x, y : n', 'B : m×n'],
  ['Wir nehmen $A \\in \\mathbb R^{n\\times n}$, wobei $A$ symmetrisch und positiv definit ist.', 'A : symmetric spd'],
  ['Es ist $Q$ invertierbar.', 'Q : invertible'],
  // French
  ['Soit $A\\in\\mathbb{R}^{n\\times n}$ une matrice symétrique définie positive.', 'A : symmetric spd'],
  ['où $A$ est une matrice de taille $m\\times n$ et $x$ un vecteur de dimension $n$', 'A : m×n', 'x : n'],
  ['Soit $\\Sigma$ la matrice de covariance, de taille $d\\times d$.', 'Σ : d×d spd'],
  ['avec $S$ symétrique', 'S : symmetric'],
  // Spanish, Italian, Portuguese
  ['Si $A$ es simétrica', 'A : symmetric'],
  ['Sea $w$ un vector columna de tamaño $d$', 'w : d'],
  ['Sia $A$ una matrice simmetrica e $x$ un vettore di dimensione $n$', 'A : symmetric', 'x : n'],
  ['Seja $A$ uma matriz simétrica de tamanho $n\\times n$', 'A : n×n symmetric'],
  // Russian
  ['Пусть $A$ — симметричная матрица размера $n\\times n$', 'A : n×n symmetric'],
  ['где $B$ — матрица размера $m\\times n$ и $b$ — вектор длины $m$', 'B : m×n', 'b : m'],
  // Chinese, Japanese, Korean
  ['其中 $A$ 为 $n$ 阶对称矩阵，$x$ 为 $n$ 维列向量。', 'A : n×n symmetric', 'x : n'],
  ['设 $A$ 是 $m\\times n$ 的矩阵', 'A : m×n'],
  ['$S$ を $n\\times n$ の対称行列、$x$ を $n$ 次元ベクトルとする。', 'S : n×n symmetric', 'x : n'],
  ['$A$가 $n \\times n$ 대칭행렬이고', 'A : n×n symmetric'],
];

it.each(said)('reads "%s"', (text, ...expected) => {
  const { items } = readMarkdown(text);
  expect(items.flatMap((item) => (item.kind === 'statement' && item.origin === 'prose' ? [show(item.statement)] : []))).toEqual(expected);
});

it.each([
  // The transpose of A, its symmetric part: said of something else.
  '$A$ 的转置是对称矩阵',
  'Der symmetrische Anteil von $A$ ist $S$.',
  'La partie symétrique de $A$ est nulle.',
  // English words and names that are words elsewhere.
  'At MIT we sum over $A$ and $B$; see also Van der Waals on $C$.',
])('reads no declaration in "%s"', (text) => {
  const { items } = readMarkdown(text);
  expect(items.flatMap((item) => (item.kind === 'statement' && item.origin === 'prose' ? [show(item.statement)] : []))).toEqual([]);
});

it.each([
  ['with the 3×3 identity $\\mathbb 1$', 'bb:1  := I'],
  ['where $E$ denotes the $n\\times n$ identity matrix', 'E  := I'],
  ['mit der Einheitsmatrix $E$', 'E  := I'],
  ['где $E$ — единичная матрица', 'E  := I'],
  ['and $I$ is the identity matrix'],
  ['Using the identity $a = b$ and the identity function $f$'],
])('reads the identity in "%s"', (text, ...expected) => {
  const { items } = readMarkdown(text);
  expect(items.flatMap((item) => (item.kind === 'statement' && item.origin === 'prose' ? [show(item.statement)] : []))).toEqual(expected);
});

it('takes no word of an English text for one of another language', () => {
  const folder = join(import.meta.dirname, '../corpus');
  const texts = readdirSync(folder).filter((name) => /\.(?:md|tex)$/.test(name)).map((name) => readFileSync(join(folder, name), 'utf8')).filter((text) => !/ (?:und|ist) /.test(text));
  // Commands and formulas are no words.
  const words = new Set(texts.join(' ').replace(/\$[^$]*\$|\\[A-Za-z]+/g, ' ').toLowerCase().match(/\p{L}+(?:[-'’]\p{L}+)*/gu));
  expect(words.size).toBeGreaterThan(1000);
  expect([...words].filter((word) => LANGUAGES_BY_MARK.has(word))).toEqual([]);
});
