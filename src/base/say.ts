/** A text with the places `{0}`, `{1}`, … filled in, in the language of whoever reads it. The English text is its own name. */
export type Say = (text: string, ...values: readonly (string | number)[]) => string;

/** Texts of another language by the English ones. */
export type Texts = Readonly<Record<string, string>>;

/** Says in a language what it has a text for, and the rest in English. */
export function sayIn(texts: Texts): Say {
  return (text, ...values) => filled(Object.hasOwn(texts, text) ? (texts[text] as string) : text, values);
}

export const english: Say = sayIn({});

/** Marks a text that is said later by its name, so that it is found where translations are. */
export function told<T extends string>(text: T): T {
  return text;
}

function filled(text: string, values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (place, at: string) => String(values[Number(at)] ?? place));
}
