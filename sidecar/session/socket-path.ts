/** Where a run's socket stands: in a private folder of short name, because a Unix socket's path may have 107 bytes. */
import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../runs/disk-error.ts';

/** sun_path has 104 bytes on macOS, 108 on Linux, one of them the final zero. */
const MAX_PATH_BYTES = 103;

/** A path (or, on Windows, a pipe name) that no other process uses. */
export async function newSocketPath(runDirectory: string): Promise<string> {
  const run = createHash('sha256').update(runDirectory).digest('hex').slice(0, 8);
  const name = `${run}-${randomBytes(6).toString('hex')}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\gan-${name}`;
  const inTemporary = join(await privateFolder(tmpdir()), `${name}.sock`);
  if (Buffer.byteLength(inTemporary) <= MAX_PATH_BYTES) return inTemporary;
  return join(await privateFolder('/tmp'), `${name}.sock`);
}

/** A folder under `parent` that nobody else can look into. */
async function privateFolder(parent: string): Promise<string> {
  const folder = join(parent, `gan-${process.getuid?.() ?? 0}`);
  try {
    await mkdir(folder, { mode: 0o700 });
    return folder;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  // The name is known, so another user may have taken it.
  const { uid, mode } = await lstat(folder).then((stats) => ({
    uid: stats.uid,
    mode: stats.isDirectory() ? stats.mode : 0,
  }));
  const ours = uid === process.getuid?.() && (mode & 0o777) === 0o700;
  return ours ? folder : mkdtemp(join(parent, 'gan-'));
}
