/** Runs a command of `gan` beside the window and reads what it prints for programs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { UserError } from '../../sidecar/errors.ts';
import { crashed, isCrash, lastLine, noRuntime, sidecarEnvironment } from './sidecar-runtime.ts';

/** How a command is started. */
export interface CliStart {
  /** The bundle of `gan`. */
  readonly script: string;
  /** A Node.js executable, or undefined for the runtime this code runs on. */
  readonly nodePath: string | undefined;
  /** The command and its options; "--json" is added. */
  readonly args: readonly string[];
  /** Ends the process: asked first, killed when it has not ended after `PATIENCE`. */
  readonly signal: AbortSignal;
}

/** One line that the command prints. */
export type CliEvent = Readonly<Record<string, unknown>> & { readonly event: string };

/** Milliseconds in which a process that was asked to end may still remove what it began. */
const PATIENCE = 3000;

/** How much of stderr is kept for a message, in characters. */
const OUTPUT_TAIL = 4096;

/**
 * Hands each event to `take` and resolves when the command has succeeded. Throws UserError with the
 * command's own code where it says one, "sidecar/cancelled" after an abort, else "sidecar/…".
 */
export async function runCli(start: CliStart, take: (event: CliEvent) => void): Promise<void> {
  const { script, nodePath, args, signal } = start;
  if (signal.aborted) throw cancelled();
  const child = spawn(nodePath ?? process.execPath, [script, ...args, '--json'], {
    cwd: dirname(script),
    env: sidecarEnvironment(process.env, nodePath === undefined),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let killing: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill('SIGTERM');
    killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  };
  signal.addEventListener('abort', end);
  let failure: UserError | undefined;
  let output = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = parseEvent(line);
    if (event?.event === 'error') failure = new UserError(String(event.code), String(event.message));
    else if (event && !signal.aborted) take(event);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-OUTPUT_TAIL);
  });
  try {
    const [code, by] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (signal.aborted) throw cancelled();
    if (failure) throw failure;
    if (code === 0) return;
    if (isCrash(code, by)) throw crashed(`gan ${args.join(' ')} crashed`, by ?? code, nodePath);
    throw new UserError('sidecar/command-failed', lastLine(output) ?? `gan ${args.join(' ')} ended with code ${code}.`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw noRuntime(error as NodeJS.ErrnoException, nodePath);
  } finally {
    signal.removeEventListener('abort', end);
    clearTimeout(killing);
  }
}

const cancelled = () => new UserError('sidecar/cancelled', 'Cancelled.');

/** Undefined for a line that is none of ours: native libraries print to stdout as they like. */
function parseEvent(line: string): CliEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'event' in value && typeof value.event === 'string'
      ? (value as CliEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
