import type { Span } from '../base/span.ts';
import type { PlacedEquation } from './collected.ts';
import { type Draft, introduce, lookUpAround, lookUpHere, type Scope } from './scope.ts';

/** The draft that the definition belongs to: this section's own, or a new one that inherits the declaration around it. */
export function claimDraft(scope: Scope, { section, item }: PlacedEquation, key: string, span: Span, text: string): Draft {
  const here = lookUpHere(scope, key, section, item);
  const draft = here !== undefined && here.definedAt === null ? here : inherit(scope, section, item, key, span, text);
  draft.definedAt = span;
  return draft;
}

function inherit(scope: Scope, section: number, item: number, key: string, span: Span, text: string): Draft {
  const around = lookUpAround(scope, key, section, item);
  const draft = introduce(scope, key, section, item, span);
  draft.text = text.slice(span.start, span.end);
  if (around !== undefined)
    Object.assign(draft, { declared: around.declared, declaredAt: around.declaredAt, properties: around.properties });
  return draft;
}
