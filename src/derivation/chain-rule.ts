import { cover } from '../base/span.ts';
import { type DerivativeTerm, isZeroTerm, type SymbolId, type Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { isScalar } from '../shape/shape.ts';
import type { Built } from './build.ts';
import { isReadInFull, pathBetween, reachOf, symbolsIn } from './dependencies.ts';
import type { Equation } from './derivation.ts';
import { isImplied } from './implicit-values.ts';
import type { Inferred } from './infer.ts';
import type { ProductProblem, ShapeProblem } from './problem.ts';
import { factorsOf, termsOf } from './shape-line.ts';

/** One link of a chain: the derivative of one symbol by another. */
interface Link {
  readonly term: DerivativeTerm;
  /** `(dy/dx)'`, as mixed layout writes it before the derivative of a scalar. */
  readonly isTransposed?: true;
  readonly of: SymbolId;
  readonly wrt: SymbolId;
}

/** What the dependency graph says against a claim whose shapes fit. */
export function chainProblems(built: Built, inferred: Inferred, equation: Equation): readonly ShapeProblem[] {
  const [first, ...steps] = equation.sides;
  const claimed = first === undefined ? null : linkOf(built, first);
  if (claimed === null) return first === undefined ? [] : independent(built, equation, first);
  for (const step of steps) {
    const problem = brokenIn(built, inferred, equation, step, claimed) ?? missingIn(built, equation, step, claimed);
    if (problem !== null) return [problem];
  }
  return independent(built, equation, claimed.term);
}

/** A first derivative of a symbol by a symbol, each followed to what it is another name for. */
function linkOf(built: Built, term: Term): Link | null {
  if (term.kind !== 'derivative' || term.wrt.length !== 1 || term.form === 'jacobian') return null;
  const [wrt] = term.wrt;
  if (term.of.kind !== 'symbol' || wrt?.term.kind !== 'symbol' || wrt.transposed) return null;
  return { term, of: sameAs(built, term.of.id), wrt: sameAs(built, wrt.term.id) };
}

/** A symbol that is defined as another one names the same value. */
function sameAs(built: Built, id: SymbolId, depth = 0): SymbolId {
  const body = built.derivation.symbols.get(id)?.definition?.body;
  return body?.kind === 'symbol' && depth < 20 ? sameAs(built, body.id, depth + 1) : id;
}

/** The links of a product of derivatives, transposed or not, and of nothing else; null for any other term. */
function linksOf(built: Built, term: Term): readonly Link[] | null {
  const links = factorsOf(term).map((factor) => linkOf(built, factor) ?? transposedLink(built, factor));
  return links.includes(null) ? null : (links as Link[]);
}

function transposedLink(built: Built, factor: Term): Link | null {
  const link = factor.kind === 'apply' && factor.op === 'transpose' ? linkOf(built, factor.args[0] as Term) : null;
  return link === null ? null : { ...link, isTransposed: true };
}

/** The links from the variable outwards, or null where transposes make another order than the layout's. */
function outwardsIn(links: readonly Link[], layout: Layout): readonly Link[] | null {
  const transposed = links.filter(({ isTransposed }) => isTransposed).length;
  if (layout === 'denominator') return transposed === 0 ? links : null;
  if (transposed === 0) return [...links].reverse();
  return layout === 'mixed' && transposed === links.length - 1 && links.at(-1)?.isTransposed !== true ? links : null;
}

// ---- joins

/** The first pair of neighbours, in any term of a step, that does not join in the order of the layout. */
function brokenIn(built: Built, { shapes }: Inferred, equation: Equation, step: Term, claimed: Link): ShapeProblem | null {
  for (const term of termsOf(step)) {
    const links = linksOf(built, term);
    const outwards = links === null || links.length < 2 ? null : outwardsIn(links, shapes.layoutOf(equation));
    if (links === null || outwards === null) continue;
    // Numbers may be multiplied in any order.
    const commute = links.every((link) => isScalar(shapes.ofTerm(link.term)));
    if (commute && joins([...outwards].reverse(), claimed)) continue;
    const gap = gapIn(outwards);
    if (gap > 0) return broken(built, equation, outwards[gap - 1] as Link, outwards[gap] as Link);
    if (!joins(outwards, claimed)) return brokenEnds(built, equation, term, outwards, claimed);
  }
  return null;
}

/** The first link that does not begin where the one before it ends; -1 where all join. */
function gapIn(outwards: readonly Link[]): number {
  return outwards.findIndex((link, at) => at > 0 && (outwards[at - 1] as Link).of !== link.wrt);
}

function joins(outwards: readonly Link[], claimed: Link): boolean {
  return gapIn(outwards) < 0 && outwards[0]?.wrt === claimed.wrt && outwards.at(-1)?.of === claimed.of;
}

function nameOf(built: Built, id: SymbolId): string {
  return `\`${built.derivation.symbols.get(id)?.text ?? id}\``;
}

function broken(built: Built, equation: Equation, before: Link, after: Link): ShapeProblem {
  const left = `the inner factor is the derivative of ${nameOf(built, before.of)}`;
  const right = `the outer one is by ${nameOf(built, after.wrt)}`;
  return { kind: 'broken', equation, span: cover(before.term.span, after.term.span), left, right };
}

function brokenEnds(built: Built, equation: Equation, term: Term, outwards: readonly Link[], claimed: Link): ShapeProblem {
  const [inner] = outwards as readonly [Link];
  const outer = outwards.at(-1) as Link;
  const left = `the product leads from ${nameOf(built, inner.wrt)} to ${nameOf(built, outer.of)}`;
  const right = `the claim is about ${nameOf(built, claimed.wrt)} and ${nameOf(built, claimed.of)}`;
  return { kind: 'broken', equation, span: term.span, left, right };
}

/**
 * Two derivatives in a product that does not fit, but would join the other way round: they stand in the wrong order. In mixed layout
 * that is `ds/dy dy/dx` of a number s, for `(dy/dx)' ds/dy`.
 */
export function orderProblem(built: Built, { shapes }: Inferred, equation: Equation, problem: ProductProblem): ShapeProblem | null {
  const layout = shapes.layoutOf(equation);
  const left = problem.left.at(-1);
  const { right } = problem;
  const a = left === undefined ? null : linkOf(built, left);
  const b = linkOf(built, right);
  if (left === undefined || a === null || b === null || (layout === 'mixed' && !isScalar(shapes.ofTerm(a.term.of)))) return null;
  const swapped = layout === 'numerator' ? a.of === b.wrt : b.of === a.wrt;
  return swapped ? { kind: 'order', equation, span: cover(left.span, right.span), layout, fits: problem.fits ?? null, left, right } : null;
}

// ---- paths

/** A sum of products of derivatives must have every path from the variable to the function. */
function missingIn(built: Built, equation: Equation, step: Term, claimed: Link): ShapeProblem | null {
  const terms = termsOf(step).map((term) => linksOf(built, term));
  if (terms.includes(null) || terms.length === 0) return null;
  const links = terms as readonly (readonly Link[])[];
  if (links.some((chain) => chain.length === 1)) return null;
  const inner = new Set(
    links.flatMap((chain) => chain.flatMap((link) => [link.of, link.wrt])).filter((id) => id !== claimed.of && id !== claimed.wrt),
  );
  if (!isKnown(built, [claimed.of]) || [...inner].some((id) => built.implicit.has(id))) return null;
  const path = pathBetween(built.derivation, claimed.of, claimed.wrt, { without: inner });
  const through = path?.[path.length - 2];
  if (path === null || through === undefined) return null;
  const [of, wrt] = [claimed.of, claimed.wrt].map((id) => built.derivation.symbols.get(id)?.text ?? id) as [string, string];
  return { kind: 'missingPath', equation, span: step.span, of, wrt, through: path.length > 2 ? through : claimed.of, path };
}

/** The derivative of something by a symbol that it does not depend on, claimed to be something else than zero. */
function independent(built: Built, equation: Equation, claimed: Term): readonly ShapeProblem[] {
  if (claimed.kind !== 'derivative' || claimed.wrt.length !== 1 || saysZero(equation)) return [];
  const variable = wholeOf(built, claimed.wrt[0]?.term);
  const roots = symbolsIn(claimed.of);
  if (variable?.kind !== 'symbol' || roots.includes(variable.id) || roots.length === 0) return [];
  const isMade = roots.some((id) => isMadeOfSomething(built, id)) || !isPart(claimed.of);
  if (!isMade || !isKnown(built, [...roots, variable.id])) return [];
  if (roots.some((id) => pathBetween(built.derivation, id, variable.id, { without: new Set() }) !== null)) return [];
  const text = built.derivation.symbols.get(variable.id)?.text ?? variable.id;
  const of = roots.map((id) => built.derivation.symbols.get(id)?.text ?? id).join(', ');
  return [{ kind: 'independent', equation, span: claimed.span, of, wrt: text }];
}

/** Whether all that symbols are made of is told, and none by an equation that is yet to be solved for it. */
function isKnown({ derivation, implicit }: Built, ids: readonly SymbolId[]): boolean {
  return isReadInFull(derivation, implicit, ids) && ![...reachOf(derivation, ids)].some((id) => isImplied(derivation, id));
}

/** The P of an entry `P_{nk}`; members of a family are symbols of their own. */
function wholeOf({ derivation }: Built, term: Term | undefined): Term | undefined {
  const isEntry = term?.kind === 'entry' && term.base.kind === 'symbol' && derivation.symbols.get(term.base.id)?.family === null;
  return isEntry ? term.base : term;
}

/** A symbol, or an entry of one. */
function isPart(term: Term): boolean {
  return term.kind === 'symbol' || (term.kind === 'entry' && isPart(term.base));
}

function isMadeOfSomething(built: Built, id: SymbolId): boolean {
  const info = built.derivation.symbols.get(id);
  return info !== undefined && (info.open !== null || (info.definition !== null && symbolsIn(info.definition.body).length > 0));
}

function saysZero({ sides }: Equation): boolean {
  return sides.slice(1).some(isZeroTerm);
}
