/** Fetches one file whose digest is known, so that what arrives is right or is not kept. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Progress } from '../dataset.ts';
import { explainFileError } from '../files.ts';
import type { KnownFile } from './datasets.ts';

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
  /** A server that sends nothing for so long is given up. */
  readonly stallSeconds?: number | undefined;
}

/** Why a server was of no use, in a few words. */
export class MirrorError extends Error {}

/**
 * Tries the mirrors in turn and puts the file at `target` in one move once its SHA-256 is right.
 * @returns null, or why each mirror failed.
 * @throws UserError if the disk refuses the file; the signal's reason if cancelled.
 */
export async function download(
  file: KnownFile,
  mirrors: readonly string[],
  target: string,
  options: DownloadOptions,
): Promise<readonly string[] | null> {
  const failures: string[] = [];
  for (const mirror of mirrors) {
    try {
      await downloadFrom(new URL(file.name, mirror), file, target, options);
      return null;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof MirrorError)) throw explainFileError(error, target);
      failures.push(`${new URL(mirror).host}: ${error.message}`);
    }
  }
  return failures;
}

async function downloadFrom(url: URL, file: KnownFile, target: string, options: DownloadOptions): Promise<void> {
  const temporary = `${target}.${randomUUID()}.part`;
  await mkdir(dirname(target), { recursive: true });
  const output = await open(temporary, 'wx');
  try {
    const digest = createHash('sha256');
    let done = 0;
    for await (const chunk of body(url, options)) {
      done += chunk.length;
      if (done > file.bytes) throw new MirrorError(`sent more than ${file.bytes} bytes`);
      digest.update(chunk);
      await output.writeFile(chunk);
      options.progress?.(done, file.bytes, `Downloading ${file.name}`);
    }
    if (done < file.bytes) throw new MirrorError(`sent only ${done} of ${file.bytes} bytes`);
    if (digest.digest('hex') !== file.sha256) throw new MirrorError('sent a file with another SHA-256');
    await output.sync();
    await output.close();
    await rename(temporary, target);
  } catch (error) {
    await output.close();
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The response's bytes; whatever the network does wrong is thrown as a MirrorError. */
export async function* body(url: URL, { signal, stallSeconds = 30 }: DownloadOptions): AsyncGenerator<Uint8Array> {
  const stall = new AbortController();
  const timer = setTimeout(
    () => stall.abort(new MirrorError(`sent nothing for ${stallSeconds} s`)),
    stallSeconds * 1000,
  );
  try {
    const response = await fetch(url, { signal: AbortSignal.any(signal ? [signal, stall.signal] : [stall.signal]) });
    if (!response.ok || !response.body) throw new MirrorError(`answered ${response.status}`);
    for await (const chunk of response.body) {
      timer.refresh();
      yield chunk;
    }
  } catch (error) {
    throw error instanceof MirrorError ? error : new MirrorError(reason(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** fetch says only "fetch failed"; its cause has the code, for example ENOTFOUND. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : String(cause);
}
