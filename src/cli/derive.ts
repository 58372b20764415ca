import {
  type DerivedText,
  type DeriveRequest,
  deriveText,
  differentialText,
  type EntriesText,
  printEntries,
  printNamed,
} from '../calculus/derive-text.ts';
import { isRefusal } from '../calculus/differentiate.ts';
import { emitCode, TARGETS, type Target } from '../calculus/emit-code.ts';
import { stepsOf } from '../calculus/steps.ts';
import { type Command, type ExitStatus, type Host, UsageError } from './host.ts';
import { oneOf, readOptions } from './read-options.ts';

const LAYOUTS = ['denominator', 'numerator', 'mixed'] as const;
const FORMS = ['text', 'latex', 'steps', ...TARGETS] as const;

export const DERIVE: Command = {
  name: 'derive',
  usage:
    "chainrule derive EXPRESSION --wrt X --given 'A : n×n; x : n' [--differential] [--layout L] [--to text|latex|steps|numpy|pytorch|jax|julia|matlab]",
  summary: 'differentiate an expression, as a formula or as code that computes value and gradient',
  details: `  EXPRESSION         what is differentiated, in plain notation, as in "||A x - b||^2"
  --wrt X            the variable; two of them, as in "x, x'", for a second derivative
  --given STATEMENTS declarations and definitions, separated by semicolons
  --differential     the differential in dX, of all variables that --wrt names, as text or as latex
  --layout L         ${LAYOUTS.join(', ')} (default: denominator)
  --to FORM          ${FORMS.join(', ')} (default: text)`,
  run: derive,
};

async function derive(args: readonly string[], host: Host): Promise<ExitStatus> {
  const { values, positionals } = readOptions(withMinusKept(args), {
    wrt: { type: 'string' },
    differential: { type: 'boolean', default: false },
    given: { type: 'string', multiple: true },
    layout: { type: 'string', default: 'denominator' },
    to: { type: 'string', default: 'text' },
  });
  const [expression, ...more] = positionals;
  if (expression === undefined) throw new UsageError('Which expression?');
  if (more.length > 0) throw new UsageError('One expression at a time; put it in quotes.');
  if (values.wrt === undefined) throw new UsageError('By which variable? Say so with --wrt.');
  const form = oneOf('--to', values.to, FORMS);
  const request: DeriveRequest = {
    expression,
    wrt: values.wrt,
    given: (values.given ?? []).join('\n'),
    layout: oneOf('--layout', values.layout, LAYOUTS),
  };
  if (values.differential) return writeDifferential(host, request, form);
  const answer = deriveText(request);
  if (answer.kind === 'refused') return refuse(host, request, answer.reason);
  if (answer.kind === 'entries') return writeEntries(host, request, answer, form);
  return write(host, request, answer, form);
}

/** An expression may begin with a minus, which no option of this command does: options have two. */
function withMinusKept(args: readonly string[]): readonly string[] {
  const isExpression = (arg: string, at: number) => /^-[^-]/.test(arg) && !args.slice(0, at).includes('--');
  const expressions = args.filter(isExpression);
  return expressions.length === 0 ? args : [...args.filter((arg, at) => !isExpression(arg, at)), '--', ...expressions];
}

function writeDifferential(host: Host, request: DeriveRequest, form: (typeof FORMS)[number]): ExitStatus {
  if (form !== 'text' && form !== 'latex') throw new UsageError('A differential is written as text or as latex.');
  const answer = differentialText(request, form === 'text' ? 'plain' : 'latex');
  if ('kind' in answer) return refuse(host, request, answer.reason);
  host.out(`${answer.text}\n`);
  return 0;
}

/** What has more than two axes is written entry by entry, and as nothing else. */
function writeEntries(host: Host, request: DeriveRequest, answer: EntriesText, form: (typeof FORMS)[number]): ExitStatus {
  if (form !== 'text' && form !== 'latex')
    return refuse(host, request, `it has more than two axes (entry by entry, ${printEntries(answer, 'plain')})`);
  host.out(`${printEntries(answer, form === 'text' ? 'plain' : 'latex')}\n`);
  return 0;
}

function write(host: Host, request: DeriveRequest, answer: DerivedText, form: (typeof FORMS)[number]): ExitStatus {
  if (form === 'text' || form === 'latex') {
    host.out(`${printNamed(answer, request.layout, form === 'text' ? 'plain' : 'latex')}\n`);
    return 0;
  }
  if (form === 'steps') return writeSteps(host, request, answer);
  const code = emitCode(answer, form satisfies Target, request);
  if (code.kind === 'refused') return refuse(host, request, code.reason);
  host.out(code.text);
  return 0;
}

/** The way to the derivative, as text that `chainrule verify` can check. */
function writeSteps(host: Host, request: DeriveRequest, { built, shapes, asked }: DerivedText): ExitStatus {
  const steps = stepsOf(built.derivation, shapes, asked, request.layout);
  if (isRefusal(steps)) return refuse(host, request, steps.reason);
  host.out(steps.text);
  return 0;
}

function refuse(host: Host, { expression, wrt }: DeriveRequest, reason: string): ExitStatus {
  host.err(`chainrule derive: the derivative of \`${short(expression)}\` by \`${short(wrt)}\` is not given, because ${reason}.\n`);
  return 1;
}

/** An expression may be longer than anyone would read again. */
function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
