/** Measures every engine on one model, in rounds: A B C, C B A, …, since who comes first finds another machine. */
import type { EngineSpec, WorkerOptions } from './engines.ts';
import { type Fixture, readFixture } from './fixture.ts';
import { gpuBytesInUse } from './gpu-memory.ts';
import type { Losses } from './models/model.ts';
import type { Checked } from './protocol.ts';
import type { EngineResult, GpuUse, ModelResult, Tolerance } from './results.ts';
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

interface Started {
  readonly spec: EngineSpec;
  readonly worker: WorkerProcess;
  readonly batchSize: number;
}

interface Running extends Started {
  readonly name: string;
  readonly checked: Checked;
  readonly rounds: number[];
  /** Of all rounds. */
  seconds: number;
  javascriptSeconds: number | null;
  peakBytes: number;
  gpu: GpuUse | null;
}

export type Log = (line: string) => void;

/** Steps whose kernels are counted. */
const COUNTED_STEPS = 3;

class Measurement {
  readonly #engines: readonly EngineSpec[];
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #fixture: Fixture;
  readonly #running: Running[] = [];
  readonly #missing = new Map<EngineSpec, string>();

  constructor(model: string, engines: readonly EngineSpec[], settings: Settings, log: Log) {
    this.#engines = engines;
    this.#settings = settings;
    this.#log = log;
    this.#fixture = readFixture(settings.folder, model);
  }

  /** Processes start together, since that is not measured; then one after the other trains its first steps. */
  async check(): Promise<void> {
    const started = this.#engines.flatMap((spec) => this.#start(spec) ?? []);
    for (const each of started) {
      const { spec, worker, batchSize } = each;
      const { checkSteps, patience } = this.#settings;
      await this.#attempt(each, async () => {
        const { engine: name } = await worker.ready(patience);
        const before = spec.onCpu ? null : gpuBytesInUse();
        const checked = await worker.check(spec.scaled ? 1 : checkSteps, patience);
        this.#log(`  ${spec.name}: ready, first step ${checked.firstStepSeconds.toFixed(2)} s`);
        const rounds = spec.scaled ? [batchSize / checked.firstStepSeconds] : [];
        const gpu = spec.onCpu ? null : { bytes: difference(gpuBytesInUse(), before), kernels: null, seconds: null };
        this.#running.push({ ...each, name, checked, rounds, seconds: 0, javascriptSeconds: null, peakBytes: 0, gpu });
      });
    }
  }

  #start(spec: EngineSpec): Started | null {
    if (spec.missing !== undefined) {
      this.#missing.set(spec, spec.missing);
      return null;
    }
    const batchSize = spec.scaled ? this.#settings.scaledBatchSize : this.#settings.batchSize;
    const command = spec.command(this.#fixture.model, { ...this.#settings, batchSize });
    return { spec, worker: new WorkerProcess(command, spec.environment), batchSize };
  }

  /** Every engine's turn. */
  async round(number: number): Promise<void> {
    const { burstSeconds, burstSteps, batchSize, patience } = this.#settings;
    const turns = this.#running.filter(({ spec }) => !spec.scaled);
    if (number % 2 === 0) turns.reverse();
    for (const each of turns) {
      await this.#attempt(each, async () => {
        const burst = await each.worker.burst(burstSeconds, burstSteps, patience);
        each.rounds.push((burst.steps * batchSize) / burst.seconds);
        each.seconds += burst.seconds;
        if (burst.javascriptSeconds !== null) {
          each.javascriptSeconds = (each.javascriptSeconds ?? 0) + burst.javascriptSeconds;
        }
      });
    }
    const speeds = turns
      .filter(({ spec }) => !this.#missing.has(spec))
      .map(({ spec, rounds }) => `${spec.id} ${rounds.at(-1)?.toFixed(1)}`);
    this.#log(`  round ${number}: ${speeds.join(', ')} images/s`);
  }

  /** Asks for what costs time, and ends the processes. */
  async end(): Promise<void> {
    const { patience } = this.#settings;
    for (const each of [...this.#running]) {
      await this.#attempt(each, async () => {
        if (each.spec.countsKernels)
          each.gpu = { bytes: null, ...each.gpu, ...(await each.worker.kernels(COUNTED_STEPS, patience)) };
        each.peakBytes = (await each.worker.end(patience)).peakBytes;
      });
      each.worker.kill();
    }
  }

  /** An engine that fails is left out from then on. */
  async #attempt({ spec, worker }: Started, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      worker.kill();
      if (!(error instanceof WorkerFailure)) throw error;
      this.#log(`  ${spec.name}: ${error.message}`);
      this.#missing.set(spec, error.message);
      const at = this.#running.findIndex((each) => each.spec === spec);
      if (at >= 0) this.#running.splice(at, 1);
    }
  }

  /** What there is so far. */
  result(): ModelResult {
    const { model, title, operations } = this.#fixture;
    const byPyTorch = this.#running.map(({ checked }) => checked.operations).find((count) => typeof count === 'number');
    return {
      model,
      title,
      operations,
      operationsByPyTorch: byPyTorch ?? null,
      engines: this.#engines.flatMap((spec) => this.#engineResult(spec) ?? []),
    };
  }

  #engineResult(spec: EngineSpec): EngineResult | null {
    const reason = this.#missing.get(spec);
    if (reason !== undefined) return { engine: spec.id, status: 'missing', name: spec.name, reason };
    const each = this.#running.find((one) => one.spec === spec);
    return each === undefined || each.rounds.length === 0 ? null : this.#measured(each);
  }

  #measured({
    spec,
    name,
    batchSize,
    checked,
    rounds,
    javascriptSeconds,
    seconds,
    peakBytes,
    gpu,
  }: Running): EngineResult {
    const reference = this.#fixture.losses[batchSize] ?? [];
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
      ...(gpu === null ? {} : { gpu }),
      losses: checked.losses,
      difference: largestDifference(checked.losses, reference),
      agrees: agree(checked.losses, reference, spec.tolerance ?? this.#settings.tolerance),
    };
  }
}

const difference = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);

/**
 * Engines that fail are returned with the reason.
 * @param onProgress gets what there is after each round
 */
export async function measureModel(
  model: string,
  engines: readonly EngineSpec[],
  settings: Settings,
  log: Log,
  onProgress: (soFar: ModelResult) => void = () => {},
): Promise<ModelResult> {
  const measurement = new Measurement(model, engines, settings, log);
  await measurement.check();
  for (let round = 1; round <= settings.rounds; round += 1) {
    await measurement.round(round);
    onProgress(measurement.result());
  }
  await measurement.end();
  return measurement.result();
}
