/**
 * The process that trains one run and serves it on a socket:
 *
 *   sidecar train --config FILE --run-dir DIR [--set key=value]… [--seed N] [--device D]
 *   sidecar resume --run-dir DIR [--checkpoint STEP] [--set key=value]… [--device D]
 *
 * It is up when DIR/session.json exists. Exit codes as in runs/exit-codes.ts; on failure the last
 * line on stderr says why, and so does DIR/run.json.
 */
import { cwd } from 'node:process';
import { parseResume, parseTrain } from './cli/arguments.ts';
import { UserError } from './errors.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './runs/exit-codes.ts';
import { TrainingControl } from './session/control.ts';
import { recordEarlyFailure } from './session/early-failure.ts';
import { recordedError } from './session/failure.ts';
import type { NewRun, ResumedRun } from './session/prepare.ts';
import { handleProcessEvents } from './session/process-events.ts';
import { runTraining } from './session/run-training.ts';

function parse([command, ...args]: readonly string[]): NewRun | ResumedRun {
  if (command === 'train') {
    const { start } = parseTrain(args, cwd());
    if (start.runDirectory !== null) return start;
  } else if (command === 'resume') {
    const { start, runDirectory } = parseResume(args);
    if (runDirectory !== null) return start(runDirectory);
  }
  throw new UserError('usage', 'Usage: sidecar train --config FILE --run-dir DIR, or sidecar resume --run-dir DIR');
}

async function main(): Promise<ExitCode> {
  let start: NewRun | ResumedRun | null = null;
  try {
    start = parse(process.argv.slice(2));
    const control = new TrainingControl();
    const events = handleProcessEvents(control, 'ignore');
    const { error } = await runTraining(start, control);
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
  if (code === 'internal' && thrown instanceof Error) process.stderr.write(`${thrown.stack}\n`);
  process.stderr.write(`${message}\n`);
  return exitCodeOf(code);
}

main().then((code) => process.exit(code));
