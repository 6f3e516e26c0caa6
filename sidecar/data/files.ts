/** Paths as people write them, and what goes wrong with files in words that say how to mend it. */
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../terms/errors.ts';

/** Replaces a leading `~` by the home folder, as a shell does. */
export function expandHome(path: string): string {
  if (path === '~') return homedir();
  return /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
}

const remedies: Readonly<Record<string, (path: string) => UserError>> = {
  ENOENT: (path) =>
    new UserError('data/missing', `${path} does not exist: correct the path in data${homeHint(path)}.`, {
      subject: { path },
    }),
  ENOTDIR: (path) =>
    new UserError('data/not-a-folder', `${path} passes through something that is a file: correct the path in data.`, {
      subject: { path },
    }),
  EISDIR: (path) =>
    new UserError('data/not-a-file', `${path} is a folder: name a file instead.`, { subject: { path } }),
  EACCES: (path) =>
    new UserError('data/no-permission', `${path} cannot be opened by this user: change its permissions or owner.`, {
      subject: { path },
    }),
  EPERM: (path) =>
    new UserError('data/no-permission', `${path} cannot be opened by this user: change its permissions or owner.`, {
      subject: { path },
    }),
  ENOSPC: (path) => new UserError('data/no-space', `No space left on the disk for ${path}: free some and try again.`),
  EROFS: (path) =>
    new UserError('data/no-permission', `${path} is on a read-only disk: set GAN_DATASETS_DIR to a writable folder.`, {
      subject: { path },
    }),
  EMFILE: (path) =>
    new UserError('data/too-many-open-files', `Too many files are open to open ${path}: raise the limit (ulimit -n).`),
};

function homeHint(path: string): string {
  return /(^|[/\\])~([/\\]|$)/.test(path) ? ' (write ~ only at its start)' : '';
}

/** The same failure as a UserError where the person can mend it; any other error as it is. */
export function explainFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const explain = remedies[code];
  return explain ? explain(path) : error;
}

/** @throws UserError if the path is absent, may not be opened, or is not what is `expected`. */
export async function statAs(expected: 'file' | 'folder', path: string): Promise<Stats> {
  const stats = await stat(path).catch((error) => {
    throw explainFileError(error, path);
  });
  if (expected === 'folder' && !stats.isDirectory()) {
    throw new UserError('data/not-a-folder', `${path} is a file where a folder is expected: name its folder instead.`, {
      subject: { path },
    });
  }
  if (expected === 'file' && !stats.isFile()) {
    throw new UserError(
      'data/not-a-file',
      `${path} is ${stats.isDirectory() ? 'a folder' : 'not a regular file'} where a file is expected: name a file in it.`,
      { subject: { path } },
    );
  }
  return stats;
}
