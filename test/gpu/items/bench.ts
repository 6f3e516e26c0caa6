/**
 * One of the benchmark's models on WebGPU, by turns with PyTorch:
 * `bench <model> <batch size> <eager | compile> <full | tiny>`.
 */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { argv, env } from 'node:process';
import { gpuEngines } from '../../bench/engines.ts';
import { describeMachine } from '../../bench/machine.ts';
import { measureModel, type Settings } from '../../bench/measure.ts';
import { prepareFixture } from '../../bench/prepare-fixture.ts';
import type { PythonWithTorch } from '../../bench/pythons.ts';
import type { ModelResult, Results } from '../../bench/results.ts';
import { NotHere, runItem, tell } from './item.ts';

/** As the benchmark's own results, with one model. */
export type BenchNumbers = Results;

const [model = '', batch = '', way = '', size = ''] = argv.slice(2);

const common = {
  batchSize: Number(batch),
  threads: availableParallelism(),
  folder: path.join('fixtures', batch),
  tolerance: { first: 1e-3, later: 1e-2 },
  scaledBatchSize: 1,
};

const settings: Settings =
  size === 'tiny'
    ? { ...common, rounds: 1, checkSteps: 1, burstSeconds: 0.01, burstSteps: 1, patience: 900 }
    : {
        ...common,
        rounds: 4,
        checkSteps: 3,
        burstSeconds: 0.7,
        burstSteps: 2,
        // torch.compile takes most of a minute; whatever else does is stuck.
        patience: way === 'compile' ? 100 : 45,
      };

runItem(async () => {
  const pythons = JSON.parse(env.GAN_KIT_TORCH ?? '[]') as readonly PythonWithTorch[];
  const noGpu = env.GAN_KIT_NO_GPU;
  const engines = gpuEngines(pythons, way === 'compile').map((spec) =>
    spec.id === 'webgpu' && noGpu !== undefined ? { ...spec, missing: noGpu } : spec,
  );
  if (way === 'compile' && engines.every(({ id, missing }) => !id.includes('-compile') || missing !== undefined)) {
    throw new NotHere('No PyTorch here has torch.compile.');
  }
  // Without a GPU for any of them there is nothing to learn here.
  if (noGpu !== undefined && engines.every(({ missing, onCpu }) => onCpu || missing !== undefined))
    throw new NotHere(noGpu);
  const all = (found: ModelResult): BenchNumbers => ({
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    batchSize: settings.batchSize,
    threads: settings.threads,
    rounds: settings.rounds,
    tolerance: settings.tolerance,
    models: [found],
    bound: [],
  });
  mkdirSync(settings.folder, { recursive: true });
  prepareFixture(model, engines, settings);
  const progress = (found: ModelResult) => void tell(all(found));
  const result = await measureModel(model, engines, settings, (line) => console.log(line), progress);
  await tell(all(result));
  if (noGpu !== undefined) throw new NotHere(noGpu);
  const ours = result.engines.find(({ engine }) => engine === 'webgpu');
  if (ours?.status !== 'measured') throw new Error(`WebGPU: ${ours?.reason ?? 'it was not measured'}`);
  if (!ours.agrees)
    throw new Error(`On WebGPU the losses of the first steps differ by ${ours.difference} from the CPU's.`);
});
