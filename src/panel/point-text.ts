import { PYTHON_WORDS } from '../base/python-words.ts';
import type { NamedMatrixReport } from '../protocol/report.ts';
import { inRows, numpyArray } from './number-text.ts';

/** The point as a program that NumPy runs: each variable under a name that Python allows; what it is called in the document stands behind. */
export function pointNumpy(point: readonly NamedMatrixReport[]): string {
  const names = pythonNames(point.map(({ name }) => name));
  const lines = point.map(({ name, rows, cols, data }, at) => {
    const variable = names[at] as string;
    const comment = variable === name ? '' : `# ${name.replace(/\s+/g, ' ')}\n`;
    return `${comment}${variable} = ${numpyArray(data, rows, cols, `${variable} = np.array([`.length)}\n`;
  });
  return `import numpy as np\n\n${lines.join('\n')}`;
}

/** The point as JSON: rows of numbers under the names of the document; what is not a finite number is `null`. */
export function pointJson(point: readonly NamedMatrixReport[]): string {
  return `${JSON.stringify(Object.fromEntries(point.map(({ name, rows, cols, data }) => [name, inRows(data, rows, cols)])))}\n`;
}

/** `\\mathbf{W}_1` is `W_1`, `λ` stays; a name that is taken, or a word of Python, gets a line below. */
function pythonNames(names: readonly string[]): readonly string[] {
  const taken = new Set(['np', ...PYTHON_WORDS]);
  return names.map((name) => {
    let free = pythonName(name);
    while (taken.has(free)) free += '_';
    taken.add(free);
    return free;
  });
}

function pythonName(name: string): string {
  const bare = name
    .replace(/\\(?:mathbf|boldsymbol|bm|mathrm|mathit|text|vec|vect|mathcal|mathbb|operatorname)(?![a-zA-Z])/g, '')
    .replace(/'/g, '_prime');
  const word = bare
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/__+/g, '_');
  return word === '' ? 'value' : /^\p{N}/u.test(word) ? `v${word}` : word;
}
