/** Samples of models that all make them from a seed and labels. */
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { HostTensor } from '../../engine/engine.ts';
import type { SampleRequest, SampleSet } from '../../modalities/modality.ts';
import type { ModelSpec } from '../../models/architecture.ts';
import { HostRows } from '../rows.ts';
import type { GenerateRequest } from '../trainer.ts';

/** Examples that one program makes at once. */
const CHUNK = 256;

/** Makes `count` examples in [−1, 1], [count, …], from what `seed` and `stream` decide. */
export type Draw = (
  count: number,
  labels: ArrayLike<number> | null,
  seed: number,
  stream: string,
) => Promise<HostTensor>;

/** Always of the same numbers; classes come in order, again and again. */
export async function previewSamples(
  { training: { seed } }: ResolvedConfig,
  { classes }: ModelSpec,
  { count }: SampleRequest,
  draw: Draw,
): Promise<SampleSet> {
  const examples = await draw(count, chosen(null, classes, 0, count), seed, 'sample grid');
  return { examples, sources: null, wanted: null };
}

/**
 * All examples of a request, some at a time; without labels classes come in turn. But for rounding, an
 * example depends on the seed, its place and its class alone.
 */
export async function generateExamples(
  { count, labels, seed }: GenerateRequest,
  { classes }: ModelSpec,
  draw: Draw,
): Promise<HostTensor> {
  const rows = new HostRows(count);
  for (let first = 0; first < count; first += CHUNK) {
    const size = Math.min(CHUNK, count - first);
    const made = await draw(size, chosen(labels, classes, first, size), seed, `generate ${first}`);
    rows.put(made, (i) => first + i);
  }
  return rows.tensor;
}

/** Class numbers of examples from place `first` on; null for a model without classes. */
const chosen = (labels: ArrayLike<number> | null, classes: number, first: number, count: number): number[] | null =>
  classes > 0 ? Array.from({ length: count }, (_, i) => labels?.[first + i] ?? (first + i) % classes) : null;
