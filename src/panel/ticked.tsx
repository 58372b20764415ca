import type { JSX } from 'preact';

/** A sentence of Chainrule, in which code stands between backticks. */
export function Ticked({ text }: { readonly text: string }): JSX.Element {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>;
}
