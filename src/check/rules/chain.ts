import type { Equation } from '../../derivation/derivation.ts';
import type { ShapeProblem } from '../../derivation/problem.ts';
import type { Found, FoundFix } from '../checked-document.ts';
import { excerpt, type RuleContext } from '../words.ts';

type ChainProblem = ShapeProblem & { readonly kind: 'broken' | 'missingPath' | 'independent' };

/** `0` in the place of what the claim says. */
function saysZero({ say }: RuleContext, { sides, ranges }: Equation): readonly FoundFix[] {
  const [, second] = ranges;
  const last = ranges.at(-1);
  if (sides.length < 2 || second === undefined || last === undefined) return [];
  return [{ title: say('Write {0}', '0'), edits: [{ span: { start: second.start, end: last.end }, newText: '0' }] }];
}

/** `chain/broken`, `chain/missing-path`, `chain/independent`. */
export function chain(context: RuleContext, problem: ChainProblem): Found {
  switch (problem.kind) {
    case 'broken':
      return {
        code: 'chain/broken',
        severity: 'error',
        message: `The chain does not join: ${problem.left}, but ${problem.right}.`,
        span: problem.span,
        related: [],
        fixes: [],
      };
    case 'missingPath': {
      const through = context.built.derivation.symbols.get(problem.through);
      const isDirect = problem.path.length <= 2;
      const how = isDirect ? 'directly' : `through \`${through?.text ?? '?'}\``;
      const message = `\`${problem.of}\` depends on \`${problem.wrt}\` ${how} too: the sum lacks that path.`;
      const related = through === undefined ? [] : [{ message: `\`${through.text}\` is defined here`, span: through.span }];
      return { code: 'chain/missing-path', severity: 'warning', message, span: problem.span, related, fixes: [] };
    }
    case 'independent':
      return {
        code: 'chain/independent',
        severity: 'warning',
        span: problem.span,
        related: [],
        fixes: saysZero(context, problem.equation),
        message: `\`${excerpt(context.text, problem.equation.sides[0]?.span ?? problem.span)}\` is zero: nothing leads from \`${problem.wrt}\` to \`${problem.of}\`.`,
      };
  }
}
