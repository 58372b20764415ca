import type { Random } from '../../src/base/random.ts';

// Derivatives written by hand, one line for each way to make an expression: an independent witness of what is right.

export type Dim = '1' | 'm' | 'n';

/** What a symbol's gradient owes to one of its uses. */
export interface Part {
  readonly leaf: string;
  readonly text: string;
}

/** An expression, and what it gives to the gradients of its symbols, told that of the whole by itself. */
export interface Made {
  readonly text: string;
  readonly rows: Dim;
  readonly cols: Dim;
  readonly pull: (g: string) => readonly Part[];
}

/** Symbols by their shape. */
const LEAVES: Readonly<Record<string, readonly string[]>> = {
  '1×1': ['s', 't'], 'n×1': ['x', 'y'], 'm×1': ['u', 'v'], '1×n': ['r'], '1×m': ['q'], 'n×n': ['A', 'B'], 'm×m': ['C', 'D'], 'm×n': ['M', 'N'], 'n×m': ['P'],
};
export const DECLARED = Object.entries(LEAVES).map(([shape, names]) => `${names.join(', ')} : ${shape === '1×1' ? 'scalar' : shape}`).concat('phi : R -> R', 'w_i : n', 'i : 1..K');

/** Functions entry by entry: what they are of an expression, and their derivative there; `1` stands for ones of its shape. */
const ENTRYWISE: readonly (readonly [f: (a: string, one: string) => string, derivative: (a: string, one: string) => string])[] = [
  [(a) => `exp((${a}) / 4)`, (a) => `exp((${a}) / 4) / 4`], [(a) => `sin(${a})`, (a) => `cos(${a})`], [(a) => `cos(${a})`, (a) => `-sin(${a})`],
  [(a) => `tanh(${a})`, (a, one) => `(${one} - tanh(${a}).^2)`], [(a) => `sigmoid(${a})`, (a, one) => `sigmoid(${a}) ⊙ (${one} - sigmoid(${a}))`],
  [(a) => `softplus(${a})`, (a) => `sigmoid(${a})`], [(a) => `atan(${a})`, (a, one) => `(${one} ./ (${one} + (${a}).^2))`],
  [(a) => `sinh((${a}) / 4)`, (a) => `cosh((${a}) / 4) / 4`], [(a) => `cosh((${a}) / 4)`, (a) => `sinh((${a}) / 4) / 4`],
  [(a) => `erf(${a})`, (a) => `2 / sqrt(pi) exp(-(${a}).^2)`], [(a) => `relu(${a})`, (a) => `Ind(${a} > 0)`], [(a) => `abs(${a})`, (a) => `sign(${a})`],
  [(a, one) => `log(2 ${one} + (${a}).^2)`, (a, one) => `(2 (${a}) ./ (2 ${one} + (${a}).^2))`], [(a, one) => `sqrt(${one} + (${a}).^2)`, (a, one) => `((${a}) ./ sqrt(${one} + (${a}).^2))`],
  [(a) => `(${a}).^2`, (a) => `2 (${a})`], [(a) => `(${a}).^3`, (a) => `3 (${a}).^2`], [(a) => `silu(${a})`, (a, one) => `(sigmoid(${a}) + (${a}) ⊙ sigmoid(${a}) ⊙ (${one} - sigmoid(${a})))`],
  [(a) => `gelu(${a})`, (a, one) => `(1/2 (${one} + erf((${a}) / sqrt(2))) + (${a}) ⊙ exp(-(${a}).^2 / 2) / sqrt(2 pi))`], [(a) => `phi(${a})`, (a) => `phi'(${a})`],
  [(a, one) => `(${one} ./ (2 ${one} + (${a}).^2))`, (a, one) => `(-2 (${a}) ./ (2 ${one} + (${a}).^2).^2)`],
];

export interface Maker {
  readonly make: (rows: Dim, cols: Dim, depth: number) => Made;
  /** Definitions that were made on the way, in order. */
  readonly definitions: readonly string[];
}

/** Makes expressions of a shape and at most a depth; some of their parts get a name. */
export function maker({ uniform }: Random): Maker {
  const definitions: string[] = [];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(uniform() * list.length)] as T;
  const any = () => pick<Dim>(['m', 'n']);

  const ones = (rows: Dim, cols: Dim) => (rows === '1' && cols === '1' ? '1' : cols === '1' ? `ones(${rows})` : `ones(${rows}, ${cols})`);
  const leaf = (rows: Dim, cols: Dim): Made => {
    const name = pick(LEAVES[`${rows}×${cols}`] as readonly string[]);
    return { text: name, rows, cols, pull: (g) => [{ leaf: name, text: g }] };
  };

  const inner = (a: string, b: string, { rows, cols }: Made) => (rows === '1' && cols === '1' ? `(${a}) (${b})` : cols === '1' ? `(${a})' (${b})` : `tr((${a})' (${b}))`);

  /** For every shape. */
  const common = (rows: Dim, cols: Dim, depth: number): (() => Made)[] => {
    const again = () => make(rows, cols, depth - 1);
    const shape = { rows, cols };
    const isScalar = rows === '1' && cols === '1';
    const times = isScalar ? '*' : '⊙';
    const product = (): Made => {
      const k = any();
      const [a, b] = [make(rows, k, depth - 1), make(k, cols, depth - 1)];
      return { ...shape, text: `((${a.text}) (${b.text}))`, pull: (g) => [...a.pull(`(${g}) (${b.text})'`), ...b.pull(`(${a.text})' (${g})`)] };
    };
    const scaled = (): Made => {
      const [c, a] = [make('1', '1', depth - 1), again()];
      return { ...shape, text: `((${c.text}) (${a.text}))`, pull: (g) => [...c.pull(inner(g, a.text, a)), ...a.pull(`(${c.text}) (${g})`)] };
    };
    const quotient = (): Made => {
      const [a, c] = [again(), make('1', '1', depth - 1)];
      const below = `(2 + (${c.text})^2)`;
      return { ...shape, text: `((${a.text}) / ${below})`, pull: (g) => [...a.pull(`(${g}) / ${below}`), ...c.pull(`(-2 (${c.text}) (${inner(g, a.text, a)}) / ${below}^2)`)] };
    };
    const entrywise = (): Made => {
      const [f, derivative] = pick(ENTRYWISE);
      const a = again();
      const one = ones(rows, cols);
      return { ...shape, text: f(a.text, one), pull: (g) => a.pull(`((${g}) ${times} (${derivative(a.text, one)}))`) };
    };
    const pair = (): Made => {
      const [a, b] = [again(), again()];
      const of2 = (f: 'max' | 'min', [over, under]: readonly [string, string]): Made =>
        // Of two that are the same one way to choose is as good as the other.
        a.text === b.text ? { ...a, text: `${f}(${a.text}, ${a.text})` } : { ...shape, text: `${f}(${a.text}, ${b.text})`, pull: (g) => [...a.pull(`((${g}) ${times} Ind(${a.text} ${over} ${b.text}))`), ...b.pull(`((${g}) ${times} Ind(${a.text} ${under} ${b.text}))`)] };
      return pick<() => Made>([
        () => ({ ...shape, text: `(${a.text} + ${b.text})`, pull: (g) => [...a.pull(g), ...b.pull(g)] }),
        () => ({ ...shape, text: `(${a.text} - ${b.text})`, pull: (g) => [...a.pull(g), ...b.pull(`-(${g})`)] }),
        () => ({ ...shape, text: `((${a.text}) ${times} (${b.text}))`, pull: (g) => [...a.pull(`((${g}) ${times} (${b.text}))`), ...b.pull(`((${g}) ${times} (${a.text}))`)] }),
        () => of2('max', ['>', '<']),
        () => of2('min', ['<', '>']),
      ])();
    };
    const turned = (): Made => {
      const a = make(cols, rows, depth - 1);
      return { ...shape, text: `(${a.text})'`, pull: (g) => a.pull(`(${g})'`) };
    };
    return [() => leaf(rows, cols), product, product, scaled, quotient, entrywise, entrywise, pair, pair, ...(isScalar ? [] : [turned])];
  };

  const scalar = (depth: number): (() => Made)[] => {
    const shape = { rows: '1', cols: '1' } as const;
    const ofMatrix = (): Made => {
      const a = make(any(), any(), depth - 1);
      return pick<() => Made>([
        () => ({ ...shape, text: `||${a.text}||_F^2`, pull: (g) => a.pull(`(2 (${g}) (${a.text}))`) }),
        () => ({ ...shape, text: `||${a.text}||_F`, pull: (g) => a.pull(`((${g}) / ||${a.text}||_F (${a.text}))`) }),
        () => ({ ...shape, text: `sum(${a.text})`, pull: (g) => a.pull(`((${g}) ${ones(a.rows, a.cols)})`) }),
      ])();
    };
    const ofSquare = (): Made => {
      const k = any();
      const a = make(k, k, depth - 1);
      const spd = `((${a.text}) (${a.text})' + 2 I_${k})`;
      return pick<() => Made>([
        () => ({ ...shape, text: `tr(${a.text})`, pull: (g) => a.pull(`((${g}) I_${k})`) }),
        () => ({ ...shape, text: `det(${a.text} + 3 I_${k})`, pull: (g) => a.pull(`((${g}) det(${a.text} + 3 I_${k}) (${a.text} + 3 I_${k})^-T)`) }),
        () => ({ ...shape, text: `logdet(${spd})`, pull: (g) => a.pull(`(2 (${g}) ${spd}^-1 (${a.text}))`) }),
      ])();
    };
    const ofColumn = (): Made => {
      const k = any();
      const a = make(k, '1', depth - 1);
      return pick<() => Made>([
        () => ({ ...shape, text: `||${a.text}||^2`, pull: (g) => a.pull(`(2 (${g}) (${a.text}))`) }),
        () => ({ ...shape, text: `||${a.text}||`, pull: (g) => a.pull(`((${g}) / ||${a.text}|| (${a.text}))`) }),
        () => ({ ...shape, text: `||${a.text}||_1`, pull: (g) => a.pull(`((${g}) sign(${a.text}))`) }),
        () => ({ ...shape, text: `mean(${a.text})`, pull: (g) => a.pull(`((${g}) / ${k} ones(${k}))`) }),
        () => ({ ...shape, text: `logsumexp(${a.text})`, pull: (g) => a.pull(`((${g}) softmax(${a.text}))`) }),
        () => ({ ...shape, text: `max(${a.text})`, pull: (g) => a.pull(`((${g}) Ind(${a.text} == max(${a.text}) ones(${k})))`) }),
      ])();
    };
    const overIndex = (): Made => {
      const a = make('n', '1', depth - 1);
      return { ...shape, text: `sum_{i=1}^K tanh((${a.text})' w_i)`, pull: (g) => a.pull(`((${g}) sum_{i=1}^K (1 - tanh((${a.text})' w_i)^2) w_i)`) };
    };
    return [ofMatrix, ofSquare, ofColumn, ofColumn, overIndex];
  };

  const column = (rows: Dim, depth: number): (() => Made)[] => {
    const shape = { rows, cols: '1' } as const;
    const softmax = (): Made => {
      const a = make(rows, '1', depth - 1);
      const p = `softmax(${a.text})`;
      return { ...shape, text: p, pull: (g) => a.pull(`(${p} ⊙ (${g}) - (${p}' (${g})) ${p})`) };
    };
    const diagonal = (): Made => {
      const a = make(rows, rows, depth - 1);
      return { ...shape, text: `diag(${a.text})`, pull: (g) => a.pull(`diag(${g})`) };
    };
    return [softmax, diagonal];
  };

  const square = (k: Dim, depth: number): (() => Made)[] => {
    const shape = { rows: k, cols: k } as const;
    const inverse = (): Made => {
      const a = make(k, k, depth - 1);
      const inv = `((${a.text})' (${a.text}) + 2 I_${k})^-1`;
      return { ...shape, text: inv, pull: (g) => a.pull(`(-(${a.text}) ${inv} ((${g}) + (${g})') ${inv})`) };
    };
    const power = (): Made => {
      const a = make(k, k, depth - 1);
      return { ...shape, text: `(${a.text})^2`, pull: (g) => a.pull(`((${g}) (${a.text})' + (${a.text})' (${g}))`) };
    };
    const outer = (): Made => {
      const [a, b] = [make(k, '1', depth - 1), make(k, '1', depth - 1)];
      return { ...shape, text: `((${a.text}) (${b.text})')`, pull: (g) => [...a.pull(`((${g}) (${b.text}))`), ...b.pull(`((${g})' (${a.text}))`)] };
    };
    const diagonal = (): Made => {
      const a = make(k, '1', depth - 1);
      return { ...shape, text: `diag(${a.text})`, pull: (g) => a.pull(`diag(${g})`) };
    };
    return [inverse, power, outer, diagonal];
  };

  /** A part that is said once, and spoken of by name. */
  const named = (made: Made): Made => {
    const text = `z${definitions.length + 1}`;
    definitions.push(`${text} = ${made.text}`);
    return { ...made, text };
  };

  function make(rows: Dim, cols: Dim, depth: number): Made {
    if (depth <= 0) return leaf(rows, cols);
    const own = cols === '1' ? (rows === '1' ? scalar(depth) : column(rows, depth)) : rows === cols ? square(rows, depth) : [];
    const made = pick([...common(rows, cols, depth), ...own, ...own])();
    return uniform() < 0.4 && !(made.text in LEAVES) ? named(made) : made;
  }

  return { make, definitions };
}

/** Small mistakes in a text, each of which may by chance be none. */
export function mistaken(text: string, { uniform }: Random): string | null {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(uniform() * list.length)];
  const places = (pattern: RegExp) => [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ index, found }));
  const edit = (pattern: RegExp, change: (found: string) => string): string | null => {
    const place = pick(places(pattern));
    return place === undefined ? null : text.slice(0, place.index) + change(place.found) + text.slice(place.index + place.found.length);
  };
  const TWINS: Readonly<Record<string, string>> = { x: 'y', y: 'x', u: 'v', v: 'u', A: 'B', B: 'A', C: 'D', D: 'C', M: 'N', N: 'M', s: 't', t: 's', sin: 'cos', cos: 'sin', tanh: 'sigmoid', sinh: 'cosh', cosh: 'sinh' };
  const kinds: readonly (() => string | null)[] = [
    () => edit(/ [+-] /g, (sign) => (sign === ' + ' ? ' - ' : ' + ')),
    () => edit(/(?<=\))'/g, () => ''),
    () => edit(/(?<![\w'])[ABCD](?![\w'])/g, (symbol) => `${symbol}'`),
    () => edit(/(?<![\w'])(?:[xyuvABCDMNst]|sin|cos|tanh|sinh|cosh)(?!\w)/g, (name) => TWINS[name] as string),
    () => edit(/(?<![\w.^_])[234](?!\w)/g, (number) => `${number}.000${number}`),
    () => edit(/\([^()]*\)/g, (part) => `(1.0001 ${part})`),
    () => edit(/\^-1/g, () => ''),
    () => edit(/(?<= )⊙ \([^()]*\)/g, () => ''),
    () => edit(/Ind\([^()]*\)/g, (part) => `${part.slice(0, -1)} + ${part.includes('>') ? '1' : '2'})`),
  ];
  return pick(kinds)?.() ?? null;
}
