/** Where everything in a run directory stands. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errorCode } from './disk-error.ts';

export const RECORD_FILE = 'run.json';
export const CONFIG_FILE = 'config.json';
export const METRICS_FILE = 'metrics.jsonl';
export const LOG_FILE = 'log.txt';
export const SESSION_FILE = 'session.json';
export const SAMPLES_FOLDER = 'samples';
export const CHECKPOINTS_FOLDER = 'checkpoints';

/** Folder of all runs of a workspace. */
export const runsFolder = (workspace: string): string => join(workspace, '.gan', 'runs');

/** `<step, 8 digits><extension>`, so that names sort by step. */
export const stepFileName = (step: number, extension: string): string => `${String(step).padStart(8, '0')}${extension}`;

/** The step in a name written by `stepFileName`, or null for any other name. */
export function stepOfFileName(name: string, extension: string): number | null {
  if (!name.endsWith(extension)) return null;
  const digits = name.slice(0, -extension.length);
  return /^\d{8,15}$/.test(digits) ? Number(digits) : null;
}

/** Local time as a folder name that sorts by time: 2026-01-31T14-05-09. */
export function startTimeName(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${[two(date.getHours()), two(date.getMinutes()), two(date.getSeconds())].join('-')}`;
}

/**
 * Makes a new, empty run directory `<workspace>/.gan/runs/<name>/<start time>` that no other
 * process can be given as well.
 */
export async function reserveRunDirectory(workspace: string, name: string, now = new Date()): Promise<string> {
  const parent = join(runsFolder(workspace), name);
  try {
    await mkdir(parent, { recursive: true });
    await keepOutOfGit(workspace);
    for (let attempt = 1; ; attempt++) {
      const directory = join(parent, attempt === 1 ? startTimeName(now) : `${startTimeName(now)}-${attempt}`);
      try {
        await mkdir(directory);
        return directory;
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error;
      }
    }
  } catch (error) {
    throw diskError(error, `create a run folder in ${parent}`);
  }
}

/** Runs are large and belong to this machine. */
async function keepOutOfGit(workspace: string): Promise<void> {
  try {
    await writeFile(join(workspace, '.gan', '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
