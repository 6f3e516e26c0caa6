/**
 * What the fake processes share: a run directory and a socket like those of a real run, made by the
 * same code, around training that only pretends.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { loadConfig } from '../../sidecar/config/load.ts';
import type { RunCommand } from '../../sidecar/runs/connection.ts';
import { Lease } from '../../sidecar/runs/lease.ts';
import { writeSession } from '../../sidecar/runs/session-file.ts';
import { RunWriter } from '../../sidecar/runs/writer.ts';
import { RunServer } from '../../sidecar/session/server.ts';
import { newSocketPath } from '../../sidecar/session/socket-path.ts';
import { PROTOCOL_VERSION } from '../../sidecar/terms/protocol.ts';
import { type MetricsRow, RECORD_VERSION } from '../../sidecar/terms/run-record.ts';

export interface FakeRun {
  readonly writer: RunWriter;
  readonly server: RunServer;
  /** Resolves when somebody watches. */
  readonly watched: Promise<void>;
  /** Ends as a run does that has done its steps. */
  finish(): Promise<never>;
}

/** Takes the run directory named on the command line, in state "running", with 1,000 steps to do. */
export async function openRun(onNews: (news: Parameters<RunServer['broadcast']>[0]) => void = () => {}) {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { config: { type: 'string', default: '' }, 'run-dir': { type: 'string', default: '' } },
  });
  const directory = values['run-dir'];
  const config = await loadConfig(values.config);
  await Lease.acquire(directory, () => process.exit(1));
  return RunWriter.open({
    directory,
    config,
    resumedFrom: null,
    onNews,
    record: {
      version: RECORD_VERSION,
      name: config.name,
      configPath: values.config,
      startedAt: new Date().toISOString(),
      endedAt: null,
      state: 'running',
      pid: process.pid,
      host: hostname(),
      device: null,
      versions: {},
      step: 0,
      steps: 1000,
      seed: 0,
      dataset: null,
      samples: null,
      curves: [
        { metric: 'generatorLoss', label: 'Generator' },
        { metric: 'discriminatorLoss', label: 'Discriminator' },
      ],
      error: null,
    },
  });
}

/** Makes the run known at `socket`, which is to be open. */
export function announce(runDirectory: string, socket: string, token = randomBytes(32).toString('hex')): Promise<void> {
  const startedAt = new Date().toISOString();
  return writeSession(runDirectory, { pid: process.pid, socket, token, protocolVersion: PROTOCOL_VERSION, startedAt });
}

/** A run that is served as a real one is; commands are carried out by `command`. */
export async function serveRun(command: (command: RunCommand, writer: RunWriter) => Promise<void>): Promise<FakeRun> {
  const token = randomBytes(32).toString('hex');
  let watch = () => {};
  const watched = new Promise<void>((resolve) => {
    watch = resolve;
  });
  let broadcast: RunServer['broadcast'] = () => {};
  const writer = await openRun((news) => broadcast(news));
  const socket = await newSocketPath(writer.directory);
  const server = await RunServer.listen(socket, {
    token,
    record: () => writer.record,
    command: (name) => command(name, writer),
    log: (level, message) => {
      writer.log(level, message);
      if (message.endsWith(' connected')) watch();
    },
  });
  broadcast = (news) => server.broadcast(news);
  await announce(writer.directory, socket, token);
  return {
    writer,
    server,
    watched,
    async finish() {
      await writer.finish({ state: 'finished', error: null });
      await server.close();
      process.exit(0);
    },
  };
}

/** Plausible metrics. */
export function metricsRow(step: number): MetricsRow {
  return {
    step,
    seconds: step / 10,
    images: step * 32,
    generatorLoss: 0.7 + Math.sin(step) / 10,
    discriminatorLoss: 1.3 + Math.cos(step) / 10,
    imagesPerSecond: 320,
    stall: 0,
  };
}
