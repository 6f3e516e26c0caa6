/** One run from its beginning to its end, whoever started it: the sidecar and the command line share it. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Dataset, Progress } from '../data/dataset.ts';
import type { DeviceInfo, Engine } from '../engine/engine.ts';
import { PROTOCOL_VERSION } from '../protocol.ts';
import type { RunCommand } from '../runs/connection.ts';
import type { RunRecord } from '../runs/run-record.ts';
import { removeSession, writeSession } from '../runs/session-file.ts';
import { type NewsItem, RunWriter } from '../runs/writer.ts';
import type { TrainingControl } from './control.ts';
import { LeaseLostError, recordedError } from './failure.ts';
import { type NewRun, type PreparedRun, prepareRun, type ResumedRun } from './prepare.ts';
import { RunServer } from './server.ts';
import { newSocketPath } from './socket-path.ts';
import { versions } from './versions.ts';

export interface TrainingListener {
  /** The folder is there and the run has an owner: from here on everything is in the folder too. */
  onOpened?(directory: string): void;
  /** Dataset and device are open; `record` names them. */
  onStarted?(directory: string, record: RunRecord): void;
  onNews?(news: NewsItem): void;
  /** Long work before the first step. */
  onProgress?: Progress;
}

/** How a run ended; its folder's run.json says the same. */
export interface TrainingOutcome {
  readonly directory: string;
  readonly record: RunRecord;
  /** Set when it failed: what was thrown. */
  readonly error: unknown;
}

/**
 * Trains until the run is finished, stopped by `control`, or failed; serves it on a socket meanwhile.
 * Throws only what goes wrong before there is a run (UserError "config/…", "runs/…"); every later
 * failure is recorded and returned.
 */
export async function runTraining(
  start: NewRun | ResumedRun,
  control: TrainingControl,
  listener: TrainingListener = {},
): Promise<TrainingOutcome> {
  const prepared = await prepareRun(start, (reason) => control.fail(new LeaseLostError(reason)));
  const { directory, lease } = prepared;
  try {
    listener.onOpened?.(directory);
    await removeSession(directory);
    const serving: { server: RunServer | null } = { server: null };
    const writer = await RunWriter.open({
      directory,
      config: prepared.config,
      record: firstRecord(prepared),
      resumedFrom: start.kind === 'resume' ? (prepared.checkpoint?.step ?? 0) : null,
      onNews: (news) => {
        serving.server?.broadcast(news);
        listener.onNews?.(news);
      },
    });
    for (const warning of prepared.warnings) writer.log('warn', warning);
    try {
      const end = await train({ prepared, writer, control, listener }, async () => {
        serving.server = await serve(writer, control);
      });
      control.end();
      return { directory, ...end };
    } finally {
      control.end();
      await removeSession(directory).catch(() => {});
      await serving.server?.close();
    }
  } finally {
    await lease.release();
  }
}

interface Session {
  readonly prepared: PreparedRun;
  readonly writer: RunWriter;
  readonly control: TrainingControl;
  readonly listener: TrainingListener;
}

/** Everything that may fail in a run; the failure ends in run.json and in the log. */
async function train(session: Session, open: () => Promise<void>): Promise<{ record: RunRecord; error: unknown }> {
  const { writer, control } = session;
  try {
    await open();
    const state = await Promise.race([trainOpened(session), control.failure]);
    writer.log('info', `${state} at step ${writer.record.step}`);
    await writer.finish({ state, error: null });
    return { record: writer.record, error: null };
  } catch (thrown) {
    const stopped = control.stopRequested && thrown instanceof Error && thrown.name === 'AbortError';
    const error = stopped ? null : recordedError(thrown);
    const record: RunRecord = { ...writer.record, state: stopped ? 'stopped' : 'failed', error };
    // The folder is another process's now, or gone.
    if (thrown instanceof LeaseLostError) return { record, error: thrown };
    try {
      writer.log(stopped ? 'info' : 'error', stopped ? 'stopped before the first step' : describe(thrown));
      await writer.finish({ state: record.state, error });
    } catch {
      // The disk that refuses this refused the write that failed the run, which is the error to tell.
    }
    return { record, error: stopped ? null : thrown };
  }
}

async function trainOpened({ prepared, writer, control, listener }: Session): Promise<'finished' | 'stopped'> {
  const { config, checkpoint, directory } = prepared;
  const { openDataset, createEngine, totalSteps, train } = await import('./machinery.ts');
  const log = (level: 'info' | 'warn' | 'error', message: string) => writer.log(level, message);
  const opened = await Promise.allSettled([
    openDataset(config.data, {
      signal: control.stopSignal,
      log,
      ...(listener.onProgress && { progress: listener.onProgress }),
    }),
    createEngine(config.device),
  ]);
  const [dataset, engine] = opened.map((part) => (part.status === 'fulfilled' ? part.value : null)) as [
    Dataset | null,
    Engine | null,
  ];
  try {
    for (const part of opened) if (part.status === 'rejected') throw part.reason;
    if (dataset === null || engine === null) throw new Error('neither opened nor refused');
    const steps = totalSteps(config, dataset.info);
    control.listener = {
      onPaused: () => writer.update({ state: 'paused' }),
      onResumed: () => writer.update({ state: 'running' }),
    };
    await writer.update({
      state: 'running',
      steps,
      device: engine.device,
      versions: versions(engine.device),
      dataset: datasetRecord(dataset),
    });
    writer.log('info', startLine(engine.device, dataset, steps, checkpoint?.step ?? 0));
    listener.onStarted?.(directory, writer.record);
    return await train({ config, dataset, engine, recorder: writer, control, ...(checkpoint && { checkpoint }) });
  } finally {
    await dataset?.close();
    await engine?.dispose();
  }
}

async function serve(writer: RunWriter, control: TrainingControl): Promise<RunServer> {
  const { directory } = writer;
  const socket = await newSocketPath(directory);
  const token = randomBytes(32).toString('hex');
  const carryOut: Readonly<Record<RunCommand, () => Promise<void>>> = {
    pause: () => control.pause(),
    resume: () => control.resume(),
    stop: () => control.stop(),
  };
  const server = await RunServer.listen(socket, {
    token,
    record: () => writer.record,
    command: (command) => carryOut[command](),
    log: (level, message) => writer.log(level, message),
  });
  await writeSession(directory, {
    pid: process.pid,
    socket,
    token,
    protocolVersion: PROTOCOL_VERSION,
    startedAt: new Date().toISOString(),
  });
  return server;
}

function firstRecord({ config, configFile, startedAt, checkpoint }: PreparedRun): RunRecord {
  return {
    version: 1,
    name: config.name,
    configPath: configFile,
    startedAt: startedAt ?? new Date().toISOString(),
    endedAt: null,
    state: 'starting',
    pid: process.pid,
    host: hostname(),
    device: null,
    versions: {},
    step: checkpoint?.step ?? 0,
    steps: config.training.steps ?? 0,
    seed: config.training.seed,
    dataset: null,
    error: null,
  };
}

function datasetRecord({ info }: Dataset): NonNullable<RunRecord['dataset']> {
  return {
    name: info.name,
    size: Number.isFinite(info.size) ? info.size : null,
    imageSize: info.imageSize,
    channels: info.channels,
    classes: info.classNames?.length ?? 0,
  };
}

function startLine(device: DeviceInfo, { info }: Dataset, steps: number, from: number): string {
  const images = Number.isFinite(info.size) ? `${info.size} images` : 'endless';
  const begin = from === 0 ? `training ${steps} steps` : `resuming at step ${from} of ${steps}`;
  return `${begin} on ${info.name} (${images}, ${info.imageSize}×${info.imageSize}×${info.channels}), ${device.name}, ${device.engine}`;
}

/** A person's error in one line; a bug with its stack. */
const describe = (thrown: unknown): string => {
  const { code, message } = recordedError(thrown);
  const stack = code === 'internal' && thrown instanceof Error ? `\n${thrown.stack}` : '';
  return `${message}${stack}`;
};
