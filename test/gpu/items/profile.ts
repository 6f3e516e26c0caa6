/** What a step of a model spends its time on: `profile <model> <batch size> <steps>`, the first step not counted. */
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { argv } from 'node:process';
import { createEngine } from '../../../sidecar/engine/index.ts';
import { makeBatches } from '../../bench/batches.ts';
import { findModel } from '../../bench/models/index.ts';
import { runItem, tell } from './item.ts';
import { type OperationTime, readTrace } from './trace.ts';

/** All of one step. */
export interface ProfileNumbers {
  readonly model: string;
  readonly batchSize: number;
  readonly steps: number;
  readonly device: string;
  /** Of a step while it was traced, which takes longer. */
  readonly tracedSeconds: number;
  readonly kernels: number;
  /** In which the GPU computed, by its own clock. */
  readonly gpuSeconds: number;
  /** In which the host prepared and handed over operations. */
  readonly hostSeconds: number;
  readonly operations: readonly OperationTime[];
  /** The kernels that take longest, by the shapes that they read and write. */
  readonly slowest: readonly OperationTime[];
}

const [model = '', batch = '', count = ''] = argv.slice(2);
const batchSize = Number(batch);
const steps = Number(count);

runItem(async () => {
  const folder = path.resolve('profiles', `${model}-${batch}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const engine = await createEngine('webgpu', { profile: path.join(folder, 'trace') });
  const { images, create } = findModel(model);
  const batches = makeBatches(images, batchSize);
  const program = create(engine, batchSize);
  let begin = performance.now();
  for (let step = 0; step <= steps; step += 1) {
    if (step === 1) begin = performance.now();
    await program.run(step, batches[step % batches.length]!);
  }
  const tracedSeconds = (performance.now() - begin) / 1000 / steps;
  program.variables.dispose();
  // Only with its session does ONNX Runtime finish a trace.
  await engine.dispose();

  const texts = globSync(`${folder}/*.json`).map((file) => readFileSync(file, 'utf8'));
  const step = readTrace(texts, steps + 1);
  const found = { model, batchSize, steps, device: engine.device.name, tracedSeconds, ...step };
  await tell(found satisfies ProfileNumbers);
  if (step.kernels === 0) throw new Error('The driver has no clock for kernels: only the host was timed.');
});
