import type { JSX } from 'preact';

/** A number with an exponent, which a line would otherwise end within, behind the hyphen. */
const EXPONENTIAL = /(\d+(?:\.\d+)?e-\d+)/;

/** A sentence of Chainrule, in which code stands between backticks. */
export function Ticked({ text }: { readonly text: string }): JSX.Element {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : <Words key={at} text={part} />))}</>;
}

/** Words whose numbers stay in one piece. */
function Words({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split(EXPONENTIAL);
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 1 ? (
          <span key={at} class="number">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </>
  );
}
