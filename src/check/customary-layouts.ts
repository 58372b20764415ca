import type { Derivation, Equation } from '../derivation/derivation.ts';
import type { Inferred } from '../derivation/infer.ts';
import { NO_READINGS, type Readings } from '../derivation/inference-run.ts';
import { dependsOnLayout } from '../derivation/layout-trial.ts';
import type { Layout, Status } from '../protocol/report.ts';
import type { Examined } from './claims.ts';
import { isMistaken } from './findings.ts';
import type { RuleContext } from './words.ts';

/** A document with its shapes inferred and its claims examined, the layout of some sections given. */
export interface Reading {
  readonly context: RuleContext;
  readonly examined: readonly Examined[];
  /** For claims about letters that nothing declares the reading in which they are wrong. */
  readonly unsaid?: ReadonlyMap<Equation, Reading>;
}

/** How a text is read again; `everywhere` also where only some claims were asked for. */
export interface Reader {
  /** As shapes alone say. */
  readonly first: Reading;
  readonly firstEverywhere: () => Reading;
  readonly read: (readings: Readings) => Reading;
  readonly readEverywhere: (readings: Readings) => Reading;
  readonly infer: (readings: Readings) => Inferred;
}

/** The layouts that shapes alone may leave, where they do not leave denominator layout. */
const SETTLED = ['mixed', 'numerator'] as const;
/** The layouts in which a section with a claim that numbers refute is tried. */
const TRIED = ['mixed', 'numerator', 'denominator'] as const;

/** So many claims that hold in another layout are no mistake. */
const SPEAK_FOR_THEMSELVES = 2;

/**
 * The layouts of sections in a text that never heard of Chainrule and says nowhere which one it is in, where numbers or the rest of the
 * text speak for another one than the first that fits their shapes; null where there are none.
 */
export function customaryLayouts(derivation: Derivation, reader: Reader): Readings | null {
  const sections = new Map([...asTheRest(derivation, reader), ...asClaimed(derivation, reader)]);
  return sections.size === 0 ? null : { ...NO_READINGS, sections };
}

// ---- what numbers say

const UNVERIFIED: readonly Status[] = ['refuted', 'inconclusive'];

/** For each section with a claim that numbers refute the layout in which most of it holds, where that is another one. */
function asClaimed(derivation: Derivation, reader: Reader): ReadonlyMap<number, Layout> {
  const { first, firstEverywhere, read, readEverywhere } = reader;
  const sections = [...new Set(first.examined.filter(({ claim }) => claim.status === 'refuted').map(({ equation }) => equation.section))];
  const wrongOf = (reading: Reading, section: number) =>
    derivation.equations.filter((one) => one.section === section).filter(isWrongIn(reading, UNVERIFIED)).length;
  const layoutOf = (section: number) => [...first.context.inferred.layouts].find(([equation]) => equation.section === section)?.[1].layout;
  const fewest = new Map(sections.map((section) => [section, wrongOf(first, section)]));
  const found = new Map<number, Layout>();
  for (const layout of TRIED) {
    const open = sections.filter((section) => fewest.get(section) !== 0 && layoutOf(section) !== layout);
    if (open.length === 0) continue;
    const reading = read({ ...NO_READINGS, sections: new Map(open.map((section) => [section, layout])) });
    for (const section of open) {
      const wrong = wrongOf(reading, section);
      const gained = (fewest.get(section) as number) - wrong;
      if (gained <= 0) continue;
      const isLone = gained < SPEAK_FOR_THEMSELVES && (layout === 'denominator' || !isCalledJacobian(first, section));
      if (isLone && isAgainst(derivation, section, firstEverywhere(), readEverywhere(inOneLayout(derivation, layout)))) continue;
      fewest.set(section, wrong);
      found.set(section, layout);
    }
  }
  return found;
}

/** So far before a display stands what it is called. */
const NAMING = 160;

/** Whether the words before each wrong claim of a section call it a Jacobian, which most have as m×n whatever their gradients look like. */
function isCalledJacobian({ examined, context: { text } }: Reading, section: number): boolean {
  const wrong = examined.filter(({ claim, equation }) => equation.section === section && claim.status === 'refuted');
  return wrong.every(({ equation: { span } }) =>
    /jacobian[^.\n]*[:.]?\s*\S{0,20}\s*$/iu.test(text.slice(Math.max(0, span.start - NAMING), span.start)),
  );
}

/** Whether more of the other sections is wrong only in the other layout than is wrong only as the text was read first. */
function isAgainst({ equations }: Derivation, section: number, first: Reading, other: Reading): boolean {
  const others = equations.filter((one) => one.section !== section && dependsOnLayout(one));
  const [isWrongBefore, isWrongThen] = [isWrongIn(first, ['refuted']), isWrongIn(other, ['refuted'])];
  const lost = others.filter((one) => isWrongThen(one) && !isWrongBefore(one)).length;
  return lost > others.filter((one) => isWrongBefore(one) && !isWrongThen(one)).length;
}

// ---- what the rest of the text says

/**
 * Where shapes leave several claims one layout, and no section's shapes speak against it, the text is in that one: a lone claim elsewhere
 * that holds in denominator layout only, as one about square matrices may, has lost a transpose, or has one too many.
 */
function asTheRest(derivation: Derivation, { first, firstEverywhere, readEverywhere, infer }: Reader): ReadonlyMap<number, Layout> {
  const equations = derivation.equations.filter(dependsOnLayout);
  const layout = SETTLED.find((one) => isSettled(equations, first.context.inferred, one, () => infer(inOneLayout(derivation, one))));
  if (layout === undefined) return new Map();
  const isRefutedThen = hasStatus(readEverywhere(inOneLayout(derivation, layout)), ['refuted']);
  const isVerifiedBefore = hasStatus(firstEverywhere(), ['verified']);
  const isKept = keptIn(equations, first.context.inferred);
  const lost = equations.filter((one) => isRefutedThen(one) && isVerifiedBefore(one) && !isKept(one));
  return new Map(lost.length < SPEAK_FOR_THEMSELVES ? lost.map(({ section }) => [section, layout]) : []);
}

/** Tells gradients by matrices that have the shape of the matrix for their sizes, in a section whose others are rows. */
function keptIn(equations: readonly Equation[], { layouts }: Inferred): (equation: Equation) => boolean {
  const inRows = new Set(equations.filter((one) => layouts.get(one)?.layout === 'numerator').map(({ section }) => section));
  return (equation) => layouts.get(equation)?.layout === 'mixed' && inRows.has(equation.section);
}

/** Whether several claims were read in a layout for their shapes, others were not, and the shapes of all fit it. */
function isSettled(equations: readonly Equation[], first: Inferred, layout: Layout, inLayout: () => Inferred): boolean {
  const fitting = equations.filter((one) => !isMistaken(first, one));
  const settled = fitting.filter((one) => first.layouts.get(one)?.layout === layout);
  if (settled.length < SPEAK_FOR_THEMSELVES || settled.length === equations.length) return false;
  const then = inLayout();
  return fitting.every((one) => !isMistaken(then, one));
}

// ---- readings

function inOneLayout({ equations }: Derivation, layout: Layout): Readings {
  return { ...NO_READINGS, sections: new Map(equations.map(({ section }) => [section, layout])) };
}

/** Tells the equations that have shapes that do not fit, or whose claim has one of these verdicts. */
export function isWrongIn(reading: Reading, wrong: readonly Status[]): (equation: Equation) => boolean {
  const has = hasStatus(reading, wrong);
  return (equation) => has(equation) || isMistaken(reading.context.inferred, equation);
}

function hasStatus({ examined }: Reading, statuses: readonly Status[]): (equation: Equation) => boolean {
  const having = new Set(examined.filter(({ claim }) => statuses.includes(claim.status)).map(({ equation }) => equation));
  return (equation) => having.has(equation);
}
