import type { Server } from './server.ts';

/** The address of a file that a LaTeX document inputs. Where files cannot be looked for, a path is taken to be beside the document. */
export function inputTarget(
  { host: { findInput }, folders }: Pick<Server, 'host' | 'folders'>,
  uri: string,
  path: string,
): string | undefined {
  return findInput === undefined ? besides(uri, path) : findInput(uri, path, folders);
}

function besides(uri: string, path: string): string | undefined {
  try {
    return new URL(/\.\w+$/.test(path) ? path : `${path}.tex`, uri).href;
  } catch {
    return undefined;
  }
}
