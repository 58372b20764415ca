import { readFileSync, statSync } from 'node:fs';
import type { Surface } from '../check/check-document.ts';

/** No derivation is longer; what is, is a mistake, and reading it would only take time. */
const MOST_BYTES = 10_000_000;

/** The text of a file, or why it is no derivation, as a sentence. */
export type Source = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'no-text'; readonly message: string };

/** Reads a file. Throws what the file system throws. */
export function readSource(path: string, surface: Surface): Source {
  const { size } = statSync(path);
  return size > MOST_BYTES ? tooLong(size) : decode(readFileSync(path), surface);
}

/**
 * The text that bytes stand for. A byte order mark is not part of it. LaTeX was written in Latin-1 (`inputenc`) long
 * before UTF-8, and is read so where it is not UTF-8.
 */
export function decode(bytes: Uint8Array, surface: Surface): Source {
  if (bytes.length > MOST_BYTES) return tooLong(bytes.length);
  const wide = wideEncoding(bytes);
  if (wide !== null) return notText(`it is ${wide}; save it as UTF-8`);
  const zero = bytes.indexOf(0);
  if (zero >= 0) return notText(`byte ${zero + 1} is zero`);
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    if (surface === 'latex') return { kind: 'text', text: new TextDecoder('latin1').decode(bytes) };
    return notText('its bytes are not UTF-8');
  }
}

function wideEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 (little-endian)';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'UTF-16 (big-endian)' : null;
}

function tooLong(size: number): Source {
  return { kind: 'no-text', message: `The file has ${(size / 1e6).toFixed(1)} MB; Chainrule reads files up to ${MOST_BYTES / 1e6} MB.` };
}

function notText(reason: string): Source {
  return { kind: 'no-text', message: `The file is not text: ${reason}.` };
}
