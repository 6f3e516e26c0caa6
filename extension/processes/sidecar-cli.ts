/** Runs a command of `gan` beside the window and reads what it prints for programs. */
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { l10n } from 'vscode';
import { codeFromOutside } from '../../sidecar/terms/error-codes.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import { cancelled, commandFailed, crashed, lastLine, noRuntime } from './process-errors.ts';
import { askingFirst, ChildProgram, isCrash, type ProgramEnd } from './program.ts';

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
 * Hands each event to `take` and resolves when the command has succeeded. @throws UserError with the
 * command's own code where it says one, "sidecar/cancelled" after an abort, else "sidecar/…".
 */
export async function runCli(start: CliStart, take: (event: CliEvent) => void): Promise<void> {
  const { script, nodePath, args, signal } = start;
  const command = commandLine(args);
  if (signal.aborted) throw cancelled(command);
  const child = new ChildProgram({
    nodePath,
    script,
    args: [...args, '--json'],
    cwd: dirname(script),
    stdio: ['ignore', 'pipe', 'pipe'],
    outlives: false,
  });
  const { stopped, stop } = askingFirst(child, PATIENCE);
  signal.addEventListener('abort', stop);
  let failure: UserError | undefined;
  let output = '';
  createInterface({ input: child.stdout as Readable }).on('line', (line) => {
    const event = parseEvent(line);
    if (event?.event === 'error') failure = new UserError(codeFromOutside(String(event.code)), String(event.message));
    else if (event && !signal.aborted) take(event);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-OUTPUT_TAIL);
  });
  const end = await stopped;
  signal.removeEventListener('abort', stop);
  if (signal.aborted) throw cancelled(command);
  const error = failure ?? explainEnd(end, start, output);
  if (error) throw error;
}

const commandLine = (args: readonly string[]) => `gan ${args.join(' ')}`;

/** Undefined where the command has succeeded. */
function explainEnd(end: ProgramEnd, { args, nodePath }: CliStart, output: string): UserError | undefined {
  if (end.how === 'not-started') return noRuntime(end.error, nodePath);
  const command = commandLine(args);
  if (isCrash(end)) {
    return crashed(l10n.t('{0} crashed', command), end.how === 'killed' ? end.signal : end.code, nodePath);
  }
  return end.how === 'exited' && end.code !== 0 ? commandFailed(command, end.code, lastLine(output)) : undefined;
}

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
