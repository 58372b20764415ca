import { convergence } from '../numeric/convergence.ts';
import type { CheckedClaim } from './checked-document.ts';
import { derivationFor, type Examined } from './claims.ts';
import type { CheckOptions } from './options.ts';
import type { RuleContext } from './words.ts';

/** The claim, and where it was asked for, how the error of its differences depends on their step. */
export function withConvergence(context: RuleContext, { equation, verdict, claim }: Examined, options: CheckOptions): CheckedClaim {
  if (options.convergence !== true) return claim;
  if (verdict.steps.length === 0) return { ...claim, convergence: verdict.reason ?? 'it was not compared' };
  const { seed, tolerance, sizes, cancelled, now } = options;
  return {
    ...claim,
    convergence: convergence(derivationFor(context, equation), context.inferred.shapes, equation, {
      ...(seed === undefined ? {} : { seed }),
      ...(tolerance === undefined ? {} : { tolerance }),
      ...(sizes === undefined ? {} : { sizes: new Map(Object.entries(sizes)) }),
      ...(cancelled === undefined ? {} : { cancelled }),
      ...(now === undefined ? {} : { now }),
    }),
  };
}
