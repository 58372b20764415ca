import { isApply, type Value } from '../ops/algebra/value.ts';
import type { EntryTerm, SymbolId, Term } from '../ops/term.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { Part } from './cotangents.ts';
import { closed, infoOf, type Lowering, lower, shapeOfSymbol } from './lower.ts';
import { Refused } from './refusal.ts';

/** A derivative by an entry, the transpose or the vec of a symbol is made from the one by the symbol. */
export interface Variable {
  readonly id: SymbolId;
  readonly shape: MatrixShape;
  readonly as: 'itself' | 'transposed' | 'stacked';
  /** Which member of a family it is. */
  readonly member?: readonly Value[];
  /** Which row or column of a matrix it is. */
  readonly part?: Part;
}

/** What a derivative is by. Throws `Refused` for what is no variable. */
export function variableOf(lowering: Lowering, term: Term): Variable {
  if (term.kind === 'symbol') {
    const info = infoOf(lowering, term.id);
    if (info.family !== null) throw new Refused(`${info.text} stands for a family, and does not say by which of its members`);
    if (info.role !== 'variable') throw new Refused(`${info.text} is no variable`);
    return { id: term.id, shape: shapeOfSymbol(lowering, term.id), as: 'itself' };
  }
  if (term.kind === 'entry') return partOf(lowering, term) ?? memberOf(lowering, term);
  if (term.kind !== 'apply' || (term.op !== 'transpose' && term.op !== 'vec'))
    throw new Refused('it is by an expression that no definition names');
  const inner = variableOf(lowering, term.args[0] as Term);
  return { ...inner, as: term.op === 'vec' ? 'stacked' : 'transposed' };
}

/** A row or a column of a matrix, as it stands or by the name that a definition gives it, `w_i = W_{i,:}'`; null of anything else. */
export function partOf(lowering: Lowering, term: EntryTerm): Variable | null {
  if (isMember(lowering, term) && infoOf(lowering, (term.base as Term & { kind: 'symbol' }).id).definition === null) return null;
  const target = lower(lowering, term);
  const part = isApply(target, 'transpose') ? (target.args[0] as Value) : target;
  if (part.kind !== 'entry' || part.base.kind !== 'symbol' || isScalar(part.shape)) return null;
  const { id, shape } = part.base;
  return { id, shape: part.shape, as: part === target ? 'itself' : 'transposed', part: { selectors: part.selectors, whole: shape } };
}

/** The member of a family that an index counts: `x_k` where every `x_i` is declared. */
function memberOf(lowering: Lowering, { base, selectors }: EntryTerm): Variable {
  const info = base.kind === 'symbol' ? infoOf(lowering, base.id) : undefined;
  if (info?.family == null || info.declared === null) throw new Refused('it is by a part of a variable');
  const member = selectors.flatMap((selector) => (selector.kind === 'at' ? [lower(lowering, selector.index)] : []));
  if (member.length !== selectors.length || member.length !== 1) throw new Refused(`it is by a part of a member of ${info.text}`);
  return { id: info.id, shape: closed(lowering, info.declared, info.text), as: 'itself', member };
}

/** Whether it is a member of a family. */
export function isMember({ derivation }: Lowering, { base }: EntryTerm): boolean {
  return base.kind === 'symbol' && derivation.symbols.get(base.id)?.family != null;
}

/** Whether it is a column or a row. */
export function isVectorShape(shape: MatrixShape): boolean {
  return shape.rows.key === '1*' || shape.cols.key === '1*';
}
