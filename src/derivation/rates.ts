import { ONE } from '../shape/dimension.ts';
import { isScalar } from '../shape/shape.ts';
import { type Draft, isVector, type Scope } from './scope.ts';

/** What a letter with a dot differentiates, and by what number. */
export interface Rate {
  readonly draft: Draft;
  readonly by: Draft;
}

/** What `dot:x` is the rate of; null where nothing says that x depends on one number. */
export function rateIn(scope: Scope, name: string, find: (key: string) => Draft | undefined): Rate | null {
  const draft = name.startsWith('dot:') ? find(name.slice('dot:'.length)) : undefined;
  const by = draft === undefined ? null : numberBelow(scope, draft);
  return draft === undefined || by === null ? null : { draft, by };
}

/** The number that a column depends on, or that all columns of the text depend on where a letter is defined. */
function numberBelow({ drafts }: Scope, draft: Draft): Draft | null {
  if (draft.open === null && (draft.definedAt === null || draft.from !== null)) return null;
  const moving = draft.open === null ? [...drafts.values()].filter((one) => one.open !== null) : [draft];
  if (!moving.every((one) => isVector(one) && one.open?.length === 1)) return null;
  const [by, ...others] = new Set(moving.flatMap(({ open }) => open ?? []));
  const found = by === undefined || others.length > 0 ? undefined : drafts.get(by);
  return found?.declared != null && isScalar(found.declared) ? found : null;
}

/** Whether `dot:x` is a rate and no name: x is said to depend on one number, or is defined beside columns that do. */
export function isRateOf({ openArguments }: Scope, draft: Draft): boolean {
  const moving = openArguments.filter(({ args }) => args.length === 1).map((one) => one.draft);
  return (
    moving.includes(draft) ||
    (draft.definedAt !== null && moving.length > 0 && moving.every(({ declared }) => declared?.cols.key === ONE.key))
  );
}
