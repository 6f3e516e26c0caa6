/** The machine's own bound: how fast ONNX Runtime and PyTorch multiply matrices on its CPU. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineSpec } from './engines.ts';
import { matmulShapes } from './matmul-shapes.ts';
import type { Log, Settings } from './measure.ts';
import type { BoundResult } from './results.ts';
import { WorkerFailure, WorkerProcess } from './worker-process.ts';

/** Seconds for each shape in a round. */
const SECONDS = 0.3;

/** Engines that multiply by themselves: ours, and every PyTorch build once. */
const multiplies = ({ id, missing, onCpu }: EngineSpec): boolean =>
  missing === undefined && onCpu && (id === 'cpu' || /^pytorch-[\d.]+$/.test(id));

/** By shape the best round of each engine, whose rounds take turns. */
export async function measureBound(engines: readonly EngineSpec[], settings: Settings, log: Log) {
  mkdirSync(settings.folder, { recursive: true });
  writeFileSync(path.join(settings.folder, 'matmul.json'), JSON.stringify(matmulShapes));
  const running: { spec: EngineSpec; worker: WorkerProcess; name: string; rates: Record<string, number> }[] = [];
  for (const spec of engines.filter(multiplies)) {
    const worker = new WorkerProcess(spec.command('matmul', settings), spec.environment);
    try {
      running.push({ spec, worker, name: (await worker.ready(settings.patience)).engine, rates: {} });
    } catch (error) {
      worker.kill();
      if (!(error instanceof WorkerFailure)) throw error;
      log(`  ${spec.name}: ${error.message}`);
    }
  }
  for (let round = 0; round < settings.rounds; round += 1) {
    for (const { worker, rates } of running) {
      const measured = await worker.rates(SECONDS, settings.patience);
      for (const [shape, rate] of Object.entries(measured.rates)) rates[shape] = Math.max(rates[shape] ?? 0, rate);
    }
  }
  for (const { worker } of running) worker.kill();
  return running.map(({ spec, name, rates }): BoundResult => ({ engine: spec.id, name, rates }));
}
