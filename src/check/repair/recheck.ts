import { contains } from '../../base/span.ts';
import type { Equation } from '../../derivation/derivation.ts';
import type { CheckedDocument, Found, FoundEdit } from '../checked-document.ts';
import type { Finding } from '../findings.ts';
import { type CheckOptions, SEED } from '../options.ts';
import type { Source } from '../source.ts';
import { budget, OF_ONE_TEXT } from './budget.ts';

/** Whether the document with these edits has one mistake less, and none of it in the equation. */
export type Recheck = (edits: readonly FoundEdit[], equation: Equation, demand?: Demand) => boolean;

/**
 * What numbers have to say of the mended equation: that it holds, or where they cannot tell nothing against it. What mends
 * no mistake has to leave as many as there were.
 */
export type Demand = 'verified' | 'unrefuted' | 'unharmed';

/** How a document is checked, which the repair of a document must not know by itself. */
export type Check = (source: Source, options: CheckOptions) => CheckedDocument;

/** Candidates are verified at other points than the claim was refuted at. */
const FRESH = 104_729;

/** Reads and checks the edited text: what is wrong has to become less, and the equation right. */
export function rechecking(check: Check, source: Source, options: CheckOptions, before: readonly Finding[]): Recheck {
  return (edits, equation, demand = 'verified') => {
    const growth = edits.reduce((sum, { span, newText }) => sum + newText.length - (span.end - span.start), 0);
    const within = { start: equation.span.start, end: equation.span.end + growth };
    const after = check(source.edited(edits), {
      ...options,
      verify: true,
      repair: false,
      prove: false,
      typeset: false,
      spend: budget(OF_ONE_TEXT),
      examine: within,
      hasty: demand === 'verified',
      seed: (options.seed ?? SEED) + FRESH,
    });
    // Numbers and the dependency graph are asked about this claim alone.
    const isOutside = ({ code, span }: Found) => /^(?:verify|chain)\//.test(code) && !contains(equation.span, span);
    const count = (found: readonly Found[]) => found.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
    const mistakes = count(before.map(({ found }) => found).filter((found) => !isOutside(found)));
    const isRight = (after.claims ?? []).every(
      ({ status }) => status === 'verified' || (demand !== 'verified' && status === 'inconclusive'),
    );
    return isRight && count(after.diagnostics) < mistakes + (demand === 'unharmed' ? 1 : 0);
  };
}
