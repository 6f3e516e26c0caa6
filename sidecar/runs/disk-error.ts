/** What the operating system says of a file, in a person's words. */
import { UserError } from '../terms/errors.ts';

/** The `code` of a system error ("ENOENT"), or undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space, then resume the run',
  EDQUOT: 'the disk quota is used up. Free some space, then resume the run',
  EROFS: 'the file system is read-only. Choose another folder with --run-dir',
  EACCES: 'permission denied. Make the folder writable, or choose another with --run-dir',
  EPERM: 'permission denied. Make the folder writable, or choose another with --run-dir',
  EEXIST: 'a file is in the place of a folder. Remove it, or choose another folder with --run-dir',
  ENOTDIR: 'part of the path is a file, not a folder. Choose another folder with --run-dir',
  ENOENT: 'the folder does not exist or was removed while the run wrote to it',
  EMFILE: 'too many files are open. Raise the limit (ulimit -n), then resume the run',
  EIO: 'the disk reports an error. Check it, then resume the run from another copy',
};

/**
 * Turns a system error into a UserError "runs/disk" that names the file and the remedy; anything
 * else is returned as it is. `action` completes "Cannot …", for example "write /runs/a/run.json".
 */
export function diskError(error: unknown, action: string): unknown {
  const code = errorCode(error);
  if (error instanceof UserError || code === undefined) return error;
  return new UserError('runs/disk', `Cannot ${action}: ${remedies[code] ?? code}.`, { cause: error });
}
