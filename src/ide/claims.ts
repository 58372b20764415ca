import type { Span } from '../base/span.ts';
import type { CheckedClaim, CheckedDocument, CheckedEquation, Found, SectionLayout } from '../check/checked-document.ts';
import { misfitsIn } from '../check/misfit.ts';
import type { ClaimStatus } from '../protocol/lsp.ts';
import { foundations } from './mentions.ts';

/** A claim as it stands in the document, with its verdict where numbers were asked. */
export interface Claim {
  readonly equation: CheckedEquation;
  readonly span: Span;
  readonly verdict: CheckedClaim | null;
  /** What does not fit in it, so that numbers are not asked; null where they are. */
  readonly misfit: Found | null;
}

const CLAIMED: ReadonlySet<CheckedEquation['kind']> = new Set(['claim', 'condition', 'identity']);

/** Every claim of a document, in its order. */
export function claimsOf(checked: CheckedDocument): readonly Claim[] {
  const verdicts = new Map((checked.claims ?? []).map((claim) => [claim.span.start, claim]));
  const misfitIn = misfitsIn(checked);
  return checked.equations
    .filter(({ kind }) => CLAIMED.has(kind))
    .map((equation) => {
      const { stretch: span } = equation;
      const verdict = verdicts.get(span.start) ?? null;
      return { equation, span, verdict, misfit: misfitIn(span, verdict) };
    });
}

/** A claim that does not fit is wrong before any number is asked. */
export function statusOf({ verdict, misfit }: Claim): ClaimStatus {
  return misfit === null ? (verdict?.status ?? 'unchecked') : 'refuted';
}

/** The claim at an offset: the one around it, else one on its line, else the nearest of its section. */
export function claimAt(checked: CheckedDocument, offset: number): Claim | null {
  const claims = claimsOf(checked);
  const around = claims.filter(({ span }) => span.start <= offset && offset <= span.end).sort((a, b) => length(a.span) - length(b.span));
  if (around[0] !== undefined) return around[0];
  const line = lineAround(checked.text, offset);
  const onLine = claims.filter(({ span }) => span.start <= line.end && line.start <= span.end);
  const section = sectionAt(checked, offset);
  const inSection = claims.filter(({ span }) => sectionAt(checked, span.start) === section);
  return nearest(onLine.length > 0 ? onLine : inSection, offset);
}

function nearest(claims: readonly Claim[], offset: number): Claim | null {
  const distance = ({ span }: Claim) => (offset < span.start ? span.start - offset : offset - span.end);
  return claims.reduce<Claim | null>((best, claim) => (best === null || distance(claim) < distance(best) ? claim : best), null);
}

function lineAround(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}

function length({ start, end }: Span): number {
  return end - start;
}

/** The innermost section with claims around an offset. */
export function sectionAt({ sections }: CheckedDocument, offset: number): SectionLayout | null {
  const around = sections.filter(({ span }) => span.start <= offset && offset <= span.end);
  return around.reduce<SectionLayout | null>((best, one) => (best === null || one.span.start >= best.span.start ? one : best), null);
}

/** The names of the dimensions that a claim depends on, those that only stand inside its products included. */
export function dimensionsOf(checked: CheckedDocument, { equation, span, verdict }: Claim): readonly string[] {
  const expressions = [...equation.sides.map(({ text }) => text), verdict?.of ?? '', verdict?.wrt ?? ''];
  const shapes = [...equation.sides, ...foundations(checked, expressions, span.start).flatMap(({ sides }) => sides)].map(
    ({ shape }) => shape,
  );
  return [...new Set(shapes.flatMap((shape) => shape.match(/\p{L}[\p{L}\p{N}_]*/gu) ?? []))];
}
