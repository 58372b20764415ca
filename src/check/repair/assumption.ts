import { told } from '../../base/say.ts';
import type { Derivation, Equation, SymbolInfo } from '../../derivation/derivation.ts';
import { dependencies } from '../../numeric/dependencies.ts';
import { verifyClaim } from '../../numeric/verify-claim.ts';
import type { SymbolId } from '../../ops/term.ts';
import { equal, nameOf, showDim } from '../../shape/dimension.ts';
import { isWide, type MatrixShape, showShape } from '../../shape/shape.ts';
import type { Property } from '../../syntax/ast.ts';
import type { FoundFix } from '../checked-document.ts';
import type { RuleContext } from '../words.ts';
import type { Recheck } from './recheck.ts';

/** What nothing states, and what would make a refuted claim hold. */
export interface Assumption {
  /** "`A` is symmetric". */
  readonly says: string;
  /** The statement that states it, where there is a place for one. */
  readonly fix: FoundFix | null;
}

/** Properties that people forget to state, most often first, as a sentence says them. */
const OF_MATRICES: Forgotten = {
  symmetric: told('symmetric'),
  spd: told('symmetric positive definite'),
  orthogonal: told('orthogonal'),
  diagonal: told('diagonal'),
};
const OF_VECTORS: Forgotten = { unit: told('of unit norm') };

type Forgotten = Readonly<Partial<Record<Property, string>>>;

/** Symbols, and pairs of dimensions, that are tried. */
const MOST_SYMBOLS = 6;
const MOST_PAIRS = 2;
/** Matrices that are made symmetric together. */
const MOST_TOGETHER = 4;

/** Tries a refuted claim with each square matrix symmetric, definite, orthogonal, diagonal, each vector of unit norm, and rectangular matrices square. */
export function assumptionFor(context: RuleContext, equation: Equation, recheck: Recheck): Assumption | null {
  const free = freeSymbols(context.built.derivation, equation);
  for (const info of free.slice(0, MOST_SYMBOLS)) {
    for (const [property, words] of Object.entries(forgottenOf(info)) as [Property, string][]) {
      if (!holdsWith(context, equation, [info], property)) continue;
      return {
        says: `\`${info.text}\` is ${words}`,
        fix: stating(
          context,
          equation,
          info,
          { statements: [having(info, property)], title: context.say('Declare that {0} is {1}', info.text, context.say(words)) },
          recheck,
        ),
      };
    }
  }
  return allSymmetricFor(context, equation, free, recheck) ?? squareFor(context, equation, free, recheck);
}

function having({ text, declared }: SymbolInfo, property: Property): string {
  return `${text} : ${showShape(declared as MatrixShape)} ${property}`;
}

/** Several matrices that each have to be symmetric: the two of a Rayleigh quotient `x' A x / x' B x`. */
function allSymmetricFor(context: RuleContext, equation: Equation, free: readonly SymbolInfo[], recheck: Recheck): Assumption | null {
  const square = free.filter((info) => forgottenOf(info).symmetric !== undefined);
  const last = square.at(-1);
  if (last === undefined || square.length < 2 || square.length > MOST_TOGETHER || !holdsWith(context, equation, square, 'symmetric'))
    return null;
  const names = square.map(({ text }) => text);
  const statements = square.map((info) => having(info, 'symmetric'));
  const title = context.say('Declare that {0} are symmetric', names.join(', '));
  return {
    says: `${and(names.map((name) => `\`${name}\``))} are symmetric`,
    fix: stating(context, equation, last, { statements, title }, recheck),
  };
}

function and(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Declared symbols of which nothing but the shape is known. */
function freeSymbols(derivation: Derivation, { sides }: Equation): readonly SymbolInfo[] {
  const { ofTerm } = dependencies(derivation);
  const ids = new Set(sides.flatMap((side) => [...ofTerm(side)]));
  const infos = [...ids].flatMap((id) => derivation.symbols.get(id) ?? []);
  return infos.filter(
    ({ declared, definition, open, properties }) => declared !== null && definition === null && open === null && properties.length === 0,
  );
}

function forgottenOf({ declared }: SymbolInfo): Forgotten {
  if (declared === null) return {};
  if (isWide(declared.rows) && equal(declared.rows, declared.cols)) return OF_MATRICES;
  return isWide(declared.rows) && !isWide(declared.cols) ? OF_VECTORS : {};
}

/** `m = n` of an m×n matrix; judged by the document with that statement in it. */
function squareFor(context: RuleContext, equation: Equation, free: readonly SymbolInfo[], recheck: Recheck): Assumption | null {
  const rectangular = free.filter(
    ({ declared }) =>
      declared !== null &&
      nameOf(declared.rows) !== undefined &&
      nameOf(declared.cols) !== undefined &&
      !equal(declared.rows, declared.cols),
  );
  for (const info of rectangular.slice(0, MOST_PAIRS)) {
    const { rows, cols } = info.declared as MatrixShape;
    if (!holdsAtSize(context, equation, [rows, cols].map(nameOf))) continue;
    const statement = `${showDim(rows)} = ${showDim(cols)}`;
    const fix = stating(context, equation, info, { statements: [statement], title: context.say('State that {0}', statement) }, recheck);
    if (fix !== null) return { says: `\`${info.text}\` is square`, fix };
  }
  return null;
}

/** As long as the sides of a rectangular matrix are when it is square. */
const SQUARE = 3;

/** Whether a claim holds at one point where some dimensions are the same: if not, a document that says so need not be read. */
function holdsAtSize({ built, inferred }: RuleContext, equation: Equation, names: readonly (string | undefined)[]): boolean {
  const sizes = new Map(names.flatMap((name) => (name === undefined ? [] : [[name, SQUARE] as const])));
  const trial = { ...equation, settings: { ...equation.settings, sizes } };
  return verifyClaim(built.derivation, inferred.shapes, trial, { sizeSets: 1, points: 1 }).status === 'verified';
}

/** Whether a refuted claim holds with every square matrix symmetric. */
export function holdsIfSymmetric(context: RuleContext, equation: Equation): boolean {
  const square = freeSymbols(context.built.derivation, equation).filter((info) => forgottenOf(info).symmetric !== undefined);
  return square.length > 0 && holdsWith(context, equation, square, 'symmetric');
}

function holdsWith({ built, inferred }: RuleContext, equation: Equation, infos: readonly SymbolInfo[], property: Property): boolean {
  const having = infos.map((info): readonly [SymbolId, SymbolInfo] => [info.id, { ...info, properties: [property] }]);
  const assumed: Derivation = { ...built.derivation, symbols: new Map([...built.derivation.symbols, ...having]) };
  const holds = (sizeSets: number, points: number) =>
    verifyClaim(assumed, inferred.shapes, equation, { sizeSets, points, smallSizes: true }).status === 'verified';
  return holds(1, 1) && holds(2, 3);
}

interface Stated {
  readonly statements: readonly string[];
  readonly title: string;
}

/** A line of its own after the declaration, in the comment that the surface has for it. */
function stating(
  { text, notation, built }: RuleContext,
  equation: Equation,
  info: SymbolInfo,
  { statements, title }: Stated,
  recheck: Recheck,
): FoundFix | null {
  const declaration = built.declarations.find(({ id }) => id === info.id);
  if (declaration === undefined) return null;
  const end = text.indexOf('\n', declaration.statement.end);
  const at = end < 0 ? text.length : end;
  const joined = statements.join('; ');
  const lines = notation === 'plain' ? [statements.join('\n')] : [`<!-- chainrule: ${joined} -->`, `% chainrule: ${joined}`];
  for (const line of lines) {
    const edits = [{ span: { start: at, end: at }, newText: `\n${line}` }];
    if (recheck(edits, equation)) return { title, edits };
  }
  return null;
}
