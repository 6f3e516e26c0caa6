/** `gan runs`: the runs of a workspace, newest first. */
import { resolve } from 'node:path';
import { type ListedRun, listRuns, RunReader } from '../runs/reader.ts';
import { type ExitCode, exitCodes } from '../terms/exit-codes.ts';
import type { MetricsRow, ObservedRun } from '../terms/run-record.ts';
import { parseOptions } from './arguments.ts';
import { shown } from './human-reporter.ts';
import { lossText, printLine, printObject, table } from './output.ts';

export async function runsCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 1);
  const workspace = resolve(positionals[0] ?? '.');
  const runs = await Promise.all((await listRuns(workspace)).map(withLastRow));
  if (values.json) {
    for (const { directory, run, last } of runs) printObject({ event: 'run', directory, ...run, lastMetrics: last });
    return exitCodes.success;
  }
  if (runs.length === 0) {
    printLine(`No runs under ${shown(workspace)}/.gan/runs. Start one: gan train <config>`);
    return exitCodes.success;
  }
  const rows = runs.map(({ directory, run, last }) => [
    run.state,
    `${Math.max(run.step, last?.step ?? 0)}/${run.steps}`,
    last === null ? '' : losses(run, last),
    shown(directory),
  ]);
  printLine(table([['state', 'step', 'losses', 'run'], ...rows]));
  return exitCodes.success;
}

const losses = ({ curves }: ObservedRun, row: MetricsRow): string =>
  curves.map(({ metric, label }) => `${label.toLowerCase()} ${lossText(row[metric] ?? Number.NaN)}`).join(', ');

async function withLastRow({ directory, run }: ListedRun) {
  return { directory, run, last: await new RunReader(directory).lastMetrics() };
}
