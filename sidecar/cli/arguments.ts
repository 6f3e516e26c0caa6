/** Command-line arguments of everything that trains, shared by `gan` and the sidecar. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { NewRun, ResumedRun } from '../session/prepare.ts';
import { UserError } from '../terms/errors.ts';

/** Parses with node:util's parseArgs; what it refuses becomes a UserError "usage". */
export function parseOptions<const Options extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: Options,
  maxPositionals: number,
) {
  try {
    const parsed = parseArgs({ args: [...args], options: { ...options }, allowPositionals: true, strict: true });
    const extra = parsed.positionals[maxPositionals];
    if (extra !== undefined) throw new UserError('usage', `Unexpected argument "${extra}". See --help.`);
    return parsed;
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    throw new UserError('usage', `${error.message.split('\n')[0]?.replace(/\.$/, '')}. See --help.`);
  }
}

const changes = {
  set: { type: 'string', multiple: true },
  device: { type: 'string' },
  'run-dir': { type: 'string' },
  threads: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const trainOptions = { ...changes, config: { type: 'string' }, seed: { type: 'string' } } as const;
export const resumeOptions = { ...changes, checkpoint: { type: 'string' } } as const;

/** `train [config]`, with `--config` for programs. */
export function parseTrain(
  args: readonly string[],
  workspace: string,
): { start: NewRun; threads: number | null; json: boolean } {
  const { values, positionals } = parseOptions(args, trainOptions, 1);
  if (values.config !== undefined && positionals.length > 0) {
    throw new UserError('usage', `Give the config once: "${positionals[0]}" or --config "${values.config}".`);
  }
  const overrides = [...(values.set ?? [])];
  if (values.seed !== undefined) overrides.push(`training.seed=${values.seed}`);
  if (values.device !== undefined) overrides.push(`device=${values.device}`);
  const configFile = values.config ?? positionals[0] ?? 'gan.config.json';
  return {
    start: { kind: 'new', configFile, overrides, runDirectory: values['run-dir'] ?? null, workspace },
    threads: values.threads === undefined ? null : threadCount(values.threads),
    json: values.json ?? false,
  };
}

/** `resume [run folder]`, with `--run-dir` for programs. `start` is null where no folder is given. */
export function parseResume(args: readonly string[]): {
  start: (runDirectory: string) => ResumedRun;
  runDirectory: string | null;
  threads: number | null;
  json: boolean;
} {
  const { values, positionals } = parseOptions(args, resumeOptions, 1);
  const overrides = [...(values.set ?? [])];
  if (values.device !== undefined) overrides.push(`device=${values.device}`);
  const checkpoint = values.checkpoint === undefined ? null : stepNumber(values.checkpoint);
  return {
    start: (runDirectory) => ({ kind: 'resume', runDirectory, overrides, checkpoint }),
    runDirectory: values['run-dir'] ?? positionals[0] ?? null,
    threads: values.threads === undefined ? null : threadCount(values.threads),
    json: values.json ?? false,
  };
}

function stepNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new UserError('usage', `--checkpoint ${text}: give a step number, for example 1200.`);
  return Number(text);
}

/** Threads of the CPU. @throws UserError "usage" unless from 1 to the number of cores. */
export function threadCount(text: string): number {
  const cores = availableParallelism();
  const threads = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (threads >= 1 && threads <= cores) return threads;
  throw new UserError('usage', `--threads ${text}: give a whole number from 1 to ${cores}, the cores of this machine.`);
}
