/** How many rows and columns a value has. */
export interface Size {
  readonly rows: number;
  readonly cols: number;
}

/** The order in which the factors of a product are multiplied: a factor by its place, or two products. */
export type ProductPlan =
  | { readonly factor: number; readonly size: Size }
  | { readonly left: ProductPlan; readonly right: ProductPlan; readonly size: Size };

function isScalar({ rows, cols }: Size): boolean {
  return rows === 1 && cols === 1;
}

/**
 * Scalars scale, the others are multiplied from the left; where that does not fit, factors that make a
 * scalar among themselves are taken together, as `x' x` in `W x' x`. Null where the factors do not fit.
 */
export function planProduct(sizes: readonly Size[]): ProductPlan | null {
  const leaves = sizes.map((size, factor): ProductPlan => ({ factor, size }));
  let plan = leaves[0] ?? null;
  for (let at = 1; plan !== null && at < leaves.length; ) {
    const joined: ProductPlan | null = join(plan, leaves[at] as ProductPlan);
    const run: Run | null = joined === null ? scalarRun(leaves, at) : { plan: joined, next: at + 1 };
    if (run === null) return null;
    plan = joined ?? join(plan, run.plan);
    at = run.next;
  }
  return plan;
}

interface Run {
  readonly plan: ProductPlan;
  readonly next: number;
}

function join(left: ProductPlan, right: ProductPlan): ProductPlan | null {
  if (isScalar(left.size)) return { left, right, size: right.size };
  if (isScalar(right.size)) return { left, right, size: left.size };
  return left.size.cols === right.size.rows ? { left, right, size: { rows: left.size.rows, cols: right.size.cols } } : null;
}

/** The shortest run of factors from `start` on whose product is a scalar. */
function scalarRun(leaves: readonly ProductPlan[], start: number): Run | null {
  let plan: ProductPlan | null = leaves[start] as ProductPlan;
  for (let next = start + 1; plan !== null && next < leaves.length; next++) {
    const factor = leaves[next] as ProductPlan;
    plan = plan.size.cols === factor.size.rows ? join(plan, factor) : null;
    if (plan !== null && isScalar(plan.size)) return { plan, next: next + 1 };
  }
  return null;
}
