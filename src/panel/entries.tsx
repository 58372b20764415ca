import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ShownClaim } from '../protocol/lsp.ts';
import type { EntriesReport } from '../protocol/report.ts';
import { jsonText, numpyText } from './entries-text.ts';
import { HeatMap } from './heat-map.tsx';
import { type Comparison, type Matrix, compare, entryAt, shareOf, worstEntries } from './matrix.ts';
import { formatEntry } from './numbers.ts';
import { entryName } from './verdict.ts';

/** Up to here a matrix is a table whose every entry can be read; beyond, a picture and its worst entries. */
const TABLE_ROWS = 16;
const TABLE_COLS = 10;

/** Vectors up to here are listed whole. */
const LIST_LENGTH = 32;

interface EntriesProps {
  readonly entries: EntriesReport;
  readonly step: number;
  readonly method: ShownClaim['method'];
  /** Whether the entry that differs most is outlined; of a verified step it differs by rounding alone. */
  readonly marked: boolean;
  readonly onCopy: (text: string) => void;
}

/** The entries of one step beside those of finite differences. */
export function Entries({ entries, step, method, marked, onCopy }: EntriesProps): JSX.Element {
  const comparison = useMemo(() => compare(entries), [entries]);
  return (
    <section class="part" aria-labelledby="entries-title">
      {method === 'directions'
        ? <h2 id="entries-title">Step {step + 1} along one direction <span class="quiet">its entries are too many to compare one by one</span></h2>
        : <h2 id="entries-title">Entries of step {step + 1} <span class="quiet">{`${comparison.rows}×${comparison.cols}, at one of the points that were tried`}</span></h2>}
      <Pictures comparison={comparison} worst={marked ? worstPlace(comparison) : -1} />
      <Scale scale={comparison.scale} />
      <p class="buttons">
        <button type="button" class="button button-quiet" onClick={() => onCopy(numpyText(entries))}>Copy as NumPy</button>
        <button type="button" class="button button-quiet" onClick={() => onCopy(jsonText(entries))}>Copy as JSON</button>
      </p>
    </section>
  );
}

interface PicturesProps {
  readonly comparison: Comparison;
  /** Index of the entry to outline, −1 for none. */
  readonly worst: number;
}

function Pictures({ comparison, worst }: PicturesProps): JSX.Element {
  const { rows, cols } = comparison;
  if ((rows === 1 || cols === 1) && rows * cols <= LIST_LENGTH) return <EntryList comparison={comparison} order={[...Array(rows * cols).keys()]} caption="All entries" worst={worst} />;
  if (rows <= TABLE_ROWS && cols <= TABLE_COLS) return <Tables comparison={comparison} worst={worst} />;
  return <LargePictures comparison={comparison} worst={worst} />;
}

function worstPlace(comparison: Comparison): number {
  const [worst] = worstEntries(comparison, 1);
  return worst === undefined || worst.difference === 0 ? -1 : worst.row * comparison.cols + worst.col;
}

const PARTS = [['claimed', 'Claimed'], ['numeric', 'Finite differences'], ['difference', 'Difference']] as const;

function Tables({ comparison, worst }: PicturesProps): JSX.Element {
  return (
    <div class="matrices">
      {PARTS.map(([part, title]) => <MatrixTable key={part} title={title} matrix={comparison[part]} scale={comparison.scale} worstAt={worst} />)}
    </div>
  );
}

interface MatrixTableProps {
  readonly title: string;
  readonly matrix: Matrix;
  readonly scale: number;
  readonly worstAt: number;
}

function MatrixTable({ title, matrix, scale, worstAt }: MatrixTableProps): JSX.Element {
  const { rows, cols, values } = matrix;
  const [down, across] = [[...Array(rows).keys()], [...Array(cols).keys()]];
  return (
    <div class="scroller" tabIndex={0} role="group" aria-label={title}>
      <table class="matrix">
        <caption>{title}</caption>
        <thead><tr><td />{across.map((col) => <th key={col} scope="col">{col + 1}</th>)}</tr></thead>
        <tbody>
          {down.map((row) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              {across.map((col) => <Cell key={col} value={values[row * cols + col] ?? Number.NaN} scale={scale} worst={row * cols + col === worstAt} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A value on its shade. Its share of the scale is a number that the style sheet makes a colour of. */
function Cell({ value, scale, worst }: { readonly value: number; readonly scale: number; readonly worst: boolean }): JSX.Element {
  const share = shareOf(value, scale);
  const sign = share === null ? 'cell-none' : share < 0 ? 'cell-negative' : 'cell-positive';
  return (
    <td class={`cell ${sign}${worst ? ' cell-worst' : ''}`} style={{ '--share': String(Math.abs(share ?? 0)) }} title={String(value)}>
      {formatEntry(value)}{worst && <span class="sr-only"> (differs most)</span>}
    </td>
  );
}

interface EntryListProps {
  readonly comparison: Comparison;
  readonly order: readonly number[];
  readonly caption: string;
  readonly worst: number;
}

function EntryList({ comparison, order, caption, worst }: EntryListProps): JSX.Element {
  const { scale } = comparison;
  return (
    <div class="scroller" tabIndex={0} role="group" aria-label={caption}>
      <table class="matrix entry-list">
        <caption class="sr-only">{caption}</caption>
        <thead><tr><th scope="col">Entry</th>{PARTS.map(([part, title]) => <th key={part} scope="col">{title}</th>)}</tr></thead>
        <tbody>
          {order.map((at) => {
            const entry = entryAt(comparison, at);
            return (
              <tr key={at}>
                <th scope="row">{entryName(comparison, entry.row, entry.col)}</th>
                {PARTS.map(([part]) => <Cell key={part} value={entry[part]} scale={scale} worst={at === worst && part === 'difference'} />)}
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
  const order = useMemo(() => worstEntries(comparison, WORST_COUNT).map(({ row, col }) => row * comparison.cols + col), [comparison]);
  return (
    <>
      <div class="matrices matrices-large">
        {PARTS.map(([part, title]) => <HeatMap key={part} title={title} matrix={comparison[part]} scale={comparison.scale} marked={worst} />)}
      </div>
      <h3>The entries that differ most</h3>
      <EntryList comparison={comparison} order={order} caption="The entries that differ most" worst={worst} />
    </>
  );
}

/** One scale for all three pictures: a difference shows as large as it is beside the entries. */
function Scale({ scale }: { readonly scale: number }): JSX.Element {
  const end = formatEntry(scale);
  return (
    <p class="scale">
      <span>{scale === 0 ? '0' : `−${end}`}</span><span class="scale-bar" aria-hidden="true" /><span>{end}</span>
      <span class="quiet">one scale for all three; relative errors are measured against its end</span>
    </p>
  );
}
