import type { Problem } from '../../derivation/problem.ts';
import { walk } from '../../ops/term.ts';
import { isOpen } from '../../shape/dimension.ts';
import { showShape } from '../../shape/shape.ts';
import type { Found } from '../checked-document.ts';
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

/** `name/undeclared`: claims use symbols with no shape and no definition; each is said once, at its first use. */
export function namesUndeclared({ built, inferred, text }: RuleContext): readonly Found[] {
  // A shape that is written under a symbol declares it.
  const seen = new Set(built.notes.flatMap(({ term }) => (term.kind === 'symbol' ? [term.id] : [])));
  const claims = built.derivation.equations.filter(({ kind }) => kind === 'claim' || kind === 'condition');
  const found: Found[] = [];
  for (const term of claims.flatMap(({ sides }) => sides.flatMap((side) => [...walk(side)]))) {
    if (term.kind !== 'symbol' || seen.has(term.id) || !built.implicit.has(term.id)) continue;
    seen.add(term.id);
    const shape = inferred.shapes.ofSymbol(term.id);
    const isKnown = shape.kind === 'matrix' && !isOpen(shape.rows) && !isOpen(shape.cols);
    const what = isKnown ? `its shape, ${showShape(shape)}, follows from its uses` : 'it has no shape';
    found.push({
      code: 'name/undeclared', severity: 'hint', message: `\`${text.slice(term.span.start, term.span.end)}\` is neither declared nor defined; ${what}.`, span: term.span, related: [], fixes: [],
    });
  }
  return found;
}
