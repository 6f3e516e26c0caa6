/** Draws from a generator that makes examples of others: of what is left of them, or of what is paired with them. */
import type { Batch, Dataset } from '../data/dataset.ts';
import type { ModelSpec } from '../models/architecture.ts';
import { UserError } from '../terms/errors.ts';
import { batchInputs } from './batch-inputs.ts';
import type { Drawer, DrawRequest } from './drawer.ts';
import type { GrowingGenerators } from './stages.ts';

const BLOCK = 64;

/** Where sources come from. */
export type Sources = Pick<Dataset, 'info' | 'read'>;

export function drawerFromSources(spec: ModelSpec, sources: Sources, growing: GrowingGenerators): Drawer {
  const { size } = sources.info;
  const classesOf = ({ labels }: Batch): readonly number[] | null => {
    if (spec.classes === 0) return null;
    if (labels !== null) return Array.from(labels);
    throw new UserError(
      'model/no-labels',
      `the model is told a class, and ${sources.info.name} has no labels: say which class to make of each source`,
    );
  };
  /** Previews show the same again and again. */
  let last: { readonly indices: string; readonly batch: Promise<Batch> } | null = null;
  const read = (indices: readonly number[]) => {
    const key = indices.join();
    if (last?.indices === key) return last.batch;
    const batch = sources.read(indices);
    last = { indices: key, batch };
    // What failed once is read again when it is asked for again.
    batch.catch(() => {
      last = null;
    });
    return batch;
  };
  return {
    block: BLOCK,
    ownLabels: true,
    async draw({ count, labels: asked, sourceOf, seen }: DrawRequest) {
      const { programs, fade } = growing.at(seen);
      const indices = Array.from({ length: count }, (_, at) => {
        const index = sourceOf(at);
        return Number.isFinite(size) ? index % size : index;
      });
      const batch = await read(indices);
      const labels = asked ?? classesOf(batch);
      const told = { ...batch, labels: labels && Int32Array.from(labels) };
      const { examples, reduced } = await programs.make(0, { ...batchInputs(told, spec), ...fade });
      return { examples, labels, sources: reduced ?? batch.sources, wanted: batch.examples };
    },
    dispose: () => growing.dispose(),
  };
}
