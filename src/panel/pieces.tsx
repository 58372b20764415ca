import { Fragment, type JSX } from 'preact';
import type { FormulaPiece } from '../protocol/report.ts';
import { Formula } from './formula.tsx';
import { useSay } from './say.ts';

/** A piece of a formula, and what is said of it: that it is wrong, that it goes, or that it comes. */
export interface MarkedPiece {
  readonly piece: FormulaPiece;
  readonly mark: 'wrong' | 'removed' | 'added' | null;
}

export function unmarked(pieces: readonly FormulaPiece[]): readonly MarkedPiece[] {
  return pieces.map((piece) => ({ piece, mark: null }));
}

interface PiecesProps {
  readonly pieces: readonly MarkedPiece[];
  readonly fallback: string;
  readonly display?: boolean;
}

/** A side of a formula, each factor with its shape below it. Readers hear the shapes behind the whole. */
export function Pieces({ pieces, fallback, display = false }: PiecesProps): JSX.Element {
  const say = useSay();
  const shapes = pieces.flatMap(({ piece: { shape } }) => shape ?? []);
  return (
    <>
      {pieces.map(({ piece: { latex, shape }, mark }, at) => {
        const Tag = mark === null ? 'span' : TAGS[mark];
        return (
          <Fragment key={at}>
            <Tag class={`piece${isOperator(latex) ? ' piece-operator' : ''}${mark === null ? '' : ` piece-${mark}`}`}>
              <Formula latex={display ? `\\displaystyle ${latex}` : latex} fallback={pieces.length === 1 ? fallback : latex} />
            </Tag>
            <span class="piece-shape" aria-hidden="true">
              {shape}
            </span>
          </Fragment>
        );
      })}
      {shapes.length > 0 && <span class="sr-only"> {say('of shape {0}', shapes.join(' '))} </span>}
    </>
  );
}

const TAGS = { wrong: 'mark', removed: 'del', added: 'ins' } as const;

/** A sign between two operands stands apart from them. */
function isOperator(latex: string): boolean {
  return /^(?:[-+·×]|\\(?:cdot|times|odot|circ|otimes|oslash|pm))$/.test(latex.trim());
}
