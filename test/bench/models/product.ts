/** The product's own architectures with their defaults, through its own training step. */
import { architectureDefaults } from '../../../sidecar/config/defaults.ts';
import { resolveConfig } from '../../../sidecar/config/resolve.ts';
import type { ArchitectureName } from '../../../sidecar/config/resolved-config.ts';
import type { DatasetInfo } from '../../../sidecar/data/dataset.ts';
import { Variables } from '../../../sidecar/sampling/variables.ts';
import { createTrainer } from '../../../sidecar/training/create-trainer.ts';
import { type BenchModel, batchOf, SEED } from './model.ts';

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly architecture: ArchitectureName;
  readonly size: number;
  readonly channels: number;
  /** Channels that the architecture's own multiply; its default if absent. */
  readonly baseChannels?: number;
}

/** Classes of a conditional model, as many as MNIST has. */
const CLASSES = 10;

export function productModel({ id, title, architecture, size, channels, baseChannels }: Choice): BenchModel {
  const { model, optimizer } = architectureDefaults[architecture];
  const classes = model.conditional ? CLASSES : 0;
  return {
    id,
    title,
    images: { size, channels, classes },
    latentSize: model.latentSize,
    optimizer: optimizer.generator,
    create(engine, batchSize) {
      const config = resolveConfig(
        {
          model: { architecture, ...(baseChannels !== undefined && { baseChannels }) },
          data: { source: 'digits' },
          training: { steps: 1000, batchSize, seed: SEED },
        },
        'gan.config.json',
      );
      const info: DatasetInfo = {
        name: 'benchmark',
        modality: 'images',
        size: Number.POSITIVE_INFINITY,
        shape: [size, size, channels],
        sourceShape: null,
        classNames: Array.from({ length: CLASSES }, (_, i) => String(i)),
        skipped: [],
      };
      const variables = new Variables();
      const read = () => Promise.reject(new Error('the benchmark has its own batches'));
      const trainer = createTrainer(config, { info, read }, variables, engine);
      return {
        variables,
        async run(at, batch) {
          const { discriminatorLoss = Number.NaN, generatorLoss = Number.NaN } = (
            await trainer.step(at, batchOf(batch, { size, channels, classes }))
          ).metrics;
          return { discriminator: discriminatorLoss, generator: generatorLoss };
        },
      };
    },
  };
}
