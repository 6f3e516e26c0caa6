/**
 * Starts a run's process so that it outlives the window, waits until it is up, and turns every way
 * of not coming up into one line that says what to do.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../sidecar/errors.ts';
import type { RunRecord } from '../../sidecar/protocol.ts';
import { RECORD_FILE } from '../../sidecar/runs/layout.ts';
import { readSession } from '../../sidecar/runs/session-file.ts';
import { crashed, isCrash, lastLine, noRuntime, sidecarEnvironment } from './sidecar-runtime.ts';

/** Where the process's stdout and stderr go, inside the run directory. */
export const OUTPUT_FILE = 'output.log';

/** How often the run directory is looked at while the process starts, in milliseconds. */
const POLL_INTERVAL = 50;

/** How much of the process's last output is looked at for a message, in bytes. */
const OUTPUT_TAIL = 4096;

export interface SidecarStart {
  /** A Node.js executable, or undefined for the runtime this code runs on. */
  readonly nodePath: string | undefined;
  /** The sidecar's bundle. */
  readonly script: string;
  readonly args: readonly string[];
  readonly runDirectory: string;
  /** Working directory of the process; paths in its messages are relative to it. */
  readonly cwd: string;
  /** Milliseconds until a process that is not up is ended. */
  readonly timeout: number;
  /** Ends the process while it is still starting. */
  readonly signal?: AbortSignal;
  /** Told all that the process printed when it does not come up. */
  readonly onFailure?: (output: string) => void;
}

export interface Sidecar {
  /** Ends the process and what it started; resolves when it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts the process and resolves once the run directory shows that it is up, or has come to its end.
 * Throws UserError "sidecar/…", or with the code that the process itself gave in run.json.
 */
export async function startSidecar(start: SidecarStart): Promise<Sidecar> {
  const { runDirectory, nodePath, script, args, cwd } = start;
  await mkdir(runDirectory, { recursive: true });
  const sessionBefore = await readSession(runDirectory);
  const outputFile = join(runDirectory, OUTPUT_FILE);
  const output = await open(outputFile, 'a');
  const since = new Date().toISOString();
  const outputStart = (await output.stat()).size;
  let child: ChildProcess;
  let ended: () => End | undefined;
  try {
    child = spawn(nodePath ?? process.execPath, [script, ...args], {
      cwd,
      env: sidecarEnvironment(process.env, nodePath === undefined),
      stdio: ['ignore', output.fd, output.fd],
      detached: true,
      windowsHide: true,
    });
    ended = watchEnd(child);
  } finally {
    await output.close();
  }
  child.unref();

  const sidecar = { kill: () => killGroup(child) };
  try {
    for (const deadline = Date.now() + start.timeout; ; ) {
      const session = await readSession(runDirectory);
      // A run that is resumed may still hold the file of a process that was killed.
      if (session && session.token !== sessionBefore?.token) return sidecar;
      const end = ended();
      if (end && (await cameToItsEnd(end, runDirectory))) return sidecar;
      if (end) throw await explainEnd(end, start, since, await readTail(outputFile, outputStart));
      if (start.signal?.aborted) throw cancelled();
      if (Date.now() > deadline) throw noAnswer(start.timeout);
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
    }
  } catch (error) {
    await sidecar.kill();
    start.onFailure?.(await readTail(outputFile, outputStart));
    throw error;
  }
}

const cancelled = () => new UserError('sidecar/cancelled', 'The run was stopped while it was starting.');

const noAnswer = (timeout: number) =>
  new UserError(
    'sidecar/no-answer',
    `The training process did not answer within ${timeout / 1000} s and was ended. ` +
      'Try again; if it happens again, set gan.sidecar.nodePath to a Node.js 20 or later.',
  );

type End = { readonly error: NodeJS.ErrnoException } | { readonly code: number | null; readonly signal: string | null };

function watchEnd(child: ChildProcess): () => End | undefined {
  let end: End | undefined;
  child.once('error', (error) => {
    end ??= { error };
  });
  child.once('exit', (code, signal) => {
    end ??= { code, signal };
  });
  return () => end;
}

/** A short run may be over before it is looked at. */
async function cameToItsEnd(end: End, runDirectory: string): Promise<boolean> {
  if (!('code' in end) || end.code !== 0) return false;
  const record = await readJson<RunRecord>(join(runDirectory, RECORD_FILE));
  return record?.state === 'finished' || record?.state === 'stopped';
}

async function explainEnd(end: End, start: SidecarStart, since: string, output: string): Promise<UserError> {
  if ('error' in end) return noRuntime(end.error, start.nodePath);
  const record = await readJson<RunRecord>(join(start.runDirectory, RECORD_FILE));
  // A resume that was refused leaves the record of what came before.
  const own = record?.state === 'failed' && (record.endedAt ?? '') >= since;
  if (own && record.error) return new UserError(record.error.code, record.error.message);
  if (isCrash(end.code, end.signal)) {
    return crashed('The training process crashed at start', end.signal ?? end.code, start.nodePath);
  }
  const said = lastLine(output);
  return new UserError(
    'sidecar/ended-early',
    `The training process ended at start with exit code ${end.code}${said ? `: ${said}` : ' and said nothing.'} ` +
      'The log has all it said.',
  );
}

/** Detached, the process leads a group of its own, which ends with it. */
async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It may have ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  await exit;
}

/** The file's content, or undefined while it is missing or half written. */
async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

async function readTail(file: string, from: number): Promise<string> {
  const { size } = await stat(file);
  const start = Math.max(from, size - OUTPUT_TAIL);
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
