/**
 * Starts a run's process so that it outlives the window, waits until it is up, and turns every way
 * of not coming up into one line that says what to do.
 */
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { l10n } from 'vscode';
import { RECORD_FILE } from '../../sidecar/runs/layout.ts';
import { readSession } from '../../sidecar/runs/session-file.ts';
import type { UserError } from '../../sidecar/terms/errors.ts';
import type { RunRecord } from '../../sidecar/terms/protocol.ts';
import { cancelled, crashed, endedEarly, lastLine, noAnswer, noRuntime } from './process-errors.ts';
import { ChildProgram, isCrash, type Program, type ProgramEnd, type ProgramStart } from './program.ts';

/** Where the process's stdout and stderr go, inside the run directory. */
export const OUTPUT_FILE = 'output.log';

/** How often the run directory is looked at while the process starts, in milliseconds. */
const POLL_INTERVAL = 50;

/** How much of the process's last output is looked at for a message, in bytes. */
const OUTPUT_TAIL = 4096;

export interface SidecarStart extends Pick<ProgramStart, 'nodePath' | 'script' | 'args' | 'cwd'> {
  readonly runDirectory: string;
  /** Milliseconds until a process that is not up is ended. */
  readonly timeout: number;
  /** Ends the process while it is still starting. */
  readonly signal?: AbortSignal;
  /** Told all that the process printed when it does not come up. */
  readonly onFailure?: (output: string) => void;
}

/**
 * Starts the process and resolves once the run directory shows that it is up, or has come to its end.
 * @throws UserError "sidecar/…", or with the code that the process itself gave in run.json.
 */
export async function startSidecar(start: SidecarStart): Promise<Program> {
  const { runDirectory, nodePath, script, args, cwd } = start;
  await mkdir(runDirectory, { recursive: true });
  const sessionBefore = await readSession(runDirectory);
  const outputFile = join(runDirectory, OUTPUT_FILE);
  const output = await open(outputFile, 'a');
  const since = new Date().toISOString();
  const outputStart = (await output.stat()).size;
  let sidecar: Program;
  try {
    sidecar = new ChildProgram({
      nodePath,
      script,
      args,
      cwd,
      stdio: ['ignore', output.fd, output.fd],
      outlives: true,
    });
  } finally {
    await output.close();
  }
  let end: ProgramEnd | undefined;
  void sidecar.stopped.then((how) => {
    end = how;
  });
  try {
    for (const deadline = Date.now() + start.timeout; ; ) {
      const session = await readSession(runDirectory);
      // A run that is resumed may still hold the file of a process that was killed.
      if (session && session.token !== sessionBefore?.token) return sidecar;
      if (end && (await cameToItsEnd(runDirectory, since))) return sidecar;
      if (end) throw explainEnd(end, start, await readTail(outputFile, outputStart));
      if (start.signal?.aborted) throw cancelled(runDirectory);
      if (Date.now() > deadline) throw noAnswer(start.timeout);
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
    }
  } catch (error) {
    await sidecar.stop();
    start.onFailure?.(await readTail(outputFile, outputStart));
    throw error;
  }
}

/**
 * A short run, or one that fails at once, may be over before it is looked at. A resume that was refused leaves the
 * record of what came before.
 */
async function cameToItsEnd(runDirectory: string, since: string): Promise<boolean> {
  const record = await readJson<RunRecord>(join(runDirectory, RECORD_FILE));
  return record !== undefined && record.endedAt !== null && record.endedAt >= since;
}

function explainEnd(end: ProgramEnd, start: SidecarStart, output: string): UserError {
  if (end.how === 'not-started') return noRuntime(end.error, start.nodePath);
  if (end.how === 'killed' || isCrash(end)) {
    const how = end.how === 'killed' ? end.signal : end.code;
    return crashed(l10n.t('The training process crashed at startup'), how, start.nodePath);
  }
  return endedEarly(end.code, lastLine(output));
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
