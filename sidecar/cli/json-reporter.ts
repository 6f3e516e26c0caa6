/** One JSON object a line, told apart by `event`: start, metrics, sample, checkpoint, warning, end. */
import { join } from 'node:path';
import { recordedError } from '../session/failure.ts';
import { printObject } from './output.ts';
import type { Reporter } from './reporter.ts';

export function jsonReporter(): Reporter {
  let directory = '';
  return {
    onOpened: (opened) => {
      directory = opened;
    },
    onStarted: (run, { name, configPath, steps, step, seed, device, dataset }) =>
      printObject({ event: 'start', run, name, config: configPath, step, steps, seed, device, dataset }),
    onNews: (news) => {
      if (news.method === 'metrics') printObject({ event: 'metrics', ...news.params });
      else if (news.method === 'sample' || news.method === 'checkpoint') {
        printObject({ event: news.method, step: news.params.step, file: join(directory, news.params.file) });
      } else if (news.method === 'log' && news.params.level === 'warn') {
        printObject({ event: 'warning', message: news.params.message });
      }
    },
    onProgress: () => {},
    stopping: () => {},
    ended: ({ directory: run, record: { state, step, steps, error } }) =>
      printObject({ event: 'end', run, state, step, steps, error }),
  };
}

/** A failure before there was a run. */
export const reportEarlyFailure = (thrown: unknown): void =>
  printObject({ event: 'end', run: null, state: 'failed', step: 0, steps: 0, error: recordedError(thrown) });
