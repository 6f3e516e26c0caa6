import { spawnSync } from 'node:child_process';
import { execPath } from 'node:process';
import type { EngineSpec } from './engines.ts';
import type { Settings } from './measure.ts';
import { programs } from './programs.ts';

/** Writes the fixture of a model for all engines. Throws Error where the reference cannot train it. */
export function prepareFixture(model: string, engines: readonly EngineSpec[], settings: Settings): void {
  const { folder, checkSteps, batchSize, scaledBatchSize } = settings;
  const sizes = engines.some(({ scaled }) => scaled) ? [batchSize, scaledBatchSize] : [batchSize];
  const options = [model, folder, `${checkSteps}`, ...sizes.map(String)];
  const { status } = spawnSync(execPath, [programs.prepare, ...options], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`The initial weights of ${model} could not be made.`);
}
