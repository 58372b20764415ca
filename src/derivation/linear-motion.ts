import { made } from '../ops/rewrite.ts';
import { type SymbolId, type SymbolTerm, type Term, walk } from '../ops/term.ts';
import { reachOf, reachOfSides, symbolsIn } from './dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from './derivation.ts';

/** The derivation with a state that moves as an equation says, and that equation in a form from which the state's shape follows. */
export interface Motion {
  readonly derivation: Derivation;
  readonly equation: Equation;
  readonly said: Equation;
}

/**
 * The derivation in which x is `expm(t M) \mathbf 1` where a text says `dx/dt = M x` of an x that is left open otherwise, so that what follows from that can be
 * checked: as t and M are drawn at random, x and M are as good as any. Null where no such x is below the claim, or M is not the same at all times.
 */
export function withLinearMotion(derivation: Derivation, claim: Equation): Motion | null {
  const reached = reachOfSides(derivation, claim);
  for (const said of derivation.equations) {
    const [first, second] = said.sides;
    if (said === claim || first?.kind !== 'derivative' || first.of.kind !== 'symbol' || first.wrt.length !== 1 || second === undefined)
      continue;
    const [state, time] = [first.of, first.wrt[0]?.term];
    const info = derivation.symbols.get(state.id);
    if (!reached.has(state.id) || time?.kind !== 'symbol' || info?.open == null || info.definition !== null) continue;
    const factor = factorOf(derivation, second, state.id);
    if (factor === null || !isFree(derivation, factor, [state.id, time.id])) continue;
    return motionOf(derivation, said, { state, info, time }, factor);
  }
  return null;
}

interface State {
  readonly state: SymbolTerm;
  readonly info: SymbolInfo;
  readonly time: SymbolTerm;
}

function motionOf(derivation: Derivation, said: Equation, { state, info, time }: State, factor: Term): Motion {
  const body = made('mul', made('expm', made('mul', { ...time }, factor)), made('ones'));
  const moving: SymbolInfo = { ...info, open: null, definition: { params: [], body, span: said.span } };
  return {
    derivation: { ...derivation, symbols: new Map(derivation.symbols).set(info.id, moving) },
    equation: { ...said, kind: 'equation', sides: [{ ...state }, body], ranges: said.ranges.slice(0, 2), relations: ['='] },
    said,
  };
}

/** The M of `M x`, `-M x`, `A x - B K x`, and of `A x + B u` with `u = -K x`; null where a term is not a product that ends in x. */
function factorOf({ symbols }: Derivation, term: Term, state: SymbolId): Term | null {
  const within = (one: Term) => factorOf({ symbols } as Derivation, one, state);
  if (term.kind === 'symbol') {
    if (term.id === state) return made('identity');
    const definition = symbols.get(term.id)?.definition;
    return definition != null && definition.params.length === 0 ? within(definition.body) : null;
  }
  if (term.kind !== 'apply') return null;
  if (term.op === 'neg') return wrapped('neg', [within(term.args[0] as Term)]);
  if (term.op === 'add' || term.op === 'sub') return wrapped(term.op, term.args.map(within));
  if (term.op !== 'mul') return null;
  const last = within(term.args.at(-1) as Term);
  if (last === null) return null;
  const before = term.args.slice(0, -1);
  return last.kind === 'apply' && last.op === 'identity' ? productOrOne(before) : made('mul', ...before, last);
}

function productOrOne(factors: readonly Term[]): Term {
  return factors.length === 1 ? (factors[0] as Term) : made('mul', ...factors);
}

function wrapped(op: 'neg' | 'add' | 'sub', args: readonly (Term | null)[]): Term | null {
  return args.includes(null) ? null : made(op, ...(args as readonly Term[]));
}

/** Whether a term depends on none of some symbols. */
function isFree(derivation: Derivation, term: Term, symbols: readonly SymbolId[]): boolean {
  const reach = reachOf(derivation, symbolsIn(term));
  return !symbols.some((id) => reach.has(id)) && [...walk(term)].every(({ kind }) => kind !== 'derivative');
}
