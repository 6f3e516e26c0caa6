/**
 * The process that trains one run and serves it on a socket:
 *
 *   sidecar train --config FILE --run-dir DIR [--set key=value]… [--seed N] [--device D] [--threads N]
 *   sidecar resume --run-dir DIR [--checkpoint STEP] [--set key=value]… [--device D] [--threads N]
 *
 * It is up when DIR/session.json exists. Exit codes as in terms/exit-codes.ts; on failure the last
 * line on stderr says why, and so does DIR/run.json.
 */
import { cwd } from 'node:process';
import { parseResume, parseTrain } from './cli/arguments.ts';
import { TrainingControl } from './session/control.ts';
import { recordEarlyFailure } from './session/early-failure.ts';
import { recordedError } from './session/failure.ts';
import type { NewRun, ResumedRun } from './session/prepare.ts';
import { handleProcessEvents } from './session/process-events.ts';
import { runTraining } from './session/run-training.ts';
import { isCode } from './terms/error-codes.ts';
import { UserError } from './terms/errors.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './terms/exit-codes.ts';

interface Task {
  readonly start: NewRun | ResumedRun;
  readonly threads: number | null;
}

function parse([command, ...args]: readonly string[]): Task {
  if (command === 'train') {
    const { start, threads } = parseTrain(args, cwd());
    if (start.runDirectory !== null) return { start, threads };
  } else if (command === 'resume') {
    const { start, runDirectory, threads } = parseResume(args);
    if (runDirectory !== null) return { start: start(runDirectory), threads };
  }
  throw new UserError('usage', 'Usage: sidecar train --config FILE --run-dir DIR, or sidecar resume --run-dir DIR');
}

async function main(): Promise<ExitCode> {
  let start: NewRun | ResumedRun | null = null;
  try {
    const task = parse(process.argv.slice(2));
    start = task.start;
    const control = new TrainingControl();
    const events = handleProcessEvents(control, 'ignore');
    const { error } = await runTraining(start, control, {}, task.threads === null ? {} : { threads: task.threads });
    if (error !== null) return fail(error);
    if (events.signal === null) return exitCodes.success;
    return events.signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
  } catch (error) {
    if (start?.kind === 'new') await recordEarlyFailure(start, error);
    return fail(error);
  }
}

function fail(thrown: unknown): ExitCode {
  const { code, message } = recordedError(thrown);
  if (isCode(code, 'internal') && thrown instanceof Error) process.stderr.write(`${thrown.stack}\n`);
  process.stderr.write(`${message}\n`);
  return exitCodeOf(code);
}

main().then((code) => process.exit(code));
