/** Writes a model's fixture: `prepare <model> <folder> <steps> <batch size> [further batch sizes]`. */
import { availableParallelism } from 'node:os';
import { argv } from 'node:process';
import type { HostTensor } from '../../../sidecar/engine/engine.ts';
import { createEngine } from '../../../sidecar/engine/index.ts';
import { makeBatches } from '../batches.ts';
import { writeFixture } from '../fixture.ts';
import { findModel } from '../models/index.ts';
import { type BenchModel, type Losses, SEED } from '../models/model.ts';
import { noteDraws } from './draws.ts';
import { countOperations } from './operations.ts';

/** The losses of the first steps, with everything that led to them. */
async function train(model: BenchModel, batchSize: number, steps: number) {
  const noted = noteDraws(await createEngine('cpu', { threads: availableParallelism() }));
  const operations = countOperations();
  const batches = makeBatches(model.images, batchSize);
  const program = model.create(noted.engine, batchSize);
  const weights = await program.variables.read();
  const losses: Losses[] = [];
  for (let step = 0; step < steps; step += 1) losses.push(await program.run(step, batches[step % batches.length]!));
  program.variables.dispose();
  await noted.engine.dispose();
  return { noted, batches, weights, losses, operations: operations() };
}

async function main(): Promise<void> {
  const [id = '', folder = '', stepCount = '', ...sizes] = argv.slice(2);
  const model = findModel(id);
  const steps = Number(stepCount);
  const [batchSize = 0, ...others] = sizes.map(Number);
  const { noted, batches, weights, losses, operations } = await train(model, batchSize, steps);

  const tensors: Record<string, HostTensor> = {};
  for (const [name, weight] of Object.entries(weights)) {
    if (!name.startsWith('optimizer/')) tensors[`weights/${name}`] = weight;
  }
  const { size, channels } = model.images;
  for (const [at, { images, labels }] of batches.entries()) {
    tensors[`images/${at}`] = { dtype: 'float32', shape: [batchSize, size, size, channels], data: images };
    if (labels !== null) tensors[`labels/${at}`] = { dtype: 'int32', shape: [batchSize], data: labels };
  }
  for (let step = 0; step < steps; step += 1) {
    for (const [use, numbers] of noted.numbers(SEED, step).entries()) tensors[`draws/${step}/${use}`] = numbers;
  }

  const byBatchSize: Record<number, readonly Losses[]> = { [batchSize]: losses };
  for (const other of others) byBatchSize[other] = (await train(model, other, 1)).losses;
  const { title, images, latentSize, optimizer } = model;
  writeFixture(
    folder,
    { model: id, title, batchSize, latentSize, images, optimizer, steps, losses: byBatchSize, operations },
    tensors,
  );
}

void main();
