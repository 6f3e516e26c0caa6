/** How good what a preset makes is, trained whole on WebGPU: `quality <preset> <minutes> <full | tiny>`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { argv } from 'node:process';
import { presetOf } from '../../quality/presets.ts';
import type { QualityResult } from '../../quality/results.ts';
import { measurePreset } from '../../quality/worker/measure.ts';
import { NotHere, runItem, tell } from './item.ts';

/** As the quality benchmark's own results; its metrics are null until the samples are judged. */
export type QualityNumbers = QualityResult;

const [preset = '', minutes = '', size = ''] = argv.slice(2);

/** Two steps, and as few images as show that everything runs. */
const TINY = { steps: 2, samples: 40, judgeLearns: 640, overrides: ['training.batchSize=8', 'monitor.gridSize=2'] };
/** QUALITY.md's classifier learns from 360,000; a CPU would take the time that is there for the GPU. */
const FULL = { steps: null, samples: null, judgeLearns: 120_000, overrides: [] };

runItem(async () => {
  const { overrides, ...sizes } = size === 'tiny' ? TINY : FULL;
  const data = path.resolve('data');
  if (!existsSync(path.join(data, 'mnist'))) throw new NotHere('MNIST was not at hand when the kit was made.');
  const task = {
    preset: presetOf(preset).id,
    minutes: Number(minutes),
    seed: 0,
    data,
    out: path.resolve('quality'),
    overrides: [...overrides, 'device=webgpu'],
    again: false,
    judgeOn: 'cpu',
    ...sizes,
  } as const;
  const { training } = await measurePreset(task, tell);
  if (training.end === 'failed') throw new Error(`Training failed: ${training.error}`);
});
