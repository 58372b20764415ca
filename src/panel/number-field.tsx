import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

interface NumberFieldProps {
  readonly value: number | undefined;
  readonly min: number;
  readonly max?: number;
  readonly placeholder?: string;
  /** Told what was typed when it is done; empty where it was taken away. */
  readonly onNumber: (typed: string) => void;
}

/** A field for a count. What is being typed stays while the page is told of something new. */
export function NumberField({ value, min, max, placeholder, onNumber }: NumberFieldProps): JSX.Element {
  const [draft, setDraft] = useState<string | null>(null);
  const done = (typed: string) => {
    setDraft(null);
    onNumber(typed);
  };
  return (
    <input
      class="field field-number"
      type="number"
      step="1"
      min={min}
      {...(max === undefined ? {} : { max })}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={draft ?? value ?? ''}
      onInput={({ currentTarget }) => setDraft(currentTarget.value)}
      onChange={({ currentTarget }) => done(currentTarget.value)}
      onBlur={() => setDraft(null)}
    />
  );
}
