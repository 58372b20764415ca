import type { SymbolId } from '../ops/term.ts';
import { isScalar, showShape } from '../shape/shape.ts';
import type { Draft } from './scope.ts';

/** A function that an equation defines, and whether a letter stands in that equation first. */
interface DefinedFunction {
  readonly draft: Draft;
  readonly isFirst: (key: string) => boolean;
}

/**
 * In `f: ℝ^n → ℝ`, `f(x) = …` x lies in ℝ^n where nothing has spoken of an x before and no other function of it is of anything else. The x of
 * `σ: ℝ → ℝ`, `σ(x) = …` may be a vector elsewhere, to whose entries σ is applied.
 */
export function takeDomains(functions: readonly DefinedFunction[], find: (id: SymbolId) => Draft | undefined): void {
  const given = functions.flatMap(({ draft: { params, from }, isFirst }) =>
    params.flatMap((id, at) => {
      const [argument, domain] = [find(id), from?.[at]];
      return argument === undefined || domain === undefined ? [] : [{ argument, domain, isFirst: isFirst(argument.key) }];
    }),
  );
  for (const { argument, domain } of given.filter(({ isFirst }) => isFirst)) {
    const domains = given.filter((one) => one.argument === argument).map((one) => showShape(one.domain));
    const isSure = !isScalar(domain) && new Set(domains).size === 1;
    if (isSure && argument.declared === null && argument.definedAt === null) argument.declared = domain;
  }
}
