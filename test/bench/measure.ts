/** Measures every engine on one model, in rounds: A B C, A B C, … */
import type { EngineSpec, WorkerOptions } from './engines.ts';
import { type Fixture, readFixture } from './fixture.ts';
import type { Losses } from './models/model.ts';
import type { Checked } from './protocol.ts';
import type { EngineResult, ModelResult, Tolerance } from './results.ts';
import { WorkerFailure, WorkerProcess } from './worker-process.ts';

export interface Settings extends WorkerOptions {
  readonly rounds: number;
  /** Steps whose losses are compared. */
  readonly checkSteps: number;
  readonly tolerance: Tolerance;
  /** A burst lasts at least so many seconds and steps. */
  readonly burstSeconds: number;
  readonly burstSteps: number;
  /** Images of a step where a whole one would take minutes. */
  readonly scaledBatchSize: number;
  /** Seconds until an engine is given up. */
  readonly patience: number;
}

/** Whether first losses are those of the reference. */
export const agree = (losses: readonly Losses[], reference: readonly Losses[], tolerance: Tolerance): boolean =>
  largestDifference(losses.slice(0, 1), reference) <= tolerance.first &&
  largestDifference(losses, reference) <= tolerance.later;

/** Largest difference of the losses, relative where they are above 1; infinite where one is not finite. */
export function largestDifference(losses: readonly Losses[], reference: readonly Losses[]): number {
  const differences = losses.flatMap((loss, step) => {
    const expected = reference[step];
    return (['discriminator', 'generator'] as const).map((network) => {
      const value = expected?.[network] ?? Number.NaN;
      return Math.abs(loss[network] - value) / Math.max(1, Math.abs(value));
    });
  });
  const largest = Math.max(0, ...differences);
  return Number.isNaN(largest) ? Number.POSITIVE_INFINITY : largest;
}

interface Running {
  readonly spec: EngineSpec;
  readonly worker: WorkerProcess;
  readonly name: string;
  readonly checked: Checked;
  readonly rounds: number[];
  steps: number;
  javascriptSeconds: number | null;
  seconds: number;
}

export type Log = (line: string) => void;

/** Starts the engines one after the other; those that fail are returned with the reason. */
export async function measureModel(
  model: string,
  engines: readonly EngineSpec[],
  settings: Settings,
  log: Log,
): Promise<ModelResult> {
  const fixture = readFixture(settings.folder, model);
  const running: Running[] = [];
  const results = new Map<string, EngineResult>();
  const missing = (spec: EngineSpec, error: unknown) => {
    if (!(error instanceof WorkerFailure)) throw error;
    log(`  ${spec.name}: ${error.message}`);
    results.set(spec.id, { engine: spec.id, status: 'missing', name: spec.name, reason: error.message });
  };

  for (const spec of engines) {
    if (spec.missing !== undefined) {
      results.set(spec.id, { engine: spec.id, status: 'missing', name: spec.name, reason: spec.missing });
      continue;
    }
    const batchSize = spec.scaled ? settings.scaledBatchSize : settings.batchSize;
    const worker = new WorkerProcess(spec.command(model, { ...settings, batchSize }), spec.environment);
    try {
      const { engine: name } = await worker.ready(settings.patience);
      const checked = await worker.check(spec.scaled ? 1 : settings.checkSteps, settings.patience);
      log(`  ${spec.name}: ready, first step ${checked.firstStepSeconds.toFixed(2)} s`);
      const rounds = spec.scaled ? [batchSize / checked.firstStepSeconds] : [];
      running.push({ spec, worker, name, checked, rounds, steps: 0, seconds: 0, javascriptSeconds: null });
    } catch (error) {
      worker.kill();
      missing(spec, error);
    }
  }

  for (let round = 0; round < settings.rounds; round += 1) {
    for (const each of running) {
      if (each.spec.scaled || results.has(each.spec.id)) continue;
      try {
        const burst = await each.worker.burst(settings.burstSeconds, settings.burstSteps, settings.patience);
        each.rounds.push((burst.steps * settings.batchSize) / burst.seconds);
        each.seconds += burst.seconds;
        if (burst.javascriptSeconds !== null) {
          each.javascriptSeconds = (each.javascriptSeconds ?? 0) + burst.javascriptSeconds;
        }
      } catch (error) {
        each.worker.kill();
        missing(each.spec, error);
      }
    }
    const speeds = running
      .filter(({ spec }) => !spec.scaled && !results.has(spec.id))
      .map(({ spec, rounds }) => `${spec.id} ${rounds.at(-1)?.toFixed(1)}`);
    log(`  round ${round + 1}: ${speeds.join(', ')} images/s`);
  }

  for (const each of running) {
    if (results.has(each.spec.id)) continue;
    try {
      const { peakBytes } = await each.worker.end(settings.patience);
      results.set(each.spec.id, measured(each, fixture, settings, peakBytes));
    } catch (error) {
      missing(each.spec, error);
    } finally {
      each.worker.kill();
    }
  }
  const operationsByPyTorch = running
    .map(({ checked }) => checked.operations)
    .find((count) => typeof count === 'number');
  return {
    model,
    title: fixture.title,
    operations: fixture.operations,
    operationsByPyTorch: operationsByPyTorch ?? null,
    engines: engines.flatMap(({ id }) => results.get(id) ?? []),
  };
}

function measured(each: Running, fixture: Fixture, settings: Settings, peakBytes: number): EngineResult {
  const { spec, name, checked, rounds, javascriptSeconds, seconds } = each;
  const batchSize = spec.scaled ? settings.scaledBatchSize : settings.batchSize;
  const reference = fixture.losses[batchSize] ?? [];
  return {
    engine: spec.id,
    status: 'measured',
    onCpu: spec.onCpu,
    name,
    note: checked.note,
    rounds,
    batchSize,
    firstStepSeconds: checked.firstStepSeconds,
    sessionSeconds: checked.sessionSeconds,
    javascriptShare: javascriptSeconds === null ? null : javascriptSeconds / seconds,
    peakBytes,
    losses: checked.losses,
    difference: largestDifference(checked.losses, reference),
    agrees: agree(checked.losses, reference, settings.tolerance),
  };
}
