/** The part of a run that needs a dataset and a device: opening them, training, and what is done where the device fails. */
import type { Dataset, Progress } from '../data/dataset.ts';
import type { DeviceInfo, Engine } from '../engine/engine.ts';
import { listCheckpoints, loadLatestCheckpoint } from '../runs/checkpoint.ts';
import type { NewsItem, RunWriter } from '../runs/writer.ts';
import type { DeviceId } from '../terms/devices.ts';
import type { UserError } from '../terms/errors.ts';
import { UNITS } from '../terms/modality.ts';
import type { Curve, RunRecord } from '../terms/run-record.ts';
import type { TrainingControl } from './control.ts';
import type { PreparedRun } from './prepare.ts';
import { RecorderProgress } from './recorder-progress.ts';
import { programVersion, versions } from './versions.ts';

export interface TrainingListener {
  /** The folder is there and the run has an owner: from here on everything is in the folder too. */
  onOpened?(directory: string): void;
  /** Dataset and device are open; `record` names them. */
  onStarted?(directory: string, record: RunRecord): void;
  onNews?(news: NewsItem): void;
  /** Long work before the first step. */
  onProgress?: Progress;
}

export interface TrainingOptions {
  /** Threads of the CPU; default: as many as this process may use. */
  readonly threads?: number;
  /** Opens a device; default: `createEngine`. Tests give one that fails. */
  readonly openEngine?: (id: DeviceId, options: { readonly threads?: number }) => Promise<Engine>;
}

/** A run that has its folder. */
export interface OpenedRun {
  readonly prepared: PreparedRun;
  readonly writer: RunWriter;
  readonly control: TrainingControl;
  readonly listener: TrainingListener;
  readonly options: TrainingOptions;
}

/** Trains until the run is finished or stopped. Throws what fails it. */
export async function trainOpened(run: OpenedRun): Promise<'finished' | 'stopped'> {
  const { prepared, writer, control, listener } = run;
  const { config } = prepared;
  const { openDataset, triedDevices } = await import('./machinery.ts');
  // Trying devices takes a while; so does a dataset.
  if (config.device === 'auto') void triedDevices(run.options.threads);
  const early = config.device === 'auto' ? null : openDevice(run, config.device);
  early?.catch(() => {});
  let dataset: Dataset | null = null;
  let engine: Promise<Engine> | null = early;
  try {
    dataset = await openDataset(config.data, {
      inputs: config.model.architecture === 'image-to-image',
      signal: control.stopSignal,
      log: (level, message) => writer.log(level, message),
      ...(listener.onProgress && { progress: listener.onProgress }),
    });
    engine ??= chooseEngine(run, dataset);
    return await trainOn(run, dataset, await engine);
  } finally {
    await dataset?.close();
    await (await engine?.catch(() => null))?.dispose();
  }
}

async function openDevice({ options }: OpenedRun, id: DeviceId): Promise<Engine> {
  const { createEngine } = await import('./machinery.ts');
  const { openEngine = createEngine, threads } = options;
  return openEngine(id, threads === undefined ? {} : { threads });
}

async function chooseEngine(run: OpenedRun, dataset: Dataset): Promise<Engine> {
  const { prepared, writer, control, options } = run;
  const { chooseDevice } = await import('./machinery.ts');
  const id = await chooseDevice(prepared.config, {
    dataset: dataset.info,
    version: programVersion,
    signal: control.stopSignal,
    log: (level, message) => writer.log(level, message),
    ...(options.threads !== undefined && { threads: options.threads }),
  });
  return openDevice(run, id);
}

/** What all tries of a run have in common, whatever device each is on. */
interface Attempts {
  readonly run: OpenedRun;
  readonly dataset: Dataset;
  readonly recorder: RecorderProgress;
}

/** Trains on `engine`; where it fails and the config says so, on the CPU from the last checkpoint. */
async function trainOn(run: OpenedRun, dataset: Dataset, engine: Engine): Promise<'finished' | 'stopped'> {
  const { prepared, writer, control, listener } = run;
  const { config, checkpoint, directory } = prepared;
  control.listener = {
    onPaused: () => writer.update({ state: 'paused' }),
    onResumed: () => writer.update({ state: 'running' }),
  };
  const from = { step: checkpoint?.step ?? 0, seconds: checkpoint?.seconds ?? 0, sampleStep: checkpoint?.step ?? -1 };
  const attempts = { run, dataset, recorder: new RecorderProgress(writer, from) };
  try {
    return await trainFrom(attempts, engine, checkpoint, () => listener.onStarted?.(directory, writer.record));
  } catch (error) {
    const failure = await deviceFailure(run, dataset, engine, error);
    if (failure === null) throw error;
    if (config.deviceFallback !== 'cpu' || engine.device.id === 'cpu') throw failure;
    writer.log('warn', failure.message);
  }
  return continueOnCpu(attempts);
}

/** One try on one device. `onStarted` is called once run.json names it. */
async function trainFrom(
  { run, dataset, recorder }: Attempts,
  engine: Engine,
  checkpoint: PreparedRun['checkpoint'],
  onStarted?: () => void,
): Promise<'finished' | 'stopped'> {
  const { prepared, writer, control } = run;
  const { config } = prepared;
  const { totalSteps, train } = await import('./machinery.ts');
  const { device } = engine;
  const steps = totalSteps(config, dataset.info);
  const onReady = async (curves: readonly Curve[]) => {
    const used = { device, versions: versions(device) };
    await writer.update({ state: 'running', steps, ...used, dataset: datasetRecord(dataset), curves });
    writer.log('info', startLine(device, dataset, steps, checkpoint?.step ?? 0));
    onStarted?.();
  };
  const onFirstStep = () => writer.begin();
  const resumed = checkpoint ? { checkpoint } : {};
  return train({ config, dataset, engine, recorder, control, onReady, onFirstStep, ...resumed });
}

async function continueOnCpu(attempts: Attempts): Promise<'finished' | 'stopped'> {
  const { run, dataset, recorder } = attempts;
  const { prepared, writer } = run;
  const warn = (message: string) => writer.log('warn', message);
  const saved = writer.begun ? await loadLatestCheckpoint(prepared.directory, warn) : prepared.checkpoint;
  warn(`deviceFallback: continuing on the CPU from step ${saved?.step ?? 0}`);
  const cpu = await openDevice(run, 'cpu');
  try {
    // The time that was spent counts, and so the rows' seconds only grow.
    const state = saved && { ...saved, seconds: Math.max(saved.seconds, recorder.recorded.seconds) };
    return await trainFrom(attempts, cpu, state);
  } catch (error) {
    throw (await deviceFailure(run, dataset, cpu, error)) ?? error;
  } finally {
    await cpu.dispose();
  }
}

/** The UserError for a device that failed in mid-run; null for any other error. */
async function deviceFailure(
  { prepared: { config, directory } }: OpenedRun,
  dataset: Dataset,
  { device }: Engine,
  error: unknown,
): Promise<UserError | null> {
  const { deviceFailureIn, explainDeviceFailure, tryDevice } = await import('./machinery.ts');
  const failure = deviceFailureIn(error);
  if (failure === null) return null;
  const [saved, { memory }] = await Promise.all([listCheckpoints(directory), tryDevice(device.id)]);
  return explainDeviceFailure(failure, config, dataset.info, memory, saved.at(-1)?.step ?? null);
}

function datasetRecord({ info }: Dataset): NonNullable<RunRecord['dataset']> {
  return {
    name: info.name,
    size: Number.isFinite(info.size) ? info.size : null,
    unit: UNITS[info.modality],
    shape: info.shape,
    classes: info.classNames?.length ?? 0,
  };
}

function startLine(device: DeviceInfo, { info }: Dataset, steps: number, from: number): string {
  const examples = Number.isFinite(info.size) ? `${info.size} ${UNITS[info.modality]}` : 'endless';
  const begin = from === 0 ? `training ${steps} steps` : `resuming at step ${from} of ${steps}`;
  return `${begin} on ${info.name} (${examples}, ${info.shape.join('×')}), ${device.name}, ${device.engine}`;
}
