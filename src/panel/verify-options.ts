import type { VerifyOptions } from '../protocol/lsp.ts';
import type { Layout } from '../protocol/report.ts';

const TOLERANCES = [1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3] as const;

export const LAYOUT_CHOICES: readonly Layout[] = ['denominator', 'numerator', 'mixed'];

export const METHODS = ['entries', 'directions'] as const;

/** The options with another size of one dimension; a field that holds no count takes the size away. */
export function withSize(options: VerifyOptions, name: string, written: string): VerifyOptions {
  const { [name]: _, ...others } = options.sizes ?? {};
  const size = count(written);
  return { ...options, sizes: size === null || size === 0 ? others : { ...others, [name]: size } };
}

/** An empty field leaves the seed to Chainrule. */
export function withSeed({ seed: _, ...others }: VerifyOptions, written: string): VerifyOptions {
  const seed = count(written);
  return seed === null ? others : { ...others, seed };
}

/** An empty choice leaves the tolerance to the document. */
export function withTolerance({ tolerance: _, ...others }: VerifyOptions, written: string): VerifyOptions {
  const tolerance = Number(written);
  return tolerance > 0 ? { ...others, tolerance } : others;
}

/** The tolerances to choose from, one that was set elsewhere among them. */
export function toleranceChoices({ tolerance }: VerifyOptions): readonly number[] {
  return [...new Set([...TOLERANCES, ...(tolerance === undefined ? [] : [tolerance])])].sort((one, other) => one - other);
}

/** An empty choice leaves the method to the size of the claim. */
export function withMethod({ method: _, ...others }: VerifyOptions, written: string): VerifyOptions {
  const method = METHODS.find((one) => one === written);
  return method === undefined ? others : { ...others, method };
}

/** An empty choice leaves the layout to the document. */
export function withLayout({ layout: _, ...others }: VerifyOptions, written: string): VerifyOptions {
  const layout = LAYOUT_CHOICES.find((one) => one === written);
  return layout === undefined ? others : { ...others, layout };
}

function count(written: string): number | null {
  return /^\d{1,7}$/.test(written.trim()) ? Number(written) : null;
}
