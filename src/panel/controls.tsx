import type { JSX } from 'preact';
import { told } from '../base/say.ts';
import type { ShownClaim, VerifyOptions } from '../protocol/lsp.ts';
import { NumberField } from './number-field.tsx';
import { useSay } from './say.ts';
import { LAYOUT_CHOICES, METHODS, toleranceChoices, withLayout, withMethod, withSeed, withSize, withTolerance } from './verify-options.ts';

interface ControlsProps {
  readonly claim: ShownClaim;
  readonly onVerify: (options: VerifyOptions) => void;
}

/** What the check is made with: a change verifies the claim again. */
export function Controls({ claim, onVerify }: ControlsProps): JSX.Element {
  const say = useSay();
  const { options, dimensions } = claim;
  return (
    <details class="part controls">
      <summary>{say('Sizes, point and tolerance')}</summary>
      <div class="control-row">
        {dimensions.map((name) => (
          <SizeControl key={name} name={name} size={options.sizes?.[name]} onSize={(size) => onVerify(withSize(options, name, size))} />
        ))}
        <label>
          {say('Seed')}{' '}
          <NumberField value={options.seed} min={0} placeholder={say('usual')} onNumber={(seed) => onVerify(withSeed(options, seed))} />
        </label>
        <button type="button" class="button button-quiet" onClick={() => onVerify({ ...options, seed: (options.seed ?? 0) + 1 })}>
          {say('New point')}
        </button>
        <label>
          {say('Method')}{' '}
          <select
            class="field"
            value={options.method ?? ''}
            onChange={({ currentTarget }) => onVerify(withMethod(options, currentTarget.value))}
          >
            <option value="">{say('by size ({0})', say(METHOD_WORDS[claim.method]))}</option>
            {METHODS.map((method) => (
              <option key={method} value={method}>
                {say(METHOD_WORDS[method])}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('Tolerance')}{' '}
          <select
            class="field"
            value={String(options.tolerance ?? '')}
            onChange={({ currentTarget }) => onVerify(withTolerance(options, currentTarget.value))}
          >
            <option value="">{say('as in the document')}</option>
            {toleranceChoices(options).map((tolerance) => (
              <option key={tolerance} value={String(tolerance)}>
                {tolerance.toExponential()}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('Layout')}{' '}
          <select
            class="field"
            value={options.layout ?? ''}
            onChange={({ currentTarget }) => onVerify(withLayout(options, currentTarget.value))}
          >
            <option value="">{say('as in the document ({0})', claim.layout)}</option>
            {LAYOUT_CHOICES.map((layout) => (
              <option key={layout} value={layout}>
                {layout}
              </option>
            ))}
          </select>
        </label>
      </div>
    </details>
  );
}

const METHOD_WORDS: Readonly<Record<ShownClaim['method'], string>> = {
  entries: told('every entry'),
  directions: told('along directions'),
};

interface SizeControlProps {
  readonly name: string;
  readonly size: number | undefined;
  readonly onSize: (size: string) => void;
}

/** An empty field leaves the size to Chainrule. */
function SizeControl({ name, size, onSize }: SizeControlProps): JSX.Element {
  const say = useSay();
  return (
    <label>
      {name} = <NumberField value={size} min={1} placeholder={say('any')} onNumber={onSize} />
    </label>
  );
}
