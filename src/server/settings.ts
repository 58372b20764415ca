import { boolean, finite, INVALID, natural, nullable, oneOf, type Reader, record } from '../protocol/read.ts';
import type { Layout, Severity } from '../protocol/report.ts';

/** What a person sets under `chainrule.` in their editor. */
export interface Settings {
  readonly layout: Layout | 'auto';
  /** When claims are verified numerically. */
  readonly verify: 'change' | 'save' | 'never';
  readonly tolerance: number | null;
  readonly seed: number | null;
  /** By a diagnostic's code, or `shape/*` for a family. */
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  readonly shapeHints: boolean;
  readonly factorHints: boolean;
  readonly codeLens: boolean;
  /** Whose problems are told to a client that asks for those of its folders. */
  readonly problems: 'open' | 'workspace';
}

export const DEFAULT_SETTINGS: Settings = {
  layout: 'auto',
  verify: 'change',
  tolerance: null,
  seed: null,
  severity: {},
  shapeHints: true,
  factorHints: false,
  codeLens: true,
  problems: 'open',
};

/** Reads what the client answered; a value that is none stands at its default. */
export function readSettings(value: unknown): Settings {
  const get = <T>(path: readonly string[], reader: Reader<T>, otherwise: T): T => {
    const found = path.reduce<unknown>(property, value);
    const read = found === undefined ? INVALID : reader(found);
    return read === INVALID ? otherwise : read;
  };
  const defaults = DEFAULT_SETTINGS;
  return {
    layout: get(['layout'], oneOf('auto', 'denominator', 'numerator', 'mixed'), defaults.layout),
    verify: get(['verify'], oneOf('change', 'save', 'never'), defaults.verify),
    tolerance: get(['tolerance'], nullable(positive), defaults.tolerance),
    seed: get(['seed'], nullable(natural), defaults.seed),
    severity: get(['severity'], record(oneOf('error', 'warning', 'information', 'hint', 'off')), defaults.severity),
    shapeHints: get(['inlayHints', 'shapes'], boolean, defaults.shapeHints),
    factorHints: get(['inlayHints', 'factors'], boolean, defaults.factorHints),
    codeLens: get(['codeLens', 'enabled'], boolean, defaults.codeLens),
    problems: get(['problems'], oneOf('open', 'workspace'), defaults.problems),
  };
}

const positive: Reader<number> = (value) => {
  const read = finite(value);
  return read !== INVALID && read > 0 ? read : INVALID;
};

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** The severity a person wants for a code; `off` where they do not want to see it. */
export function severityOf({ severity }: Pick<Settings, 'severity'>, code: string, otherwise: Severity): Severity | 'off' {
  const family = `${code.split('/')[0]}/*`;
  const own = (key: string) => (Object.hasOwn(severity, key) ? severity[key] : undefined);
  return own(code) ?? own(family) ?? otherwise;
}
