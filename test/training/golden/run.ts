/** A short seeded run of a preset, small enough for CI, and its loss curves as means of windows. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../../../sidecar/config/load.ts';
import type { ResolvedConfig } from '../../../sidecar/config/resolved-config.ts';
import { Batches } from '../../../sidecar/data/batches.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import { createEngine } from '../../../sidecar/engine/index.ts';
import { architectures } from '../../../sidecar/models/index.ts';
import { Variables } from '../../../sidecar/sampling/variables.ts';
import { METRICS } from '../../../sidecar/terms/metrics.ts';
import { createTrainer } from '../../../sidecar/training/create-trainer.ts';

export const STEPS = 300;
/** Steps of one mean. */
const WINDOW = 50;

/** Means of each loss over windows, by the metric's name. */
export type Curves = Readonly<Record<string, readonly number[]>>;

const examples = path.resolve('examples');

export const presetNames = readdirSync(examples).sort();

/**
 * The preset on digits or points that the program draws, with narrow networks, small images and small batches.
 * What goes by images is brought down to the images of the run.
 */
async function small(preset: string): Promise<ResolvedConfig> {
  const config = await loadConfig(path.join(examples, preset, 'gan.config.json'), {});
  const { model, objective, training, augmentation } = config;
  // The slowest two get the least.
  const slow = model.architecture === 'r3gan' ? 2 : 4;
  const batchSize = model.generators > 1 ? 2 * model.generators : slow;
  const images = STEPS * batchSize;
  const shortened = (count: number) => (count > 0 ? Math.min(count, images / 4) : 0);
  return {
    ...config,
    model: { ...model, baseChannels: 8, latentSize: Math.min(16, model.latentSize) },
    objective: { ...objective, discriminatorSteps: Math.min(2, objective.discriminatorSteps) },
    augmentation: { ...augmentation, instanceNoiseImages: images / 2 },
    data: {
      ...config.data,
      source: architectures[model.architecture].examples === 'images' ? 'digits' : 'points',
      path: null,
      imageSize: model.architecture === 'chapter-deep' ? 8 : 16,
      channels: ({ icons: 4, 'stacked-mnist': 3 } as const)[preset] ?? 1,
    },
    training: {
      ...training,
      steps: STEPS,
      epochs: null,
      batchSize,
      emaHalfLife: shortened(training.emaHalfLife),
      growEvery: images / 5,
      burnIn: { ...training.burnIn, images: shortened(training.burnIn.images) },
      schedule: {
        ...training.schedule,
        warmupImages: shortened(training.schedule.warmupImages),
        everyImages: images / 2,
      },
    },
  };
}

/**
 * The losses of a preset's first steps on `engine`. Throws where a metric has no description.
 * @param perturbation by how much of itself each weight is changed at the beginning, up or down in turn.
 */
export async function trainPreset(
  preset: string,
  engine: Engine,
  steps: number,
  perturbation = 0,
): Promise<Readonly<Record<string, number>>[]> {
  const config = await small(preset);
  const dataset = await openDataset(config.data, { inputs: config.model.architecture === 'image-to-image' });
  const variables = new Variables();
  const trainer = createTrainer(config, dataset, variables, engine);
  const batches = new Batches(dataset, trainer.examplesPerStep, config.training.seed, config.data);
  try {
    if (perturbation !== 0) {
      const values = await variables.read();
      for (const { data } of Object.values(values)) {
        for (const [i, x] of data.entries()) data[i] = x * (1 + (i % 2 === 0 ? perturbation : -perturbation));
      }
      variables.assign(values);
    }
    const losses: Record<string, number>[] = [];
    for (let step = 0; step < steps; step++) {
      const { metrics, notFinite } = await trainer.step(step, await batches.at(step));
      const unknown = Object.keys(metrics).filter((name) => !Object.hasOwn(METRICS, name));
      if (unknown.length > 0)
        throw new Error(`${preset} reports ${unknown.join(', ')}: not in sidecar/terms/metrics.ts`);
      if (notFinite !== null) throw new Error(`${preset}: NaN or infinity in ${notFinite} at step ${step}`);
      losses.push(Object.fromEntries(trainer.curves.map(({ metric }) => [metric, metrics[metric] as number])));
    }
    return losses;
  } finally {
    await batches.close();
    await dataset.close();
    trainer.dispose();
    variables.dispose();
  }
}

export async function goldenRun(preset: string, perturbation = 0): Promise<Curves> {
  const engine = await createEngine('cpu');
  try {
    const losses = await trainPreset(preset, engine, STEPS, perturbation);
    const windows = Array.from({ length: STEPS / WINDOW }, (_, i) => losses.slice(i * WINDOW, (i + 1) * WINDOW));
    const mean = (metric: string, window: typeof losses) =>
      window.reduce((sum, each) => sum + (each[metric] as number) / WINDOW, 0);
    return Object.fromEntries(
      Object.keys(losses[0] as object).map((metric) => [metric, windows.map((window) => mean(metric, window))]),
    );
  } finally {
    await engine.dispose();
  }
}
