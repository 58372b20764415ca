import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeatColors } from './heat-colors.ts';
import type { Matrix, Place } from './matrix.ts';
import { type CellSize, drawVisible } from './matrix-picture.ts';
import { useSay } from './say.ts';

interface HeatMapProps {
  readonly title: string;
  readonly matrix: Matrix;
  readonly scale: number;
  readonly colors: HeatColors;
  /** Index of the entry to outline, −1 for none. */
  readonly marked: number;
  /** The entry that is read, in all pictures the same. */
  readonly place: Place | null;
  readonly onPlace: (place: Place | null) => void;
}

/** Height of an entry on the page, and its width where there are many columns; of few columns each is wider. */
const CELL = 10;
const WIDEST_CELL = 40;
const FEW_COLUMNS = 160;

/** The size of an entry of a matrix with so many columns. */
export function cellSize(cols: number): CellSize {
  return { width: Math.max(CELL, Math.min(WIDEST_CELL, Math.floor(FEW_COLUMNS / cols))), height: CELL };
}

/** A large matrix as a picture that is scrolled; the pointer or the arrow keys read single entries. */
export function HeatMap({ title, matrix, scale, colors, marked, place, onPlace }: HeatMapProps): JSX.Element {
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (marked >= 0) center(frame.current, { row: Math.floor(marked / matrix.cols), col: marked % matrix.cols }, cellSize(matrix.cols));
  }, []);
  useEffect(() => {
    const [scroller, target] = [frame.current, canvas.current];
    if (scroller === null || target === null) return undefined;
    const draw = () => drawVisible(target, scroller, { matrix, scale, colors, cell: cellSize(matrix.cols), marked, place });
    draw();
    scroller.addEventListener('scroll', draw, { passive: true });
    const resized = new ResizeObserver(draw);
    resized.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', draw);
      resized.disconnect();
    };
  }, [matrix, scale, colors, marked, place]);
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = movedPlace(event.key, place, matrix);
    if (moved === null) return;
    event.preventDefault();
    onPlace(moved);
    reveal(frame.current, moved, cellSize(matrix.cols));
  };
  return (
    <figure class="heat">
      <figcaption>{title}</figcaption>
      <div
        ref={frame}
        class="heat-frame"
        tabIndex={0}
        role="application"
        aria-roledescription={say('matrix')}
        onKeyDown={onKeyDown}
        aria-label={say('{0}, {1} by {2}; the arrow keys read single entries', title, matrix.rows, matrix.cols)}
        onPointerMove={(event) => onPlace(placeUnder(event, frame.current, matrix))}
        onPointerLeave={() => onPlace(null)}
      >
        <canvas ref={canvas} class="heat-canvas" aria-hidden="true" />
        <div class="heat-extent" style={{ width: `${matrix.cols * cellSize(matrix.cols).width}px`, height: `${matrix.rows * CELL}px` }} />
      </div>
    </figure>
  );
}

function placeUnder(event: PointerEvent, frame: HTMLElement | null, { rows, cols }: Matrix): Place | null {
  if (frame === null) return null;
  const box = frame.getBoundingClientRect();
  const col = Math.floor((event.clientX - box.left - frame.clientLeft + frame.scrollLeft) / cellSize(cols).width);
  const row = Math.floor((event.clientY - box.top - frame.clientTop + frame.scrollTop) / CELL);
  return row >= 0 && col >= 0 && row < rows && col < cols ? { row, col } : null;
}

/** Rows that a page of keys goes on. */
const PAGE = 16;

/** The entry that a key leads to, null for a key that leads nowhere. */
export function movedPlace(key: string, place: Place | null, { rows, cols }: Pick<Matrix, 'rows' | 'cols'>): Place | null {
  const { row, col } = place ?? { row: 0, col: 0 };
  switch (key) {
    case 'ArrowDown':
      return place === null ? { row, col } : { row: Math.min(row + 1, rows - 1), col };
    case 'ArrowUp':
      return { row: Math.max(row - 1, 0), col };
    case 'ArrowRight':
      return place === null ? { row, col } : { row, col: Math.min(col + 1, cols - 1) };
    case 'ArrowLeft':
      return { row, col: Math.max(col - 1, 0) };
    case 'PageDown':
      return { row: Math.min(row + PAGE, rows - 1), col };
    case 'PageUp':
      return { row: Math.max(row - PAGE, 0), col };
    case 'Home':
      return { row, col: 0 };
    case 'End':
      return { row, col: cols - 1 };
    default:
      return null;
  }
}

function reveal(frame: HTMLElement | null, { row, col }: Place, { width, height }: CellSize): void {
  if (frame === null) return;
  frame.scrollTop = within(frame.scrollTop, row * height, height, frame.clientHeight);
  frame.scrollLeft = within(frame.scrollLeft, col * width, width, frame.clientWidth);
}

/** Entries around the one that is looked for are seen on all sides of it. */
function center(frame: HTMLElement | null, { row, col }: Place, { width, height }: CellSize): void {
  if (frame === null) return;
  frame.scrollTop = (row + 0.5) * height - frame.clientHeight / 2;
  frame.scrollLeft = (col + 0.5) * width - frame.clientWidth / 2;
}

/** The scroll offset nearest to the present one at which the entry is seen whole. */
function within(offset: number, at: number, size: number, extent: number): number {
  return Math.max(at + size - extent, Math.min(offset, at));
}
