/** The product's own architectures with their presets, through its own training step. */
import { presets } from '../../../sidecar/config/presets.ts';
import { resolveConfig } from '../../../sidecar/config/resolve.ts';
import type { ArchitectureName } from '../../../sidecar/config/schema.ts';
import { objectives } from '../../../sidecar/objectives/index.ts';
import { createNetworks } from '../../../sidecar/training/networks.ts';
import { compileTrainStep } from '../../../sidecar/training/train-step.ts';
import { Variables } from '../../../sidecar/training/variables.ts';
import { type BenchModel, SEED } from './model.ts';

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly architecture: ArchitectureName;
  readonly size: number;
  readonly channels: number;
}

/** Classes of a conditional model, as many as MNIST has. */
const CLASSES = 10;

export function productModel({ id, title, architecture, size, channels }: Choice): BenchModel {
  const { model, optimizer } = presets[architecture];
  const classes = model.conditional ? CLASSES : 0;
  return {
    id,
    title,
    images: { size, channels, classes },
    latentSize: model.latentSize,
    optimizer,
    create(engine, batchSize) {
      const config = resolveConfig(
        { model: { architecture }, data: { source: 'digits' }, training: { batchSize, seed: SEED } },
        'gan.config.json',
      );
      const { latentSize, baseChannels } = config.model;
      const variables = new Variables();
      const networks = createNetworks(
        config,
        { latentSize, baseChannels, imageSize: size, channels, classes },
        variables,
      );
      const step = compileTrainStep(config, networks, objectives['non-saturating'], variables, engine);
      return {
        variables,
        async run(at, batch) {
          const { discriminatorLoss, generatorLoss } = await step.run(at, batch);
          return { discriminator: discriminatorLoss, generator: generatorLoss };
        },
      };
    },
  };
}
