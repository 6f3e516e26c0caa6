/** Samples on request, for tests that look at all of them. */
import type { Sampler } from '../../sidecar/sampling/sampler.ts';

export interface Request {
  readonly count: number;
  readonly seed: number;
  /** Class numbers; null: classes in turn. */
  readonly labels: ArrayLike<number> | null;
}

/** The values of all examples, one after the other. @param seen examples trained on. */
export async function generated(sampler: Sampler, { count, seed, labels }: Request, seen = 0): Promise<Float32Array> {
  const labelOf = labels && ((index: number) => labels[index] ?? 0);
  const values: number[] = [];
  for await (const { examples } of sampler.samples({ count, seed, ...(labelOf && { labelOf }) }, seen)) {
    for (const value of examples.data) values.push(value);
  }
  return Float32Array.from(values);
}

export type Generate = (request: Request, step: number) => Promise<Float32Array>;
