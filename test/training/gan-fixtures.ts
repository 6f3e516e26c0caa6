/** Adversarial trainers of tiny networks, driven step by step. */

import type { ResolvedConfig } from '../../sidecar/config/resolved-config.ts';
import type { Batch, Dataset } from '../../sidecar/data/dataset.ts';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import { architectures } from '../../sidecar/models/index.ts';
import { createTrainer } from '../../sidecar/training/create-trainer.ts';
import type { Trainer } from '../../sidecar/training/trainer.ts';
import type { StepOutcome } from '../../sidecar/training/update/outcome.ts';
import { Variables } from '../../sidecar/training/variables.ts';

export interface Opened {
  readonly trainer: Trainer;
  readonly variables: Variables;
  /** Steps from `from` on, each on the dataset's next images. */
  steps(count: number, from?: number): Promise<StepOutcome[]>;
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
        outcomes.push(await trainer.step(step, await batchAt(dataset, step, trainer.imagesPerStep)));
      }
      return outcomes;
    },
    async close() {
      trainer.dispose();
      variables.dispose();
      await engine.dispose();
    },
  };
}

export function batchAt(dataset: Dataset, step: number, images: number): Promise<Batch> {
  return dataset.read(Array.from({ length: images }, (_, i) => (step * images + i) % dataset.info.size));
}

export const architectureNames = Object.keys(architectures) as (keyof typeof architectures)[];
