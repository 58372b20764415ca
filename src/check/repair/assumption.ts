import type { Derivation, Equation, SymbolInfo } from '../../derivation/derivation.ts';
import { verifyClaim } from '../../numeric/verify-claim.ts';
import { dependencies } from '../../numeric/dependencies.ts';
import { equal } from '../../shape/dimension.ts';
import { isWide, showShape } from '../../shape/shape.ts';
import type { Property } from '../../syntax/ast.ts';
import type { FoundFix } from '../checked-document.ts';
import type { RuleContext } from '../words.ts';
import type { Recheck } from './recheck.ts';

/** A property that nothing states, under which a refuted claim holds. */
export interface Assumption {
  readonly info: SymbolInfo;
  readonly property: Property;
  /** The declaration that states it, where there is a place for one. */
  readonly fix: FoundFix | null;
}

/** Properties that people forget to state, most often first. */
const FORGOTTEN: readonly Property[] = ['symmetric', 'orthogonal', 'diagonal'];
/** Matrices that are tried. */
const MOST_MATRICES = 6;

/** Tries a refuted claim with each square matrix symmetric, orthogonal, diagonal. */
export function assumptionFor(context: RuleContext, equation: Equation, recheck: Recheck): Assumption | null {
  const { derivation } = context.built;
  for (const info of squareMatrices(derivation, equation)) {
    for (const property of FORGOTTEN) {
      if (!holdsWith(context, equation, info, property)) continue;
      return { info, property, fix: declaring(context, equation, info, property, recheck) };
    }
  }
  return null;
}

function squareMatrices(derivation: Derivation, { sides }: Equation): readonly SymbolInfo[] {
  const { ofTerm } = dependencies(derivation);
  const ids = new Set(sides.flatMap((side) => [...ofTerm(side)]));
  const infos = [...ids].flatMap((id) => derivation.symbols.get(id) ?? []);
  return infos.filter(({ declared, definition, open, properties }) => {
    const isSquare = declared !== null && isWide(declared.rows) && equal(declared.rows, declared.cols);
    return isSquare && definition === null && open === null && properties.length === 0;
  }).slice(0, MOST_MATRICES);
}

function holdsWith({ built, inferred }: RuleContext, equation: Equation, info: SymbolInfo, property: Property): boolean {
  const symbols = new Map([...built.derivation.symbols, [info.id, { ...info, properties: [property] }]]);
  const assumed: Derivation = { ...built.derivation, symbols };
  const holds = (sizeSets: number, points: number) => verifyClaim(assumed, inferred.shapes, equation, { sizeSets, points, smallSizes: true }).status === 'verified';
  return holds(1, 1) && holds(2, 3);
}

/** A line of its own after the declaration, in the comment that the surface has for it. */
function declaring({ text, notation, built }: RuleContext, equation: Equation, info: SymbolInfo, property: Property, recheck: Recheck): FoundFix | null {
  const declaration = built.declarations.find(({ id }) => id === info.id);
  if (declaration === undefined || info.declared === null) return null;
  const statement = `${info.text} : ${showShape(info.declared)} ${property}`;
  const end = text.indexOf('\n', declaration.statement.end);
  const at = end < 0 ? text.length : end;
  for (const line of notation === 'plain' ? [statement] : [`<!-- chainrule: ${statement} -->`, `% chainrule: ${statement}`]) {
    const edits = [{ span: { start: at, end: at }, newText: `\n${line}` }];
    if (recheck(edits, equation)) return { title: `Declare that ${info.text} is ${property}`, edits };
  }
  return null;
}
