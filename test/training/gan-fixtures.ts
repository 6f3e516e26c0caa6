/** Adversarial trainers of tiny networks, driven step by step. */

import type { ResolvedConfig } from '../../sidecar/config/resolved-config.ts';
import type { Batch, Dataset } from '../../sidecar/data/dataset.ts';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import type { Picture } from '../../sidecar/modalities/images/grid.ts';
import { images, pictureOf, toSize } from '../../sidecar/modalities/images/images.ts';
import { architectures } from '../../sidecar/models/index.ts';
import { Sampler } from '../../sidecar/sampling/sampler.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { createTrainer } from '../../sidecar/training/create-trainer.ts';
import { modelSpec } from '../../sidecar/training/model-spec.ts';
import type { Trainer } from '../../sidecar/training/trainer.ts';
import type { StepOutcome } from '../../sidecar/training/update/outcome.ts';
import { type Generate, generated } from './sampling-fixtures.ts';

export interface Opened {
  readonly trainer: Trainer;
  readonly variables: Variables;
  /** Steps from `from` on, each on the dataset's next images. */
  steps(count: number, from?: number): Promise<StepOutcome[]>;
  /** The sample grid after so many steps. */
  picture(step: number): Promise<Picture>;
  /** Examples in their own size, one after the other. */
  generate: Generate;
  close(): Promise<void>;
}

/** Closes the engine too. */
export async function open(
  config: ResolvedConfig,
  dataset: Dataset,
  createEngine: () => Promise<Engine>,
  tensors?: Readonly<Record<string, HostTensor>>,
): Promise<Opened> {
  const engine = await createEngine();
  const variables = new Variables();
  const trainer = createTrainer(config, dataset, variables, engine);
  if (tensors) variables.assign(tensors);
  return {
    trainer,
    variables,
    async steps(count, from = 0) {
      const outcomes: StepOutcome[] = [];
      for (let step = from; step < from + count; step++) {
        outcomes.push(await trainer.step(step, await batchAt(dataset, step, trainer.examplesPerStep)));
      }
      return outcomes;
    },
    async picture(step) {
      const { from } = architectures[config.model.architecture].about;
      const request = images.request(config.monitor.gridSize, from === 'reduced' || from === 'paired');
      return pictureOf(await trainer.sample(step, request), { request, shape: dataset.info.shape });
    },
    async generate(request, step) {
      const spec = modelSpec(config, dataset.info);
      const sampler = new Sampler({ config, spec, variables, engine, sources: dataset });
      const values = await generated(sampler, request, step * trainer.examplesPerStep);
      sampler.dispose();
      const size = Math.sqrt(values.length / request.count / (spec.example.at(-1) ?? 1));
      const shape = [request.count, size, size, spec.example.at(-1) ?? 1];
      return spec.example.length === 1 ? values : toSize({ dtype: 'float32', shape, data: values }, spec.example);
    },
    async close() {
      trainer.dispose();
      variables.dispose();
      await engine.dispose();
    },
  };
}

export function batchAt(dataset: Dataset, step: number, count: number): Promise<Batch> {
  return dataset.read(Array.from({ length: count }, (_, i) => (step * count + i) % dataset.info.size));
}

export const architectureNames = Object.keys(architectures) as (keyof typeof architectures)[];
