/** Exit codes of `gan` and of the sidecar; listed in `gan --help`. */
import { errorKindOf } from './error-codes.ts';

export const exitCodes = {
  success: 0,
  failed: 1,
  config: 2,
  data: 3,
  device: 4,
  run: 5,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One line each, for help. */
export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'done (for train and resume: finished, or stopped from the editor with a checkpoint)',
  1: 'training failed (a loss became NaN or infinite, or a bug in this program)',
  2: 'wrong usage, or an error in the config',
  3: 'the data cannot be read',
  4: 'the device cannot be used',
  5: 'the run folder cannot be used (in use, disk full, no checkpoint)',
  130: 'stopped by Ctrl-C, with a checkpoint',
  143: 'stopped by SIGTERM, with a checkpoint',
};

/** The exit code for an error's code, of this version of the program or another. */
export const exitCodeOf = (errorCode: string): ExitCode => exitCodes[errorKindOf(errorCode).exit];
