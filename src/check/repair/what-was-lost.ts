import type { Equation, ShapeTable } from '../../derivation/derivation.ts';
import { printTerm } from '../../derivation/print-term.ts';
import { refuterFor } from '../../numeric/refutation.ts';
import { verifyClaim } from '../../numeric/verify-claim.ts';
import { copyOf, made, numeral, productOf, replaced } from '../../ops/rewrite.ts';
import { type ApplyTerm, type Term, walk } from '../../ops/term.ts';
import type { NotationName } from '../../syntax/cursor.ts';
import { refutedIn } from '../claims.ts';
import type { RuleContext } from '../words.ts';
import { budget } from './budget.ts';
import { numbersInFront, type Slip, type Surroundings, withoutIdentities } from './slips.ts';
import { spellingOf } from './spelling.ts';

/** The derivative without some of its factors or one of its terms. */
interface Loss {
  /** The operator that joined what is lost to the rest; of a term a sum. */
  readonly joined: 'add' | 'mul' | 'hadamard' | 'div';
  readonly lost: readonly Term[];
  readonly left: Term;
}

/** What a side lacks: in a sentence, and as a slip that puts it back where it agrees. */
export interface Lost {
  readonly says: string;
  readonly slip: Slip;
}

/** Shorter versions of the derivative that are tried. */
const MOST_LOSSES = 60;

/**
 * What a side lacks beside the derivative: the derivative of an activation, the second term of that of a
 * softmax, a path. Numbers tell: without it the derivative is equal to the side. Null where nothing explains the difference so.
 */
export function whatWasLost(context: RuleContext, equation: Equation, side: Term, derived: Term, notation: NotationName): Lost | null {
  const isEqual = comparison(context, equation, side, budget());
  const loss = lossesIn(derived)
    .slice(0, MOST_LOSSES)
    .find(({ left }) => isEqual(left));
  if (loss === undefined) return null;
  const printed = loss.lost.map(
    (term) =>
      `\`${printTerm(term, { notation, marks: context.built.marks()[notation], symbol: (id) => spellingOf(context, id, notation) })}\``,
  );
  const isDerivative = loss.lost.every((term) => term.kind === 'call' && term.order > 0);
  const noun = isDerivative ? 'derivative' : loss.joined === 'add' ? 'term' : 'factor';
  const says = printed.length === 1 ? `The ${noun} ${printed[0]} is missing` : `The ${noun}s ${printed.join(' and ')} are missing`;
  const slip = loss.joined === 'add' ? 'A term is missing' : says;
  return { says, slip: { name: 'lost', byShape: false, says: () => slip, propose: (node, around) => restored(loss, node, around) } };
}

/** The node with what is lost put back: a term behind the whole side, factors at any place of a product. */
function restored({ joined, lost }: Loss, node: Term, around: Surroundings): readonly Term[] {
  const [first] = lost as readonly [Term];
  switch (joined) {
    case 'add':
      return around.isWholeTerm(node) ? [withTerm(node, first)] : [];
    case 'div':
      return first.kind === 'apply' ? [made('div', copyOf(node), copyOf(first.args[1] as Term))] : [];
    case 'hadamard':
      return [lost.reduce((product, factor) => made('hadamard', product, copyOf(factor)), copyOf(node))];
    case 'mul':
      return withFactors(node.kind === 'apply' && node.op === 'mul' ? node.args : [node], lost);
  }
}

function withTerm(node: Term, lost: Term): Term {
  return lost.kind === 'apply' && lost.op === 'neg'
    ? made('sub', copyOf(node), copyOf(lost.args[0] as Term))
    : made('add', copyOf(node), copyOf(lost));
}

/** Each of the lost factors at any place, in their order, and without the transpose where it agrees too. */
function withFactors(given: readonly Term[], lost: readonly Term[]): readonly Term[] {
  const put = (products: readonly (readonly Term[])[], factor: Term) =>
    products.flatMap((factors) => {
      const front = numbersInFront(factors);
      const places = Array.from({ length: factors.length + 1 - front }, (_, at) => front + at);
      return places.flatMap((at) => asWritten(factor).map((one) => factors.toSpliced(at, 0, one)));
    });
  return lost.reduce(put, [withoutIdentities(given)]).map((factors) => productOf(factors.map(copyOf)));
}

/** Tells whether a term is equal to a side, by a glance at one point, which shows most that are not, and then by verifying it. */
function comparison(context: RuleContext, equation: Equation, side: Term, spend: (work: number) => boolean): (version: Term) => boolean {
  const { inferred } = context;
  const derivation = refutedIn(context, equation);
  const { tolerance } = equation.settings;
  const identity = (version: Term): Equation => ({ ...equation, kind: 'identity', sides: [side, version], relations: ['='] });
  const refuter = refuterFor(derivation, inferred.shapes, identity(side), { mentions: [], tolerance, exactTolerance: tolerance, spend });
  const limits = { sizeSets: 2, points: 1, smallSizes: true, spend };
  return (version) => {
    const trial = identity(copyOf(version));
    const isEqual = (shapes: ShapeTable) =>
      !refuter.refutes(trial, shapes) && verifyClaim(derivation, shapes, trial, limits).status === 'verified';
    return inferred.attempt(equation, trial, isEqual) === true;
  };
}

function lossesIn(derived: Term): readonly Loss[] {
  const losses = walk(derived).flatMap((node) => (node.kind === 'apply' ? lossesAt(node).map((loss) => ({ node, loss })) : []));
  return losses.map(({ node, loss }) => ({ ...loss, left: replaced(derived, node, loss.left) }));
}

function lossesAt(node: ApplyTerm): readonly Loss[] {
  const [a, b] = node.args as readonly [Term, Term];
  switch (node.op) {
    case 'add':
      return [term(b, a), term(a, b)];
    case 'sub':
      return [term(made('neg', b), a), term(a, made('neg', b))];
    case 'div':
      return [{ joined: 'div', lost: [made('div', numeral(1, b), b)], left: a }];
    case 'mul':
      return withoutSome('mul', node.args, productOf);
    case 'hadamard':
      return withoutSome('hadamard', factorsOf(node), (factors) => factors.reduce((product, factor) => made('hadamard', product, factor)));
    default:
      return [];
  }
}

/** A factor, and where it is a transpose what that is of, as P may be symmetric by its definition. */
function asWritten(factor: Term): readonly Term[] {
  return factor.kind === 'apply' && factor.op === 'transpose' ? [factor.args[0] as Term, factor] : [factor];
}

function term(lost: Term, left: Term): Loss {
  return { joined: 'add', lost: [lost], left };
}

/** Without one factor, or two. */
function withoutSome(op: 'mul' | 'hadamard', factors: readonly Term[], joined: (factors: readonly Term[]) => Term): readonly Loss[] {
  const choices = factors.flatMap((_, i) => [[i], ...factors.slice(i + 1).map((__, k) => [i, i + 1 + k])]);
  return choices
    .filter((choice) => choice.length < factors.length)
    .sort((one, other) => one.length - other.length)
    .map((choice) => ({
      joined: op,
      lost: choice.map((at) => factors[at] as Term),
      left: joined(factors.filter((_, at) => !choice.includes(at))),
    }));
}

function factorsOf(term: Term): readonly Term[] {
  return term.kind === 'apply' && term.op === 'hadamard' ? term.args.flatMap(factorsOf) : [term];
}
