import { type Built, } from '../derivation/build.ts';
import type { Equation } from '../derivation/derivation.ts';
import { inferShapes } from '../derivation/infer.ts';
import type { Layout } from '../protocol/report.ts';
import { type Examined, MISFIT, UNREAD, examineClaims } from './claims.ts';
import { isMistaken, isUnread } from './findings.ts';
import type { CheckOptions } from './options.ts';
import type { Source } from './source.ts';
import type { RuleContext } from './words.ts';

/** A document with its shapes inferred and its claims examined, the layout of some sections given. */
export interface Reading {
  readonly context: RuleContext;
  readonly examined: readonly Examined[];
}

/** Layouts that sections are read in, by their number. */
type Layouts = ReadonlyMap<number, Layout>;

/**
 * Reads a document. One that never heard of Chainrule says nowhere which layout it is in, and where several
 * fit its shapes the first need not be the one it means: a section whose claims do not all hold in that one,
 * but do in another, is read in the other. A document with statements is read by shapes alone.
 */
export function readDocument(source: Source, built: Built, options: CheckOptions): Reading {
  const first = readIn(source, built, options, new Map());
  if (source.document.annotated || !options.verify || (options.layout ?? 'auto') !== 'auto') return first;
  const readings = customary(source, built, options, doubtful(first));
  return readings.size === 0 ? first : readIn(source, built, options, readings);
}

function readIn({ text, surface }: Source, built: Built, options: CheckOptions, layouts: Layouts): Reading {
  const inferred = inferShapes(built, options.layout ?? 'auto', layouts);
  const context: RuleContext = { text, notation: surface === 'plain' ? 'plain' : 'latex', built, inferred };
  return { context, examined: options.verify ? examineClaims(context, options, (equation) => unfit(context, equation)) : [] };
}

/** Why numbers are not asked about an equation; null where they are. What is wrong is said elsewhere. */
function unfit({ built, inferred }: RuleContext, equation: Equation): string | null {
  if (isUnread(built, equation)) return UNREAD;
  return isMistaken(inferred, equation) ? MISFIT : null;
}

/** Sections with a claim that numbers refute. */
function doubtful({ examined }: Reading): ReadonlySet<number> {
  return new Set(examined.filter(({ claim }) => claim.status === 'refuted').map(({ equation }) => equation.section));
}

/** For each doubtful section the layout in which everything in it holds, where there is one. */
function customary(source: Source, built: Built, options: CheckOptions, sections: ReadonlySet<number>): Layouts {
  const found = new Map<number, Layout>();
  for (const layout of ['mixed', 'numerator'] as const) {
    const open = [...sections].filter((section) => !found.has(section));
    if (open.length === 0) break;
    const reading = readIn(source, built, options, new Map(open.map((section) => [section, layout])));
    for (const section of open) if (allHolds(reading, section)) found.set(section, layout);
  }
  return found;
}

function allHolds({ context: { inferred, built }, examined }: Reading, section: number): boolean {
  const fits = built.derivation.equations.every((equation) => equation.section !== section || !isMistaken(inferred, equation));
  return fits && examined.every(({ equation, claim }) => equation.section !== section || claim.status !== 'refuted');
}
