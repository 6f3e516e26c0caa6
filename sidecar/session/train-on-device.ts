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
export interface Session {
  readonly prepared: PreparedRun;
  readonly writer: RunWriter;
  readonly control: TrainingControl;
  readonly listener: TrainingListener;
  readonly options: TrainingOptions;
}

/** Trains until the run is finished or stopped. Throws what fails it. */
export async function trainOpened(session: Session): Promise<'finished' | 'stopped'> {
  const { prepared, writer, control, listener } = session;
  const { config } = prepared;
  const { openDataset, triedDevices } = await import('./machinery.ts');
  // Trying devices takes a while; so does a dataset.
  if (config.device === 'auto') void triedDevices(session.options.threads);
  const early = config.device === 'auto' ? null : openDevice(session, config.device);
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
    engine ??= chooseEngine(session, dataset);
    return await trainOn(session, dataset, await engine);
  } finally {
    await dataset?.close();
    await (await engine?.catch(() => null))?.dispose();
  }
}

async function openDevice({ options }: Session, id: DeviceId): Promise<Engine> {
  const { createEngine } = await import('./machinery.ts');
  const { openEngine = createEngine, threads } = options;
  return openEngine(id, threads === undefined ? {} : { threads });
}

async function chooseEngine(session: Session, dataset: Dataset): Promise<Engine> {
  const { prepared, writer, control, options } = session;
  const { chooseDevice } = await import('./machinery.ts');
  const id = await chooseDevice(prepared.config, {
    dataset: dataset.info,
    version: programVersion,
    signal: control.stopSignal,
    log: (level, message) => writer.log(level, message),
    ...(options.threads !== undefined && { threads: options.threads }),
  });
  return openDevice(session, id);
}

/** Trains on `engine`; where it fails and the config says so, on the CPU from the last checkpoint. */
async function trainOn(session: Session, dataset: Dataset, engine: Engine): Promise<'finished' | 'stopped'> {
  const { prepared, writer, control, listener } = session;
  const { config, checkpoint, directory } = prepared;
  const { totalSteps, train } = await import('./machinery.ts');
  const steps = totalSteps(config, dataset.info);
  control.listener = {
    onPaused: () => writer.update({ state: 'paused' }),
    onResumed: () => writer.update({ state: 'running' }),
  };
  const begin = async ({ device }: Engine, from: number, curves: readonly Curve[]) => {
    const used = { device, versions: versions(device) };
    await writer.update({ state: 'running', steps, ...used, dataset: datasetRecord(dataset), curves });
    writer.log('info', startLine(device, dataset, steps, from));
  };
  const onFirstStep = () => writer.begin();
  const from = { step: checkpoint?.step ?? 0, seconds: checkpoint?.seconds ?? 0, sampleStep: checkpoint?.step ?? -1 };
  const recorder = new RecorderProgress(writer, from);
  try {
    const onReady = async (curves: readonly Curve[]) => {
      await begin(engine, from.step, curves);
      listener.onStarted?.(directory, writer.record);
    };
    return await train({
      config,
      dataset,
      engine,
      recorder,
      control,
      onReady,
      onFirstStep,
      ...(checkpoint && { checkpoint }),
    });
  } catch (error) {
    const failure = await deviceFailure(session, dataset, engine, error);
    if (failure === null) throw error;
    if (config.deviceFallback !== 'cpu' || engine.device.id === 'cpu') throw failure;
    writer.log('warn', failure.message);
    const saved = writer.begun
      ? await loadLatestCheckpoint(directory, (message) => writer.log('warn', message))
      : checkpoint;
    writer.log('warn', `deviceFallback: continuing on the CPU from step ${saved?.step ?? 0}`);
    const cpu = await openDevice(session, 'cpu');
    try {
      // The time that was spent counts, and so the rows' seconds only grow.
      const state = saved && { ...saved, seconds: Math.max(saved.seconds, recorder.recorded.seconds) };
      const onReady = (curves: readonly Curve[]) => begin(cpu, saved?.step ?? 0, curves);
      const resumed = state === null ? {} : { checkpoint: state };
      return await train({ config, dataset, engine: cpu, recorder, control, onReady, onFirstStep, ...resumed });
    } catch (again) {
      throw (await deviceFailure(session, dataset, cpu, again)) ?? again;
    } finally {
      await cpu.dispose();
    }
  }
}

/** The UserError for a device that failed in mid-run; null for any other error. */
async function deviceFailure(
  { prepared: { config, directory } }: Session,
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
