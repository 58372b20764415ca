import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Texts } from '../base/say.ts';
import { INVALID, record, string } from '../protocol/read.ts';

/** The bundle of a language in a folder: that of `de-at`, else that of `de`; undefined where there is none. */
export function readTexts(folder: string, locale: string): Texts | undefined {
  const parts = locale.toLowerCase().split(/[-_]/);
  for (let length = parts.length; length > 0; length--) {
    const texts = bundle(folder, parts.slice(0, length).join('-'));
    if (texts !== undefined) return texts;
  }
  return undefined;
}

function bundle(folder: string, language: string): Texts | undefined {
  if (!/^[a-z\d-]+$/.test(language)) return undefined;
  try {
    const read = record(string)(JSON.parse(readFileSync(join(folder, `bundle.l10n.${language}.json`), 'utf8')));
    return read === INVALID ? undefined : read;
  } catch {
    return undefined;
  }
}
