/** Draws from a generator that makes examples of others: of what is left of them, or of what is paired with them. */
import type { Batch, Dataset } from '../data/dataset.ts';
import type { ModelSpec } from '../models/architecture.ts';
import { batchInputs } from './batch-inputs.ts';
import type { Drawer, DrawRequest } from './drawer.ts';
import type { GrowingGenerators } from './stages.ts';

const BLOCK = 64;

/** Where sources come from. */
export type Sources = Pick<Dataset, 'info' | 'read'>;

export function drawerFromSources(spec: ModelSpec, sources: Sources, growing: GrowingGenerators): Drawer {
  const { size } = sources.info;
  /** Previews show the same again and again. */
  let last: { readonly indices: string; readonly batch: Promise<Batch> } | null = null;
  const read = (indices: readonly number[]) => {
    const key = indices.join();
    if (last?.indices !== key) last = { indices: key, batch: sources.read(indices) };
    return last.batch;
  };
  return {
    block: BLOCK,
    async draw({ count, sourceOf, seen }: DrawRequest) {
      const { programs, fade } = growing.at(seen);
      const indices = Array.from({ length: count }, (_, at) => {
        const index = sourceOf(at);
        return Number.isFinite(size) ? index % size : index;
      });
      const batch = await read(indices);
      const { examples, reduced } = await programs.make(0, { ...batchInputs(batch, spec), ...fade });
      return { examples, sources: reduced ?? batch.sources, wanted: batch.examples };
    },
    dispose: () => growing.dispose(),
  };
}
