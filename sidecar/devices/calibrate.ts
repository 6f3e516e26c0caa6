/** How fast a device runs a config's own training step. */
import { performance } from 'node:perf_hooks';
import type { ResolvedConfig } from '../config/schema.ts';
import type { DatasetInfo } from '../data/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { objectives } from '../objectives/index.ts';
import { createNetworks, modelShape } from '../training/networks.ts';
import { compileTrainStep } from '../training/train-step.ts';
import { Variables } from '../training/variables.ts';

/** A first step, which also compiles, that takes longer is not repeated where it shows enough; milliseconds. */
const LONG = 3000;

export interface MeasureOptions {
  /** Milliseconds of steps after the first. */
  readonly budget: number;
  /**
   * Images/s that another device reaches: one that is far below after a long first step is not run
   * again, since each step of a slow device may take as long.
   */
  readonly worthwhile: number;
}

/** Images a second, from a few steps on images of no meaning. */
export async function measureStep(
  config: ResolvedConfig,
  dataset: DatasetInfo,
  engine: Engine,
  { budget, worthwhile }: MeasureOptions,
): Promise<number> {
  const { batchSize } = config.training;
  const shape = modelShape(config, dataset);
  const variables = new Variables();
  try {
    const networks = createNetworks(config, shape, variables);
    const step = compileTrainStep(config, networks, objectives[config.objective.loss], variables, engine);
    try {
      const pixels = batchSize * shape.imageSize ** 2 * shape.channels;
      const images = Float32Array.from({ length: pixels }, (_, at) => Math.sin(at));
      const labels = Int32Array.from({ length: batchSize }, (_, at) => at % Math.max(1, shape.classes));
      const batch = { images, labels: dataset.classNames === null ? null : labels };
      const timed = async (at: number) => {
        const begin = performance.now();
        await step.run(at, batch);
        return performance.now() - begin;
      };
      let fastest = await timed(0);
      if (fastest > LONG && rate(batchSize, fastest) < worthwhile / 4) return rate(batchSize, fastest);
      for (let at = 1, spent = 0; at === 1 || spent < budget; at += 1) {
        const time = await timed(at);
        spent += time;
        fastest = Math.min(fastest, time);
      }
      return rate(batchSize, fastest);
    } finally {
      step.dispose();
    }
  } finally {
    variables.dispose();
  }
}

const rate = (images: number, milliseconds: number): number => (1000 * images) / milliseconds;
