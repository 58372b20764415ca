import { conventionFor } from '../../derivation/bold-convention.ts';
import type { Equation } from '../../derivation/derivation.ts';
import type { Problem } from '../../derivation/problem.ts';
import { type SymbolTerm, walk } from '../../ops/term.ts';
import { hasCount, isOpen } from '../../shape/dimension.ts';
import { showShape } from '../../shape/shape.ts';
import { isTransposedNumber } from '../any-size.ts';
import type { Found } from '../checked-document.ts';
import { declaring } from '../declaring.ts';
import type { RuleContext } from '../words.ts';

/** `name/redeclared`: declared twice in one section, differently. */
export function nameRedeclared(_context: RuleContext, problem: Problem & { readonly kind: 'redeclared' }): Found {
  const { span, text, earlier, shape, before, strict } = problem;
  return {
    code: 'name/redeclared',
    severity: strict ? 'warning' : 'hint',
    message: `\`${text}\` is declared as ${showShape(shape)} here, but as ${showShape(before)} above in the same section; from here on the new shape holds.`,
    span,
    related: [{ message: `\`${text}\` is ${showShape(before)} here`, span: earlier }],
    fixes: [],
  };
}

/** More are not given a fix, as each is tried. */
const MOST_FIXES = 8;

/** `name/undeclared`: claims use symbols with no shape and no definition; each is said once, at its first use. */
export function namesUndeclared(context: RuleContext): readonly { readonly found: Found; readonly equation: Equation }[] {
  const { built } = context;
  // A shape that is written under a symbol declares it.
  const seen = new Set(built.notes.flatMap(({ term }) => (term.kind === 'symbol' ? [term.id] : [])));
  const claims = built.derivation.equations.filter(({ kind }) => kind === 'claim' || kind === 'condition');
  const isNarrow = isTransposedNumber(context);
  const found: { readonly found: Found; readonly equation: Equation }[] = [];
  for (const equation of claims) {
    for (const term of equation.sides.flatMap((side) => [...walk(side)])) {
      if (term.kind !== 'symbol' || seen.has(term.id) || !built.implicit.has(term.id) || isTold(context, term)) continue;
      seen.add(term.id);
      found.push({
        found: nameUndeclared(context, term, { equation, mayFix: found.length < MOST_FIXES, isNarrow: isNarrow(term.id) }),
        equation,
      });
    }
  }
  return found;
}

/** `convention bold` tells the form of a letter. */
function isTold({ built: { derivation } }: RuleContext, { id }: SymbolTerm): boolean {
  const info = derivation.symbols.get(id);
  return info !== undefined && conventionFor(derivation, info) !== null;
}

interface Use {
  readonly equation: Equation;
  readonly mayFix: boolean;
  /** Whether it is what a mistake made of a letter that is no number. */
  readonly isNarrow: boolean;
}

function nameUndeclared(context: RuleContext, { id, span }: SymbolTerm, { equation, mayFix, isNarrow }: Use): Found {
  const { inferred, text } = context;
  const shape = inferred.shapes.ofSymbol(id);
  const isKnown = !isNarrow && shape.kind === 'matrix' && !isOpen(shape.rows) && !isOpen(shape.cols);
  const name = text.slice(span.start, span.end);
  const what = isKnown ? `its shape, ${showShape(shape)}, follows from its uses` : 'it has no shape';
  const isSized = isKnown && !hasCount(shape.rows) && !hasCount(shape.cols);
  const fixes = isSized && mayFix ? declaring(context, name, shape, equation) : [];
  return {
    code: 'name/undeclared',
    severity: 'hint',
    message: `\`${name}\` is neither declared nor defined; ${what}.`,
    span,
    related: [],
    fixes,
  };
}
