import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Say, sayIn, type Texts } from '../base/say.ts';
import { INVALID, record, string } from '../protocol/read.ts';

/** Says a text in the reader's language. */
export const SayContext = createContext<Say>(english);

export function useSay(): Say {
  return useContext(SayContext);
}

const readTexts = record(string);

/** The language that the page was made with: its texts stand in it as JSON, and English is what has none. */
export function sayOfPage(page: Document): Say {
  const kept = page.getElementById('texts')?.textContent ?? '';
  return kept === '' ? english : sayIn(textsIn(kept));
}

function textsIn(json: string): Texts {
  try {
    const read = readTexts(JSON.parse(json));
    return read === INVALID ? {} : read;
  } catch {
    return {};
  }
}
