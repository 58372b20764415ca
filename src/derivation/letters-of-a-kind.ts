import type { DeclarationStatement, Expr, LettersOfKind } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation, PlacedKind, Walk } from './collected.ts';
import { placeDeclaration } from './place-declaration.ts';
import { familyKey, lookUp } from './scope.ts';
import { toldByEquations } from './told-by-equations.ts';

/** Keeps what is said of all letters of a kind until all others are declared; whether that was said. */
export function noteKind({ kinds, section, item }: Walk, statement: DeclarationStatement): boolean {
  const { letters } = statement;
  if (letters !== undefined) kinds.push({ statement, letters, section, item });
  return letters !== undefined;
}

/**
 * "Every small bold letter is a column with three entries": declares the letters of the kind of which nothing else is said, and the members `\mathbf n_k`
 * of those that are no letters by themselves or are what an equation says: entries have no bold letter.
 */
export function declareLettersOfKinds(walk: Walk): void {
  if (walk.kinds.length === 0) return;
  const told = new Set(toldByEquations(walk.equations).keys());
  for (const kind of walk.kinds) {
    const letters = walk.equations.flatMap((equation) => (equation.item < kind.item ? [] : lettersIn(equation, kind.letters)));
    // A letter that is declared has members or entries, as its text says.
    const members = letters.filter((one) => one.isMember && lookUp(walk.scope, one.key, one.section, one.item)?.declared == null);
    for (const one of [...letters.filter(({ isMember, key }) => !isMember && !told.has(key)), ...members]) declareAs(walk, kind, one);
  }
}

/** Where the sentence stands, or if that is elsewhere where the letter does; members belong to what their own section counts. */
function declareAs(
  walk: Walk,
  { statement, section: from, item: since }: PlacedKind,
  { name, key, isMember, section, item }: Letter,
): void {
  const isKnown = () =>
    lookUp(walk.scope, familyKey(key), section, item) !== undefined || (!isMember && lookUp(walk.scope, key, section, item) !== undefined);
  for (const place of [...(isMember ? [] : [{ section: from, item: since }]), { section, item }]) {
    if (isKnown()) return;
    Object.assign(walk, place);
    placeDeclaration(walk, { ...statement, names: [name] });
  }
}

interface Letter {
  readonly name: Expr;
  readonly key: string;
  readonly isMember: boolean;
  readonly section: number;
  readonly item: number;
}

/** The letters of a kind in an equation, without functions; a capital that is differentiated may be a loss. */
function lettersIn({ statement: { sides }, section, item }: PlacedEquation, { bold, capital }: LettersOfKind): readonly Letter[] {
  const parts = sides.flatMap(withinExpr);
  const apart = new Set(parts.flatMap((part) => headsIn(part, capital)));
  const bases = new Set(parts.flatMap((part) => (isMember(part) ? [part.base] : [])));
  const pattern = PATTERNS[bold ? 'bold' : 'plain'][capital ? 'capital' : 'small'];
  return parts.flatMap((name) => {
    const key = isMember(name) ? symbolKey(name.base) : name.kind === 'name' && !bases.has(name) ? name.name : null;
    return key !== null && pattern.test(key) && !apart.has(key) ? [{ name, key, isMember: isMember(name), section, item }] : [];
  });
}

function isMember(expr: Expr): expr is Expr & { readonly kind: 'postfix' } {
  return expr.kind === 'postfix' && expr.mark.kind === 'sub' && expr.mark.items.length === 1 && expr.base.kind === 'name';
}

function headsIn(part: Expr, capital: boolean): readonly string[] {
  const head = part.kind === 'call' ? headKey(part.head) : part.kind === 'derivative' && capital ? headKey(part.of) : null;
  return head === null ? [] : [head];
}

/** Constants and operators have letters of their own, and so have unit vectors. */
const PATTERNS = {
  bold: { capital: /^(?:bold|vec):(?!I)\p{Lu}$/u, small: /^(?:bold|vec):(?!e$)\p{Ll}$/u },
  plain: { capital: /^(?![IDEHJTL])\p{Lu}$/u, small: /^(?!)/u },
} as const;
