/** Images of a trained run, from its last checkpoint. */
import type { ResolvedConfig } from '../../../sidecar/config/resolved-config.ts';
import type { Dataset } from '../../../sidecar/data/dataset.ts';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import type { GeneratedImages } from '../../../sidecar/evaluation/features/image-set.ts';
import { toSize } from '../../../sidecar/modalities/images/images.ts';
import { samplerOfRun } from '../../../sidecar/sampling/of-run.ts';

/** `count` images; a conditional model is asked for its classes in turn. Throws if there is no checkpoint. */
export async function generate(
  runDirectory: string,
  config: ResolvedConfig,
  dataset: Dataset,
  engine: Engine,
  count: number,
): Promise<GeneratedImages> {
  const { shape, classNames } = dataset.info;
  const [imageSize = 0, , channels = 0] = shape;
  const labels =
    config.model.conditional && classNames !== null
      ? Int32Array.from({ length: count }, (_, i) => i % classNames.length)
      : null;
  const sampler = await samplerOfRun(runDirectory, engine, { sources: dataset });
  try {
    const pixels = new Float32Array(count * imageSize * imageSize * channels);
    for await (const { first, examples } of sampler.samples({ count, seed: config.training.seed })) {
      pixels.set(toSize(examples, shape), first * imageSize * imageSize * channels);
    }
    return { pixels, size: imageSize, channels, labels };
  } finally {
    sampler.dispose();
  }
}
