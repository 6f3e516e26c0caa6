/** One run from its beginning to its end, whoever started it: the sidecar and the command line share it. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { RunCommand } from '../runs/connection.ts';
import { removeSession, writeSession } from '../runs/session-file.ts';
import { RunWriter } from '../runs/writer.ts';
import { isCode } from '../terms/error-codes.ts';
import { PROTOCOL_VERSION } from '../terms/protocol.ts';
import { RECORD_VERSION, type RunRecord } from '../terms/run-record.ts';
import type { TrainingControl } from './control.ts';
import { LeaseLostError, recordedError } from './failure.ts';
import { type NewRun, type PreparedRun, prepareRun, type ResumedRun } from './prepare.ts';
import { RunServer } from './server.ts';
import { newSocketPath } from './socket-path.ts';
import { type OpenedRun, type TrainingListener, type TrainingOptions, trainOpened } from './train-on-device.ts';

export type { TrainingListener, TrainingOptions } from './train-on-device.ts';

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
  options: TrainingOptions = {},
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
      const end = await train({ prepared, writer, control, listener, options }, async () => {
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

/** Everything that may fail in a run; the failure ends in run.json and in the log. */
async function train(session: OpenedRun, open: () => Promise<void>): Promise<{ record: RunRecord; error: unknown }> {
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
    version: RECORD_VERSION,
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
    samples: null,
    curves: [],
    error: null,
  };
}

/** A person's error in one line; a bug with its stack. */
const describe = (thrown: unknown): string => {
  const { code, message } = recordedError(thrown);
  const stack = isCode(code, 'internal') && thrown instanceof Error ? `\n${thrown.stack}` : '';
  return `${message}${stack}`;
};
