import { lazily } from '../base/lazily.ts';
import { groupedBy } from '../base/lists-by-key.ts';
import { english } from '../base/say.ts';
import type { Built } from '../derivation/build.ts';
import type { Equation } from '../derivation/derivation.ts';
import { inferShapes } from '../derivation/infer.ts';
import { NO_READINGS, type Readings } from '../derivation/inference-run.ts';
import { byDirective } from '../derivation/layout-choice.ts';
import { OTHERS } from '../derivation/layout-mistake.ts';
import { dependsOnLayout, isLaidOut } from '../derivation/layout-trial.ts';
import { withOpenNumbers } from '../derivation/open-numbers.ts';
import type { Layout } from '../protocol/report.ts';
import { type ExamineOptions, examineClaims, MISFIT, UNREAD } from './claims.ts';
import { customaryLayouts, isWrongIn, type Reading } from './customary-layouts.ts';
import { withEarlierDeclarations } from './earlier-declarations.ts';
import { isMistaken, unreadIn } from './findings.ts';
import { keepingMatrices } from './kept-matrices.ts';
import { withoutMisfitDefinitions } from './misfit-definitions.ts';
import type { CheckOptions } from './options.ts';
import type { Source } from './source.ts';
import { withUndeclared } from './undeclared-readings.ts';
import type { RuleContext } from './words.ts';

/**
 * Reads a document, and once more where its claims speak for another layout. In one with statements that is a directive which
 * they contradict; what has none is read by shapes alone. One that never heard of Chainrule says nowhere which layout it is in,
 * and where several fit its shapes the first need not be the one it means: a section of which more holds in another is read in that.
 */
export function readDocument(source: Source, built: Built, options: ExamineOptions): Reading {
  const first = readIn(source, built, options, NO_READINGS);
  const readings = source.document.annotated ? annotated(source, built, options, first) : customary(source, built, options, first);
  const reading = readings === null ? first : readIn(source, built, options, readings);
  return source.document.annotated ? reading : beyondDeclarations(source, options, reading);
}

/** What is kept of the last check is of another text. */
function beyondDeclarations(source: Source, options: ExamineOptions, reading: Reading): Reading {
  const anew: Source = { ...source, before: null };
  return withUndeclared(reading, {
    infer: (built) => contextIn(anew, built, options),
    examine: (built, { span }, readings) => readIn(anew, built, { ...options, examine: span }, readings),
  });
}

function customary(source: Source, built: Built, options: ExamineOptions, first: Reading): Readings | null {
  if (!options.verify || (options.layout ?? 'auto') !== 'auto') return null;
  const { examine: _, ...everywhere } = options;
  const layouts = customaryLayouts(built.derivation, {
    first,
    firstEverywhere: lazily(() => (options.examine === undefined ? first : readIn(source, built, everywhere, NO_READINGS))),
    read: (readings) => readIn(source, built, options, readings),
    readEverywhere: (readings) => readIn(source, built, everywhere, readings),
    infer: (readings) => contextIn(source, built, options, readings).inferred,
  });
  const read = (readings: Readings) => readIn(source, built, options, readings);
  return keepingMatrices(layouts === null ? first : read(layouts), layouts, read) ?? layouts;
}

function readIn(source: Source, built: Built, options: ExamineOptions, readings: Readings): Reading {
  const context = contextIn(source, built, options, readings);
  return { context, examined: options.verify ? examineClaims(context, options, unfitIn(context)) : [] };
}

/** A document with its shapes inferred. */
export function contextIn(
  { text, surface, document, before }: Source,
  given: Built,
  options: CheckOptions & Pick<ExamineOptions, 'once'>,
  readings: Readings = NO_READINGS,
): RuleContext {
  const kept = options.once === true ? 'once' : (before?.inference ?? null);
  const infer = (one: Built) => inferShapes(one, options.layout ?? 'auto', readings, kept);
  const first = infer(given);
  const built = document.annotated ? given : withEarlierDeclarations(given, first);
  const inferred = built === given ? first : infer(built);
  const inNumbers = lazily(() => {
    const numbers = withOpenNumbers(built, inferred.shapes);
    return numbers === null ? null : { built: numbers, inferred: inferShapes(numbers, options.layout ?? 'auto', readings) };
  });
  return {
    text,
    notation: surface === 'plain' ? 'plain' : 'latex',
    annotated: document.annotated,
    built: document.annotated ? built : withoutMisfitDefinitions(built, inferred),
    inferred,
    inNumbers,
    asNumbers: () => inNumbers()?.inferred.shapes ?? null,
    macros: document.macros,
    say: options.say ?? english,
  };
}

/** Tells why numbers are not asked about an equation; null where they are. What is wrong is said elsewhere. */
function unfitIn({ built, inferred }: RuleContext): (equation: Equation) => string | null {
  const isUnread = unreadIn(built);
  return (equation) => (isUnread(equation) ? UNREAD : isMistaken(inferred, equation) ? MISFIT : null);
}

// ---- directives

function annotated(source: Source, built: Built, options: ExamineOptions, first: Reading): Readings | null {
  const beside = besideDirectives(source, built, options, first);
  const sections = behindDirectives(source, built, options, first);
  return beside === null && sections.size === 0 ? null : { ...(beside ?? NO_READINGS), sections };
}

/** The order in which a section is read that directives elsewhere say nothing of. */
const USUAL: readonly Layout[] = ['denominator', 'mixed', 'numerator'];

/** For each section without a directive that contradicts the layout of those above it the first in which all of it holds. */
function behindDirectives(source: Source, built: Built, options: ExamineOptions, first: Reading): ReadonlyMap<number, Layout> {
  const behind = built.derivation.equations.filter((one) => one.settings.layoutAbove !== null && dependsOnLayout(one));
  const suspects = [...groupedBy(behind, ({ section }) => section).values()].filter((group) => wrongIn(first, group) > 0);
  const found = new Map<number, Layout>();
  for (const layout of suspects.length === 0 ? [] : USUAL) {
    const open = suspects.filter(([one]) => one !== undefined && !found.has(one.section) && one.settings.layoutAbove !== layout);
    const sections = new Map(open.map(([one]) => [(one as Equation).section, layout]));
    if (sections.size === 0) continue;
    const reading = readIn(source, built, options, { ...NO_READINGS, sections });
    for (const group of open) if (wrongIn(reading, group) === 0) found.set((group[0] as Equation).section, layout);
  }
  return found;
}

/** For each directive that its claims contradict the layout in which they all hold, where there is one. */
function besideDirectives(source: Source, built: Built, options: ExamineOptions, first: Reading): Readings | null {
  const groups = byDirective(built.derivation.equations.filter((one) => one.settings.layoutSpan !== null && dependsOnLayout(one)));
  const suspects = groups.filter((group) => isContradicted(first, group));
  const found = new Map<number, Layout>();
  for (const choice of [0, 1]) {
    const open = suspects.filter((group) => !found.has(startOf(group)));
    if (open.length === 0) break;
    const layouts = new Map(open.map((group) => [startOf(group), otherLayout(group, choice)]));
    const reading = readIn(source, built, options, { ...NO_READINGS, directives: layouts });
    for (const group of open) if (wrongIn(reading, group) === 0) found.set(startOf(group), otherLayout(group, choice));
  }
  return found.size === 0 ? null : { ...NO_READINGS, directives: found };
}

/** One wrong claim among others is a mistake of its own, unless the others have one form in every layout and its steps bear one another out. */
function isContradicted(reading: Reading, group: readonly Equation[]): boolean {
  const wrong = wrongIn(reading, group);
  if (wrong !== 1) return wrong > 1;
  const [only, ...more] = group.filter(isLaidOut);
  if (only === undefined || more.length > 0) return false;
  return group.length === 1 ? !isSwappedProduct(only) : only.sides.length > 2 && wrongIn(reading, [only]) === 1;
}

/** One claim of two sides, the second a product of derivatives, speaks for swapped factors rather than for a wrong directive. */
function isSwappedProduct({ sides }: Equation): boolean {
  const [, step] = sides;
  return sides.length === 2 && step?.kind === 'apply' && step.op === 'mul' && step.args.every((arg) => arg.kind === 'derivative');
}

function startOf([first]: readonly Equation[]): number {
  return first?.settings.layoutSpan?.start ?? 0;
}

function otherLayout([first]: readonly Equation[], choice: number): Layout {
  const { layout } = (first as Equation).settings;
  return OTHERS[layout === 'auto' ? 'denominator' : layout][choice] as Layout;
}

/** How many equations have shapes that do not fit, or are refuted. */
function wrongIn(reading: Reading, equations: readonly Equation[]): number {
  return equations.filter(isWrongIn(reading, ['refuted'])).length;
}
