/** Where a run's socket stands: in a private folder of short name, because a Unix socket's path may have 107 bytes. */
import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
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
  const temporary = await privateFolder(tmpdir());
  const fits = Buffer.byteLength(join(temporary, `${name}.sock`)) <= MAX_PATH_BYTES;
  const folder = fits ? temporary : await privateFolder('/tmp');
  await sweep(folder);
  return join(folder, `${name}.sock`);
}

/** Removes the sockets of processes that were killed: those on which nobody listens. */
async function sweep(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((each) => each.endsWith('.sock'));
  await Promise.all(
    names.map(async (each) => {
      const path = join(folder, each);
      if (await isDeserted(path)) await rm(path, { force: true }).catch(() => {});
    }),
  );
}

function isDeserted(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error) => resolve(errorCode(error) === 'ECONNREFUSED'));
  });
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
