/** How fast a device runs a config's own training step. */
import { performance } from 'node:perf_hooks';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { Batch, DatasetInfo } from '../data/dataset.ts';
import type { Engine, HostTensor } from '../engine/engine.ts';
import { Variables } from '../sampling/variables.ts';
import { createTrainer } from '../training/create-trainer.ts';

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
  const variables = new Variables();
  try {
    const read = async (indices: readonly number[]) => batchOfNoMeaning(dataset, indices.length);
    const trainer = createTrainer(config, { info: dataset, read }, variables, engine);
    try {
      const { examplesPerStep } = trainer;
      const batch = batchOfNoMeaning(dataset, examplesPerStep);
      const timed = async (at: number) => {
        const begin = performance.now();
        await trainer.step(at, batch);
        return performance.now() - begin;
      };
      let fastest = await timed(0);
      if (fastest > LONG && rate(examplesPerStep, fastest) < worthwhile / 4) return rate(examplesPerStep, fastest);
      for (let at = 1, spent = 0; at === 1 || spent < budget; at += 1) {
        const time = await timed(at);
        spent += time;
        fastest = Math.min(fastest, time);
      }
      return rate(examplesPerStep, fastest);
    } finally {
      trainer.dispose();
    }
  } finally {
    variables.dispose();
  }
}

/** Like the dataset's in size and kind. */
function batchOfNoMeaning({ shape, sourceShape, classNames }: DatasetInfo, count: number): Batch {
  const waves = (of: readonly number[]): HostTensor => {
    const length = of.reduce((product, size) => product * size, count);
    return { dtype: 'float32', shape: [count, ...of], data: Float32Array.from({ length }, (_, at) => Math.sin(at)) };
  };
  return {
    examples: waves(shape),
    labels: classNames === null ? null : Int32Array.from({ length: count }, (_, at) => at % classNames.length),
    sources: sourceShape && waves(sourceShape),
  };
}

const rate = (images: number, milliseconds: number): number => (1000 * images) / milliseconds;
