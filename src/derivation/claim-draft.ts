import type { Span } from '../base/span.ts';
import { isScalar } from '../shape/shape.ts';
import type { PlacedEquation } from './collected.ts';
import type { Heads } from './said-again.ts';
import { type Draft, introduce, lookUpAround, lookUpHere, type Scope } from './scope.ts';

/** The draft that the definition belongs to: this section's own, or a new one that inherits the declaration around it. */
export function claimDraft(scope: Scope, equation: PlacedEquation, key: string, span: Span, text: string, heads: () => Heads): Draft {
  const { section, item } = equation;
  const here = lookUpHere(scope, key, section, item);
  const draft = here !== undefined && here.definedAt === null ? here : inherit(scope, equation, key, span, text, heads);
  draft.definedAt = span;
  return draft;
}

function inherit(scope: Scope, equation: PlacedEquation, key: string, span: Span, text: string, heads: () => Heads): Draft {
  const { section, item } = equation;
  const around = lookUpAround(scope, key, section, item);
  const draft = introduce(scope, key, section, item, span);
  draft.text = text.slice(span.start, span.end);
  if (around !== undefined && !isInGeneral(around, equation, key, heads))
    Object.assign(draft, { declared: around.declared, declaredAt: around.declaredAt, properties: around.properties });
  return draft;
}

/**
 * "Suppose `$f : \mathbb R^n \to \mathbb R^m$`" before sections each of which has an f of its own, or one of another number of arguments, speaks of functions in general:
 * those have the shapes of what defines them.
 */
function isInGeneral({ from, declared }: Draft, { statement, origin }: PlacedEquation, key: string, heads: () => Heads): boolean {
  if (origin === 'plain' || from === null || declared === null || isScalar(declared)) return false;
  const [left] = statement.sides;
  const isOfOthers = left?.kind === 'call' && left.args.length !== from.length;
  return isOfOthers || (heads().sections.get(key) ?? 0) > 1;
}
