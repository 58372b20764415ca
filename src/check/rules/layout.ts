import type { ShapeProblem } from '../../derivation/problem.ts';
import type { Term } from '../../ops/term.ts';
import { showShape } from '../../shape/shape.ts';
import type { Found, FoundRelated } from '../checked-document.ts';
import { excerpt, LAYOUT_WORDS, oneLine, quoted, type RuleContext } from '../words.ts';

type LayoutProblem = ShapeProblem & { readonly kind: 'layout' };

/** `layout/shape`, `layout/mixed`: a claim fits another layout than its section's. */
export function layoutOfClaim(context: RuleContext, problem: LayoutProblem): Found {
  const { span, layout, fits, directive, isAsked } = problem;
  const where = `in ${LAYOUT_WORDS[layout]}${shapeThere(context, problem)}`;
  if (isAsked) {
    return {
      code: 'layout/shape',
      severity: 'error',
      message: `This is ${LAYOUT_WORDS[fits]}, but the section is ${directive === null ? 'to be ' : ''}${where}.`,
      span,
      related: directive === null ? [] : [{ message: 'the layout is set here', span: directive }],
      fixes: [],
    };
  }
  const message = `The convention changes here to ${LAYOUT_WORDS[fits]}: so far the section is ${where}.`;
  return { code: 'layout/mixed', severity: 'warning', message, span, related: claimBefore(context, problem), fixes: [] };
}

function shapeThere(context: RuleContext, { equation: { sides }, shapes }: LayoutProblem): string {
  const [claimed] = sides;
  return shapes === null || claimed === undefined
    ? ''
    : `, where ${quoted(context, claimed)} is ${shapes[0]}, and this side is ${shapes[1]}`;
}

/** The last claim above that is in the layout of the section. */
function claimBefore({ built, inferred }: RuleContext, { equation, layout }: LayoutProblem): readonly FoundRelated[] {
  const { equations } = built.derivation;
  const before = equations
    .slice(0, equations.indexOf(equation))
    .findLast((one) => one.section === equation.section && one.kind === 'claim' && (inferred.problemsOf.get(one) ?? []).length === 0);
  return before === undefined ? [] : [{ message: `this claim is in ${layout} layout`, span: before.span }];
}

/** `layout/shape` on a directive, as the claims under it hold in another layout. */
export function layoutOfDirective({ text, say }: RuleContext, problem: ShapeProblem & { readonly kind: 'directive' }): Found {
  const { span, layout, fits, claims } = problem;
  return {
    code: 'layout/shape',
    severity: 'error',
    message: `The section is said to be in ${LAYOUT_WORDS[layout]}, but what stands below is in ${LAYOUT_WORDS[fits]}.`,
    span,
    related: claims.map((claim) => ({ message: `this claim is in ${fits} layout`, span: claim })),
    // The heading of a column of a table is no directive that could be exchanged.
    fixes: /^\s*\|/u.test(text.slice(span.end))
      ? []
      : [{ title: say('Set the layout to {0}', fits), edits: [{ span, newText: `layout ${fits}` }] }],
  };
}

/** `layout/order`: factors of the chain rule in the order of another layout. The range is the two factors. */
export function layoutOrder(context: RuleContext, problem: ShapeProblem & { readonly kind: 'order' }): Found {
  const { left, right, layout, span } = problem;
  const turned = layout === 'mixed' ? transposedText(context, right) : textOf(context, right);
  return {
    code: 'layout/order',
    severity: 'error',
    message: `In ${LAYOUT_WORDS[layout]} \`${oneLine(turned)}\` stands before ${quoted(context, left)}.`,
    span,
    related: [],
    fixes: [
      {
        title: context.say('Swap the factors: {0} {1}', oneLine(turned), excerpt(context.text, left.span)),
        edits: [
          { span: left.span, newText: turned },
          { span: right.span, newText: textOf(context, left) },
        ],
        slip: 'order',
      },
    ],
  };
}

function textOf({ text }: RuleContext, { span }: Term): string {
  return text.slice(span.start, span.end);
}

function transposedText(context: RuleContext, term: Term): string {
  const text = textOf(context, term);
  return context.notation === 'plain' ? `(${text})'` : `\\left(${text}\\right)^\\top`;
}

type TensorProblem = ShapeProblem & { readonly kind: 'tensor' };

/** `layout/tensor`: a derivative with more than two axes, how they stand, and what a product with it does. */
export function layoutTensor(context: RuleContext, problem: TensorProblem): Found {
  const { term, shape } = problem;
  return {
    code: 'layout/tensor',
    severity: 'information',
    message: `${quoted(context, term)} has more than two axes: ${showShape(shape)}${axesInWords(context, problem)}`,
    span: term.span,
    related: [],
    fixes: [],
  };
}

/** The operands whose axes stand first and second: variable and function, or of a second derivative the two variables. */
function axesInWords(context: RuleContext, { term, shape, layout }: TensorProblem): string {
  if (term.kind !== 'derivative' || shape.kind !== 'tensor' || shape.axes.length !== 2) return '.';
  const [variable, other] = term.wrt;
  if (variable === undefined) return '.';
  const isSecond = term.form === 'hessian' || other !== undefined;
  const variableFirst = term.form === 'gradient' || (layout === 'denominator' && !variable.transposed);
  const pair = isSecond ? [variable.term, (other ?? variable).term] : variableFirst ? [variable.term, term.of] : [term.of, variable.term];
  const [first, second] = pair.map((operand) => quoted(context, operand));
  return `, those of ${first}, then those of ${second}. A product sums over the axes in which its factors meet, as the chain rule does: on the left of it those of ${first}, on the right those of ${second}.`;
}
