/** What a test sees of the runs that the extension started: their folders, as the extension sees them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import type { MetricsRow, RunRecord } from '../../sidecar/terms/protocol.ts';
import { projectRoot, readJson } from './paths.ts';

/** Folders of the runs in a workspace, oldest first. */
export const runFolders = (workspace: string): string[] =>
  globSync(path.join(globSafe(workspace), '.gan/runs/*/*/run.json'))
    .map((file) => path.dirname(file))
    .sort();

const globSafe = (folder: string) => folder.replace(/[[\]{}*?]/g, '[$&]');

export const runRecord = (folder: string): RunRecord => readJson(path.join(folder, 'run.json'));

/** Rows written so far; a torn last line is left out. */
export const metricsRows = (folder: string): MetricsRow[] => {
  const lines = readFileSync(path.join(folder, 'metrics.jsonl'), 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line));
};

export const sampleFiles = (folder: string): string[] => globSync(path.join(globSafe(folder), 'samples/*.png')).sort();

/** Resolves with the first value of `read` that is neither undefined nor empty; looks again whenever `folder` changes. */
export const eventually = async <T>(folder: string, read: () => T | undefined, seconds: number): Promise<T> => {
  const deadline = AbortSignal.timeout(seconds * 1000);
  const watcher = watch(folder, { recursive: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      const look = () => {
        try {
          const value = read();
          if (value !== undefined) resolve(value);
        } catch (error) {
          // A file that is not there yet, or is being replaced.
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') reject(error);
        }
      };
      watcher.on('change', look);
      // New folders are watched a moment after they appear: what happened in between is seen here.
      const timer = setInterval(look, 500);
      deadline.addEventListener('abort', () => reject(new Error(`Not seen within ${seconds} s: ${read}`)));
      watcher.on('close', () => clearInterval(timer));
      look();
    });
  } finally {
    watcher.close();
  }
};

/** Ends every process that still trains in the workspace; tests call it before they delete the folder. */
export const endRuns = (workspace: string): void => {
  for (const file of globSync(path.join(globSafe(workspace), '.gan/runs/*/*/session.json'))) {
    try {
      process.kill(readJson<{ pid: number }>(file).pid, 'SIGKILL');
    } catch (error) {
      if (!['ESRCH', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
};

/** Trains the workspace's config to its end on the command line; each change is `key=value`. */
export const trainFromTerminal = (workspace: string, ...changes: readonly string[]): void => {
  const cli = path.join(projectRoot, 'dist', 'cli.cjs');
  const args = [cli, 'train', 'gan.config.json', ...changes.flatMap((change) => ['--set', change])];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: workspace, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
};
