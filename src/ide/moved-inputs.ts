import type { FoundEdit } from '../check/checked-document.ts';
import { inputLinks } from './document-links.ts';

/** The path of a file or a folder, and what it will be; with slashes, from the root. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** What else says which file a name in a LaTeX document means. */
interface Around {
  /** The folders besides its own from which its paths may start. */
  readonly folders: readonly string[];
  /** The path of what is named so now; undefined where nothing is there. */
  readonly targetOf: (name: string) => string | undefined;
}

/** The edits with which a LaTeX document still inputs what it inputs, after it or the files have moved. */
export function movedInputs(text: string, document: string, moves: readonly Move[], { folders, targetOf }: Around): readonly FoundEdit[] {
  const own = parentOf(document);
  return inputLinks(text, 'latex').flatMap(({ span, path: name }) => {
    const target = targetOf(name);
    const from = [own, ...folders].find((folder) => target === join(folder, name) || target === `${join(folder, name)}.tex`);
    if (target === undefined || from === undefined) return [];
    const way = wayFrom(from === own ? parentOf(moved(document, moves)) : from, moved(target, moves));
    const newText = /\.\w+$/.test(name) ? way : way.replace(/\.tex$/, '');
    return newText === name.replace(/^\.\//, '') || /[{}%#\n]/.test(newText) ? [] : [{ span, newText }];
  });
}

/** Where something is after files and folders have moved. */
function moved(path: string, moves: readonly Move[]): string {
  const move = moves.find(({ from }) => path === from || path.startsWith(`${from}/`));
  return move === undefined ? path : move.to + path.slice(move.from.length);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function join(folder: string, name: string): string {
  const parts = [...partsOf(folder)];
  for (const part of partsOf(name)) {
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The path from a folder to a file. */
function wayFrom(folder: string, file: string): string {
  const [steps, goal] = [partsOf(folder), partsOf(file)];
  const parting = steps.findIndex((step, at) => goal[at] !== step);
  const shared = parting < 0 ? steps.length : parting;
  return [...steps.slice(shared).map(() => '..'), ...goal.slice(shared)].join('/');
}
