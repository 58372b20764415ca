import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './host.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; args: string[] }>>;

/** Options and operands of a command. Throws a `UsageError` that says which argument was not understood. */
export function readOptions<const T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(sentence(error));
  }
}

/** Node's own message without the advice on how to quote, which follows the first sentence. */
function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const first = /^.*?(?=\. To specify|$)/s.exec(message)?.[0] ?? message;
  return first.replaceAll("'", '`').replace(/\.?$/, '.');
}

/** One of a few words. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new UsageError(`${option} takes ${inWords(allowed)}, not \`${value}\`.`);
  return found;
}

/** A whole number that is not below `least`. */
export function wholeNumber(option: string, value: string, least: number): number {
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${option} takes a whole number from ${least} up, not \`${value}\`.`);
  return number;
}

/** A number above 0. */
export function positiveNumber(option: string, value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new UsageError(`${option} takes a number above 0, not \`${value}\`.`);
  return number;
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
