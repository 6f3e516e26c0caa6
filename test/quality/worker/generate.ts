/** Images of a trained run, from its last checkpoint. */
import type { ResolvedConfig } from '../../../sidecar/config/resolved-config.ts';
import type { Dataset } from '../../../sidecar/data/dataset.ts';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import type { ImageSet } from '../../../sidecar/evaluation/resemblance.ts';
import { toSize } from '../../../sidecar/modalities/images/images.ts';
import { loadLatestCheckpoint } from '../../../sidecar/runs/checkpoint.ts';
import { restoreCheckpoint } from '../../../sidecar/training/checkpoint-state.ts';
import { createTrainer } from '../../../sidecar/training/create-trainer.ts';
import { Variables } from '../../../sidecar/training/variables.ts';

export interface Generated extends ImageSet {
  /** The class that was asked for, [n]; null for a model that is not told one. */
  readonly labels: Int32Array | null;
}

/** `count` images; a conditional model is asked for its classes in turn. Throws if there is no checkpoint. */
export async function generate(
  runDirectory: string,
  config: ResolvedConfig,
  dataset: Dataset,
  engine: Engine,
  count: number,
): Promise<Generated> {
  const checkpoint = await loadLatestCheckpoint(runDirectory, (message) => console.log(`  ${message}`));
  if (checkpoint === null) throw new Error(`${runDirectory} has no checkpoint: give it more --minutes.`);
  const { shape, classNames } = dataset.info;
  const [imageSize = 0, , channels = 0] = shape;
  const labels =
    config.model.conditional && classNames !== null
      ? Int32Array.from({ length: count }, (_, i) => i % classNames.length)
      : null;
  const variables = new Variables();
  const trainer = createTrainer(config, dataset, variables, engine);
  try {
    restoreCheckpoint(config, variables, checkpoint);
    const examples = await trainer.generate({ count, labels, seed: config.training.seed }, checkpoint.step);
    const pixels = toSize(examples, shape);
    return { pixels, size: imageSize, channels, labels };
  } finally {
    trainer.dispose();
    variables.dispose();
  }
}
