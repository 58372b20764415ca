import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Say, told } from '../base/say.ts';
import type { ShownClaim } from '../protocol/lsp.ts';
import type { EntriesReport } from '../protocol/report.ts';
import { jsonText, numpyText } from './entries-text.ts';
import { heatColors } from './heat-colors.ts';
import { HeatMap } from './heat-map.tsx';
import {
  blockOf,
  type ComparedEntry,
  type Comparison,
  compare,
  entryAt,
  type Matrix,
  type Place,
  shareOf,
  worstEntries,
} from './matrix.ts';
import { NumberField } from './number-field.tsx';
import { formatEntry } from './numbers.ts';
import { useSay } from './say.ts';
import { useTheme } from './theme.ts';
import { entryPlace } from './verdict.ts';

/** Up to here a matrix is a table whose every entry can be read; beyond, a picture and its worst entries. */
const TABLE_ROWS = 16;
const TABLE_COLS = 10;

/** Vectors up to here are listed whole; longer lists are scrolled. */
const LIST_LENGTH = 128;

interface EntriesProps {
  /** Absent where they are too many to be told without being asked for. */
  readonly entries: EntriesReport | undefined;
  /** Index of the step, null where there is no other one. */
  readonly step: number | null;
  readonly method: ShownClaim['method'];
  /** Whether the entry that differs most is outlined; of a verified step it differs by rounding alone. */
  readonly marked: boolean;
  readonly onCopy: (text: string) => void;
  /** Null where every entry was asked for already. */
  readonly onEveryEntry: (() => void) | null;
}

/** The entries of one step beside those of the numeric derivative. */
export function Entries({ entries, step, method, marked, onCopy, onEveryEntry }: EntriesProps): JSX.Element {
  const say = useSay();
  return (
    <section class="part" aria-labelledby="entries-title">
      <h2 id="entries-title">
        {titleOf(say, step, method)} <span class="quiet">{scopeOf(say, entries, method)}</span>
      </h2>
      {entries !== undefined && <Compared entries={entries} marked={marked} method={method} onCopy={onCopy} />}
      {onEveryEntry !== null && <EveryEntry onEveryEntry={onEveryEntry} />}
    </section>
  );
}

function titleOf(say: Say, step: number | null, method: ShownClaim['method']): string {
  if (step === null) return method === 'directions' ? say('Along one direction') : say('Entries');
  return method === 'directions' ? say('Step {0} along one direction', step + 1) : say('Entries of step {0}', step + 1);
}

/** What of the step is seen below. */
function scopeOf(say: Say, entries: EntriesReport | undefined, method: ShownClaim['method']): string {
  if (method === 'directions') return say('it has many entries, and they were compared together');
  return entries === undefined
    ? say('all were compared, and are too many to be shown unasked')
    : say('{0}, at one of the points that were tried', `${entries.rows}×${entries.cols}`);
}

/** The offer to compare what was not compared one by one, or to show it. */
function EveryEntry({ onEveryEntry }: { readonly onEveryEntry: () => void }): JSX.Element {
  const say = useSay();
  return (
    <p class="buttons">
      <button type="button" class="button button-quiet" onClick={onEveryEntry}>
        {say('Compare every entry')}
      </button>
      <span class="quiet">{say('takes longer, tells how far it is, and can be cancelled')}</span>
    </p>
  );
}

type ComparedProps = Pick<EntriesProps, 'marked' | 'method' | 'onCopy'> & { readonly entries: EntriesReport };

function Compared({ entries, marked, method, onCopy }: ComparedProps): JSX.Element {
  const say = useSay();
  const comparison = useMemo(() => compare(entries), [entries]);
  return (
    <>
      <Pictures comparison={comparison} worst={marked ? worstPlace(comparison) : -1} method={method} />
      <Scale scale={comparison.scale} />
      <p class="buttons">
        <button type="button" class="button button-quiet" onClick={() => onCopy(numpyText(entries))}>
          {say('Copy as NumPy')}
        </button>
        <button type="button" class="button button-quiet" onClick={() => onCopy(jsonText(entries))}>
          {say('Copy as JSON')}
        </button>
      </p>
    </>
  );
}

interface PicturesProps {
  readonly comparison: Comparison;
  /** Index of the entry to outline, −1 for none. */
  readonly worst: number;
}

function Pictures({ comparison, worst, method }: PicturesProps & Pick<EntriesProps, 'method'>): JSX.Element {
  const say = useSay();
  const { rows, cols } = comparison;
  if (method === 'directions')
    return (
      <EntryList
        comparison={comparison}
        order={[0]}
        caption={say('Along the direction')}
        worst={worst}
        name={say('Directional derivative')}
      />
    );
  if ((rows === 1 || cols === 1) && rows * cols <= LIST_LENGTH)
    return <EntryList comparison={comparison} order={[...Array(rows * cols).keys()]} caption={say('All entries')} worst={worst} />;
  if (rows <= TABLE_ROWS && cols <= TABLE_COLS) return <Tables comparison={comparison} worst={worst} />;
  return <LargePictures comparison={comparison} worst={worst} />;
}

function worstPlace(comparison: Comparison): number {
  const [worst] = worstEntries(comparison, 1);
  return worst === undefined || worst.difference === 0 ? -1 : worst.row * comparison.cols + worst.col;
}

const PARTS = [
  ['claimed', told('Claimed')],
  ['numeric', told('Numeric derivative')],
  ['difference', told('Difference')],
] as const;

interface TablesProps extends PicturesProps {
  /** The place of the first entry, where it is a part of a larger matrix. */
  readonly corner?: Place;
}

function Tables({ comparison, worst, corner = { row: 0, col: 0 } }: TablesProps): JSX.Element {
  const say = useSay();
  const width = useMemo(() => widestEntry(comparison), [comparison]);
  const tables = useRef<HTMLDivElement>(null);
  const shown = useRef<Offset>({ left: 0, top: 0 });
  useLayoutEffect(() => leadToWorst(tables.current), [worst, comparison.cols]);
  return (
    <div
      ref={tables}
      class="matrices"
      style={{ '--digits': String(width) }}
      onScrollCapture={({ target }) => scrollAlike(tables.current, target, shown, '.scroller')}
    >
      {PARTS.map(([part, title]) => (
        <MatrixTable key={part} title={say(title)} matrix={comparison[part]} scale={comparison.scale} worstAt={worst} corner={corner} />
      ))}
    </div>
  );
}

/** Where not all columns have room, those are seen with the entry that differs most. */
function leadToWorst(tables: HTMLElement | null): void {
  for (const table of tables?.querySelectorAll<HTMLElement>('.scroller') ?? []) {
    const worst = table.querySelector<HTMLElement>('.cell-worst');
    const least = worst === null ? 0 : worst.offsetLeft + worst.offsetWidth - table.clientWidth;
    const starts = [...(worst?.parentElement?.querySelectorAll<HTMLElement>('.cell') ?? [])].map(({ offsetLeft }) => offsetLeft);
    // A column begins beside the numbers of the rows, so that none is cut through there.
    table.scrollLeft = least <= 0 ? 0 : (starts.map((start) => start - (starts[0] ?? 0)).find((start) => start >= least) ?? least);
  }
}

/** The columns of all three tables are as wide as their longest entry, so that places are found by eye. */
function widestEntry(comparison: Comparison): number {
  return Math.max(...PARTS.flatMap(([part]) => comparison[part].values.map((value) => formatEntry(value).length)));
}

interface MatrixTableProps {
  readonly title: string;
  readonly matrix: Matrix;
  readonly scale: number;
  readonly worstAt: number;
  readonly corner: Place;
}

function MatrixTable({ title, matrix, scale, worstAt, corner }: MatrixTableProps): JSX.Element {
  const { rows, cols, values } = matrix;
  const [down, across] = [[...Array(rows).keys()], [...Array(cols).keys()]];
  return (
    <div class="scroller" tabIndex={0} role="group" aria-label={title}>
      <table class="matrix">
        <caption>
          <span class="title-in-sight">{title}</span>
        </caption>
        <thead>
          <tr>
            <td />
            {across.map((col) => (
              <th key={col} scope="col">
                {corner.col + col + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {down.map((row) => (
            <tr key={row}>
              <th scope="row">{corner.row + row + 1}</th>
              {across.map((col) => (
                <Cell key={col} value={values[row * cols + col] ?? Number.NaN} scale={scale} worst={row * cols + col === worstAt} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A value on its shade. Its share of the scale is a number that the style sheet makes a colour of. */
function Cell({ value, scale, worst }: { readonly value: number; readonly scale: number; readonly worst: boolean }): JSX.Element {
  const say = useSay();
  const share = shareOf(value, scale);
  const sign = share === null ? 'cell-none' : share < 0 ? 'cell-negative' : 'cell-positive';
  return (
    <td class={`cell ${sign}${worst ? ' cell-worst' : ''}`} style={{ '--share': String(Math.abs(share ?? 0)) }} title={String(value)}>
      {formatEntry(value)}
      {worst && <span class="sr-only"> ({say('differs most')})</span>}
    </td>
  );
}

interface EntryListProps {
  readonly comparison: Comparison;
  readonly order: readonly number[];
  readonly caption: string;
  readonly worst: number;
  /** What all are called, where they are not entries with places. */
  readonly name?: string;
}

function EntryList({ comparison, order, caption, worst, name }: EntryListProps): JSX.Element {
  const say = useSay();
  const { scale } = comparison;
  return (
    <div class="scroller scroller-list" tabIndex={0} role="group" aria-label={caption}>
      <table class="matrix entry-list">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{name === undefined ? say('Entry') : say('What is compared')}</th>
            {PARTS.map(([part, title]) => (
              <th key={part} scope="col">
                {say(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((at) => {
            const entry = entryAt(comparison, at);
            return (
              <tr key={at}>
                <th scope="row">
                  {name ?? (comparison.rows * comparison.cols === 1 ? say('The value') : entryPlace(comparison, entry.row, entry.col))}
                </th>
                {PARTS.map(([part]) => (
                  <Cell key={part} value={entry[part]} scale={scale} worst={at === worst && part === 'difference'} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const WORST_COUNT = 10;

function LargePictures({ comparison, worst }: PicturesProps): JSX.Element {
  const say = useSay();
  const order = useMemo(() => worstEntries(comparison, WORST_COUNT).map(({ row, col }) => row * comparison.cols + col), [comparison]);
  return (
    <>
      <HeatMaps comparison={comparison} worst={worst} />
      <h3>{say('The entries that differ most')}</h3>
      <EntryList comparison={comparison} order={order} caption={say('The entries that differ most')} worst={worst} />
      <Blocks comparison={comparison} worst={worst} />
    </>
  );
}

/** The three pictures show the same part, and an entry that is pointed at in one is read in all. */
function HeatMaps({ comparison, worst }: PicturesProps): JSX.Element {
  const say = useSay();
  const [place, setPlace] = useState<Place | null>(null);
  const frames = useRef<HTMLDivElement>(null);
  const shown = useRef<Offset>({ left: 0, top: 0 });
  const theme = useTheme();
  const colors = useMemo(heatColors, [theme]);
  useEffect(() => setPlace(null), [comparison]);
  return (
    <>
      <div
        ref={frames}
        class="matrices matrices-large"
        onScrollCapture={({ target }) => scrollAlike(frames.current, target, shown, '.heat-frame')}
      >
        {PARTS.map(([part, title]) => (
          <HeatMap
            key={part}
            title={say(title)}
            matrix={comparison[part]}
            scale={comparison.scale}
            colors={colors}
            marked={worst}
            place={place}
            onPlace={setPlace}
          />
        ))}
      </div>
      <p class="heat-readout" aria-live="polite">
        {place === null
          ? say('Point at an entry, or move to it with the arrow keys, to read it.')
          : readout(say, entryAt(comparison, place.row * comparison.cols + place.col))}
      </p>
    </>
  );
}

interface Offset {
  readonly left: number;
  readonly top: number;
}

/** A picture that was led to where all are tells so a frame later, when another one may have been moved on. */
function scrollAlike(frames: HTMLElement | null, moved: EventTarget | null, shown: { current: Offset }, selector: string): void {
  if (!(moved instanceof HTMLElement)) return;
  const { scrollLeft: left, scrollTop: top } = moved;
  if (left === shown.current.left && top === shown.current.top) return;
  shown.current = { left, top };
  for (const other of frames?.querySelectorAll(selector) ?? []) if (other !== moved) other.scrollTo(left, top);
}

function readout(say: Say, { row, col, claimed, numeric, difference }: ComparedEntry): string {
  const numbers = [claimed, numeric, difference].map(formatEntry);
  return say('{0}: claimed {1}, numeric {2}, difference {3}', `(${row + 1}, ${col + 1})`, ...numbers);
}

/** Rows and columns of a large matrix that are shown as a table at once. */
const BLOCK = { rows: 12, cols: 8 } as const;

/** Every entry of a large matrix as a table, a block at a time. */
function Blocks({ comparison, worst }: PicturesProps): JSX.Element {
  const say = useSay();
  const { rows, cols } = comparison;
  const start = worst < 0 ? { row: 0, col: 0 } : { row: Math.floor(worst / cols), col: worst % cols };
  const [isOpen, setOpen] = useState(false);
  const [corner, setCorner] = useState<Place>(start);
  const at = { row: Math.min(corner.row, rows - 1), col: Math.min(corner.col, cols - 1) };
  const inside =
    worst < 0 || start.row < at.row || start.col < at.col || start.row >= at.row + BLOCK.rows || start.col >= at.col + BLOCK.cols
      ? -1
      : (start.row - at.row) * Math.min(BLOCK.cols, cols - at.col) + start.col - at.col;
  return (
    <details class="values" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say('Entries as a table')}</summary>
      {isOpen && (
        <>
          <p class="control-row">
            <label>
              {say('From row')}{' '}
              <NumberField value={at.row + 1} min={1} max={rows} onNumber={(typed) => setCorner({ ...at, row: within(typed, rows) })} />
            </label>
            <label>
              {say('and column')}{' '}
              <NumberField value={at.col + 1} min={1} max={cols} onNumber={(typed) => setCorner({ ...at, col: within(typed, cols) })} />
            </label>
          </p>
          <Tables comparison={blockOf(comparison, at, BLOCK)} worst={inside} corner={at} />
        </>
      )}
    </details>
  );
}

/** A number counted from 1, as it was typed, as one counted from 0 below `count`. */
function within(typed: string, count: number): number {
  const number = Number.parseInt(typed, 10);
  return Number.isNaN(number) ? 0 : Math.max(0, Math.min(count - 1, number - 1));
}

/** One scale for all three pictures: a difference shows as large as it is beside the entries. */
function Scale({ scale }: { readonly scale: number }): JSX.Element {
  const say = useSay();
  const end = formatEntry(scale);
  return (
    <p class="scale">
      <span>{scale === 0 ? '0' : `−${end}`}</span>
      <span class="scale-bar" aria-hidden="true" />
      <span>{end}</span>
      <span class="quiet">{say('one scale for all three; relative errors are measured against its end')}</span>
    </p>
  );
}
