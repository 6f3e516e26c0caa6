/** Compresses the kit's large parts, which are the same from one build to the next. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from '../host/paths.ts';

/** Machine code is compressed a twentieth better with its jumps made absolute; presets above take twice the time for 1%. */
const OPTIONS = ['--x86', '--lzma2=preset=6', '--threads=1', '--check=crc64', '--stdout'];

const QUICK_OPTIONS = ['-0', '--threads=1', '--check=crc64', '--stdout'];

const KEPT = path.join(cacheFolder, 'gpu-kit');

export const xzIsHere = (): boolean => spawnSync('xz', ['--version']).status === 0;

/** Writes `file` compressed to `to`, from an earlier build where it was the same. Throws Error where xz fails. */
export async function compressed(file: string, to: string, quick = false): Promise<void> {
  const options = quick ? QUICK_OPTIONS : OPTIONS;
  const hash = createHash('sha256').update(options.join(' '));
  await pipeline(createReadStream(file), hash);
  const kept = path.join(KEPT, `${hash.digest('hex')}.xz`);
  if (!existsSync(kept)) {
    mkdirSync(KEPT, { recursive: true });
    const unfinished = `${kept}.${process.pid}`;
    const xz = spawn('xz', [...options, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const code = new Promise<number | null>((resolve) => void xz.on('close', resolve));
    await pipeline(xz.stdout, createWriteStream(unfinished));
    if ((await code) !== 0) {
      rmSync(unfinished);
      throw new Error(`xz could not compress ${file}.`);
    }
    renameSync(unfinished, kept);
  }
  copyFileSync(kept, to);
}
