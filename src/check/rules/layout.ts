import type { ShapeProblem } from '../../derivation/problem.ts';
import type { Found } from '../checked-document.ts';
import { LAYOUT_WORDS, type RuleContext, excerpt, quoted } from '../words.ts';

/** `layout/shape`, `layout/mixed`: a claim fits another layout than its section's. */
export function layoutOfClaim(context: RuleContext, problem: ShapeProblem & { readonly kind: 'layout' }): Found {
  const { equation, span, layout, fits, directive, shapes } = problem;
  const [claimed] = equation.sides;
  const why = shapes === null ? '' : ` ${claimed === undefined ? 'The derivative' : quoted(context, claimed)} is ${shapes[0]} in this layout, and this side is ${shapes[1]}.`;
  const related = directive === null ? [] : [{ message: 'the layout is set here', span: directive }];
  if (directive !== null) {
    return { code: 'layout/shape', severity: 'error', message: `This is ${LAYOUT_WORDS[fits]}, but the section is in ${LAYOUT_WORDS[layout]}.${why}`, span, related, fixes: [] };
  }
  const message = `The convention changes here: the claims of this section are in ${LAYOUT_WORDS[layout]}, this one is in ${LAYOUT_WORDS[fits]}.${why}`;
  return { code: 'layout/mixed', severity: 'warning', message, span, related, fixes: [] };
}

/** `layout/shape` on a directive that every claim under it contradicts. */
export function layoutOfDirective(_context: RuleContext, problem: ShapeProblem & { readonly kind: 'directive' }): Found {
  const { span, layout, fits, claims } = problem;
  return {
    code: 'layout/shape',
    severity: 'error',
    message: `The section is said to be in ${LAYOUT_WORDS[layout]}, but every claim below is in ${LAYOUT_WORDS[fits]}.`,
    span,
    related: claims.map((claim) => ({ message: `this claim is in ${fits} layout`, span: claim })),
    fixes: [{ title: `Set the layout to ${fits}`, edits: [{ span, newText: `layout ${fits}` }] }],
  };
}

/** `layout/order`: factors of the chain rule in the order of another layout. The range is the two factors. */
export function layoutOrder(context: RuleContext, problem: ShapeProblem & { readonly kind: 'order' }): Found {
  const { left, right, layout, span } = problem;
  const swap = (a: typeof left, b: typeof left) => ({ span: a.span, newText: context.text.slice(b.span.start, b.span.end) });
  return {
    code: 'layout/order',
    severity: 'error',
    message: `In ${LAYOUT_WORDS[layout]} ${quoted(context, right)} stands before ${quoted(context, left)}.`,
    span,
    related: [],
    fixes: [{ title: `Swap the factors: ${excerpt(context.text, right.span)} ${excerpt(context.text, left.span)}`, edits: [swap(left, right), swap(right, left)] }],
  };
}

/** `layout/tensor`: a derivative with more than two axes, and how they stand. */
export function layoutTensor(context: RuleContext, problem: ShapeProblem & { readonly kind: 'tensor' }): Found {
  const { term, shape } = problem;
  const axes = shape.kind === 'tensor' ? shape.axes.map((group) => group.map((dim) => dim.key.replace(/^1\*/, '')).join('×')).join(' | ') : '';
  return {
    code: 'layout/tensor',
    severity: 'information',
    message: `${quoted(context, term)} has more than two axes: ${axes}. A product with it contracts the axis that the chain rule contracts.`,
    span: term.span,
    related: [],
    fixes: [],
  };
}
