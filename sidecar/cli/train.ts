/** `gan train` and `gan resume`: a run in the foreground, which the editor can attach to as well. */
import { cwd } from 'node:process';
import { listRuns } from '../runs/reader.ts';
import { TrainingControl } from '../session/control.ts';
import { recordedError } from '../session/failure.ts';
import type { NewRun, ResumedRun } from '../session/prepare.ts';
import { handleProcessEvents } from '../session/process-events.ts';
import { runTraining, type TrainingListener } from '../session/run-training.ts';
import { UserError } from '../terms/errors.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../terms/exit-codes.ts';
import { parseResume, parseTrain } from './arguments.ts';
import { HumanReporter, printError } from './human-reporter.ts';
import { jsonReporter, reportEarlyFailure } from './json-reporter.ts';
import { standardScreen } from './screen.ts';

export function trainCommand(args: readonly string[]): Promise<ExitCode> {
  const { start, threads, json } = parseTrain(args, cwd());
  return runInForeground(start, threads, json);
}

/** Without a folder: the newest run that can go on. */
export async function resumeCommand(args: readonly string[]): Promise<ExitCode> {
  const { start, runDirectory, threads, json } = parseResume(args);
  return runInForeground(start(runDirectory ?? (await newestUnfinished(cwd()))), threads, json);
}

async function newestUnfinished(workspace: string): Promise<string> {
  const resumable = (await listRuns(workspace)).find(({ run }) =>
    ['interrupted', 'stopped', 'failed'].includes(run.state),
  );
  if (resumable !== undefined) return resumable.directory;
  throw new UserError(
    'runs/no-run',
    `No unfinished run under ${workspace}/.gan/runs. Name one: gan resume <run folder>.`,
  );
}

async function runInForeground(start: NewRun | ResumedRun, threads: number | null, json: boolean): Promise<ExitCode> {
  const control = new TrainingControl();
  const reporter = json ? jsonReporter() : new HumanReporter(standardScreen);
  const events = handleProcessEvents(control, 'stop', () => reporter.stopping());
  const listener: TrainingListener = {
    onOpened: (directory) => reporter.onOpened(directory),
    onStarted: (directory, record) => reporter.onStarted(directory, record),
    onNews: (news) => reporter.onNews(news),
    onProgress: (done, total, what) => reporter.onProgress(done, total, what),
  };
  try {
    const outcome = await runTraining(start, control, listener, threads === null ? {} : { threads });
    reporter.ended(outcome);
    if (outcome.error !== null) {
      if (!json) printError(outcome.error);
      return exitCodeOf(recordedError(outcome.error).code);
    }
    if (events.signal === null) return exitCodes.success;
    return events.signal === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
  } catch (error) {
    if (!json) throw error;
    reportEarlyFailure(error);
    return exitCodeOf(recordedError(error).code);
  }
}
