import { isBoldLetter } from '../derivation/bold-convention.ts';
import { reachOfSides, symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from '../derivation/derivation.ts';
import { stranger } from '../derivation/undeclared.ts';
import type { SymbolId } from '../ops/term.ts';
import { type Dim, isFlexible, isOpen, namesIn, ONE, substitute, variable } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, type Shape } from '../shape/shape.ts';
import { strayVariable } from './claims.ts';
import type { RuleContext } from './words.ts';

export type Built = RuleContext['built'];

/** A text with the letters of a claim declared that it says nothing of. */
export interface Declared {
  readonly built: Built;
  /** Whether the text tells the form of each; else small letters are taken for columns. */
  readonly isTold: boolean;
}

/**
 * A text that declares nothing, as it is without what a claim says behind its first side: the letters that the claim rests on declared
 * with the shapes that the definitions give them, each size that these leave open a name of its own, so that the claim can be
 * compared with them and is not what decides their shapes. With `alone` other claims tell nothing, as in a list of rules each of which has letters of its own.
 * Null where the definitions do not tell what the letters are.
 */
export function withUndeclaredSizes(
  { built, text }: Pick<RuleContext, 'built' | 'text'>,
  claim: Equation,
  infer: (built: Built) => Pick<RuleContext, 'inferred' | 'asNumbers'>,
  { alone = false }: { readonly alone?: boolean } = {},
): Declared | null {
  const { derivation } = built;
  const reach = reachOfSides(derivation, claim);
  const letters = [...reach].flatMap((id) => derivation.symbols.get(id) ?? []).filter(isUndeclared);
  if (letters.length === 0 || strayVariable(built, claim) !== null || stranger(built, claim) !== null) return null;
  const around = equationsAbout(derivation, claim, reach).filter(
    (one) => !alone || one.defines !== null || one.span.start === claim.span.start,
  );
  const { inferred, asNumbers } = infer({ ...built, derivation: { ...derivation, equations: around } });
  const { ofSymbol } = asNumbers() ?? inferred.shapes;
  const isTakenForNumber = ({ id, text }: SymbolInfo) =>
    isScalar(ofSymbol(id)) && !isScalar(inferred.shapes.ofSymbol(id)) && !WEIGHT.test(text);
  const shapes = new Map(letters.flatMap(({ id }) => entryOf(id, ofSymbol(id))));
  if (shapes.size < letters.length) return null;
  const single = singleSizes(letters, shapes);
  const named = namesFor(built, text, single);
  const symbols = new Map(derivation.symbols);
  for (const info of letters) symbols.set(info.id, { ...info, declared: mapped(shapes.get(info.id) as MatrixShape, named) });
  // Where nothing is anything but a number, there is nothing else that the letters could be.
  const isOfNumbers =
    !letters.some(isBoldLetter) && [...reach].every((id) => derivation.symbols.get(id)?.role !== 'variable' || isScalar(ofSymbol(id)));
  const equations = around.map((one) => (one.span.start === claim.span.start ? claim : one));
  const implicit = new Set([...built.implicit, ...letters.map(({ id }) => id)]);
  return {
    built: { ...built, implicit, derivation: { ...derivation, symbols, equations } },
    isTold:
      isOfNumbers ||
      (single.size === 0 && !letters.some((info) => isTakenForNumber(info) || (isBoldLetter(info) && isScalar(ofSymbol(info.id))))),
  };
}

/** The open sizes of small letters that are taken for 1: of those whose form nothing tells, as most of these are columns. */
function singleSizes(letters: readonly SymbolInfo[], shapes: ReadonlyMap<SymbolId, MatrixShape>): ReadonlySet<string> {
  const untold = letters.flatMap((info) => {
    const { rows, cols } = shapes.get(info.id) as MatrixShape;
    return !isCapital(info) && isOpen(rows) && isOpen(cols) && rows.key !== cols.key ? [cols] : [];
  });
  return new Set(untold.flatMap(namesIn).filter(isFlexible));
}

function entryOf(id: SymbolId, shape: Shape): readonly (readonly [SymbolId, MatrixShape])[] {
  return shape.kind === 'matrix' ? [[id, shape]] : [];
}

function mapped(shape: MatrixShape, size: (dim: Dim) => Dim): MatrixShape {
  return { ...shape, rows: size(shape.rows), cols: size(shape.cols) };
}

export function isUndeclared({ role, declared, definition, open, family }: SymbolInfo): boolean {
  return role === 'variable' && declared === null && definition === null && open === null && family === null;
}

/** The equations about what a claim rests on, of the claim itself its first side only. */
function equationsAbout({ equations }: Derivation, claim: Equation, reach: ReadonlySet<SymbolId>): readonly Equation[] {
  const about = equations.filter(({ sides }) => sides.some((side) => symbolsIn(side).some((id) => reach.has(id))));
  const first: Equation = { ...claim, sides: claim.sides.slice(0, 1), ranges: claim.ranges.slice(0, 1), relations: [] };
  return about.map((one) => (one === claim ? first : one));
}

function isCapital({ text }: SymbolInfo): boolean {
  return /^\p{Lu}/u.test(text);
}

/** What texts weigh terms with. */
export const WEIGHT = /^\\(?:alpha|beta|gamma|eta|lambda|mu|nu|rho|tau)\b/;

/** What texts call sizes. */
const SIZES = ['n', 'm', 'k', 'p', 'q', 'd', 'r', 's', 't', 'l'];

/** Gives each open size a name that the text does not use, or 1. */
function namesFor({ derivation }: Built, text: string, single: ReadonlySet<string>): (dim: Dim) => Dim {
  const used = new Set([...derivation.symbols.values()].map((info) => info.text));
  const free = SIZES.filter((name) => !used.has(name) && !new RegExp(`_\\{?${name}\\b`).test(text));
  const given = new Map<string, Dim>();
  const fresh = () => {
    const count = [...given.values()].filter((dim) => dim !== ONE).length;
    return variable(free[count] ?? `n${count}`);
  };
  const named = (name: string): Dim => {
    const known = given.get(name) ?? (single.has(name) ? ONE : fresh());
    given.set(name, known);
    return known;
  };
  return (dim) =>
    namesIn(dim)
      .filter(isFlexible)
      .reduce((one, name) => substitute(one, name, named(name)), dim);
}
