import { takeZeros } from './at-zero.ts';
import type { Collected } from './collected.ts';
import { takeHorizon } from './horizon.ts';
import { takeJacobianDeterminants } from './jacobian-determinants.ts';
import { takeKnownConstants } from './known-constants.ts';
import { takeListedEntries } from './listed-entries.ts';
import { takeMemberFunctions } from './member-functions.ts';
import { takeMembersAround } from './members-around.ts';
import { takeNames } from './named-parts.ts';
import { takeNumberedApart } from './numbered-apart.ts';
import { takeOwnNumbered } from './own-numbered.ts';
import { takePlainBesideBold } from './plain-beside-bold.ts';
import { takeSideConditions } from './side-conditions.ts';
import { takeSquares } from './squared-variables.ts';
import { takeStackedFunctions } from './stacked-functions.ts';
import { takeSolutions } from './told-solutions.ts';
import { takeTrajectory } from './trajectory.ts';
import { takeUnappliedFunctions } from './unapplied-functions.ts';
import { takeVecs } from './vec-variables.ts';

/** Equations in plainer words, one habit of writing after the other. */
export function withoutHabits(read: Collected, text: string): Collected {
  return HABITS.reduce((collected, take) => take(collected, text), read);
}

const HABITS: readonly ((collected: Collected, text: string) => Collected)[] = [
  takeKnownConstants,
  takeZeros,
  takePlainBesideBold,
  takeMembersAround,
  takeNumberedApart,
  takeOwnNumbered,
  takeVecs,
  takeSolutions,
  takeUnappliedFunctions,
  takeSideConditions,
  takeJacobianDeterminants,
  takeSquares,
  takeStackedFunctions,
  takeListedEntries,
  takeMemberFunctions,
  takeNames,
  takeHorizon,
  takeTrajectory,
];
