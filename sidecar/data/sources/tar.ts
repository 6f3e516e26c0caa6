/** A tar archive of images, gzipped or not; folders inside are classes. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { type ExtractEvents, extract } from 'tar-stream';
import { UserError } from '../../errors.ts';
import { explainFileError, statAs } from '../files.ts';
import { imageClasses, isHidden, isImageName } from '../image-files.ts';
import { imageHeaderOf } from '../image-header.ts';
import { fingerprint } from './identity.ts';
import { type Contents, type Headers, type ImageSource, type ScanOptions, ShapeCollector } from './source.ts';

/** A larger file in an archive is no image to train on, and would have to be held in memory. */
const largestImage = 256 * 2 ** 20;

/** Of a large archive only this much is read to describe it in the editor. */
const glance = 2 ** 28;

export function tarSource(path: string, briefly = false): ImageSource {
  let survey: Promise<Survey> | null = null;
  const look = (options: ScanOptions) => {
    survey ??= surveyArchive(path, briefly ? glance : Number.POSITIVE_INFINITY, options);
    return survey;
  };
  return {
    name: path,
    async identity() {
      return fingerprint(path);
    },
    contents: async (options) => (await look(options)).contents,
    headers: async (_, options) => (await look(options)).headers,
    async *images(options) {
      for await (const { name, read } of imagesIn(path, options)) yield { name, image: { bytes: await read() } };
    },
  };
}

interface Survey {
  readonly contents: Contents;
  readonly headers: Headers;
}

/** Reads through the archive once. After `limit` unpacked bytes the rest is estimated. */
async function surveyArchive(path: string, limit: number, options: ScanOptions): Promise<Survey> {
  const { size } = await statAs('file', path);
  const names: string[] = [];
  const collector = new ShapeCollector();
  let share = 1;
  for await (const { name, read, packedShare, unpacked } of imagesIn(path, options)) {
    names.push(name);
    await imageHeaderOf(await read()).then(
      (shape) => collector.add(name, shape),
      (error) => collector.addUnreadable(name, error),
    );
    options.progress?.(Math.round(packedShare() * size), size, `Reading image headers in ${path}`);
    if (unpacked() > limit) {
      share = packedShare();
      break;
    }
  }
  const { labels, classNames } = imageClasses(names);
  return {
    contents: { count: Math.round(names.length / share), labels, classNames, bytes: size },
    headers: { shapes: collector.shapes, inputs: null, unreadable: collector.unreadable },
  };
}

interface ArchivedImage {
  readonly name: string;
  /** The file's content, which must be read before going on. */
  read(): Promise<Uint8Array>;
  /** Share of the archive's file that has been read, 0 to 1. */
  packedShare(): number;
  /** Bytes so far. */
  unpacked(): number;
}

/** @throws UserError if the file is no tar, is damaged or holds no image. */
async function* imagesIn(path: string, { signal }: ScanOptions): AsyncGenerator<ArchivedImage> {
  const { size } = await statAs('file', path);
  if (size === 0) throw new UserError('data/empty-file', `${path} is empty: download or copy it again.`);
  const gzipped = await isGzipped(path);
  const source = createReadStream(path, { highWaterMark: 1 << 18 });
  const gunzip = gzipped ? createGunzip({ chunkSize: 1 << 18 }) : null;
  const archive = extract();
  let unpacked = 0;
  let found = 0;
  let other: string | null = null;
  source.on('error', (error) => archive.destroy(error));
  gunzip?.on('error', (error) => archive.destroy(error));
  (gunzip ?? source).on('data', (chunk: Buffer) => {
    unpacked += chunk.length;
  });
  (gunzip ? source.pipe(gunzip) : source).pipe(archive);
  let entryName: string | null = null;
  try {
    for await (const entry of archive) {
      signal?.throwIfAborted();
      const { name: raw, type, size: bytes = 0 } = entry.header;
      const name = raw.replace(/^(\.\/)+/, '');
      entryName = name;
      const wanted = type === 'file' && !name.split('/').some(isHidden);
      if (!wanted || !isImageName(name) || bytes > largestImage) {
        if (wanted) other ??= name;
        entry.resume();
        continue;
      }
      found++;
      let content: Promise<Uint8Array> | null = null;
      const read = () => {
        content ??= contentOf(entry, bytes).catch((error) => {
          throw explainArchiveError(error, path, name);
        });
        return content;
      };
      yield { name, read, packedShare: () => source.bytesRead / size, unpacked: () => unpacked };
      await read();
    }
  } catch (error) {
    signal?.throwIfAborted();
    // Damaged gzip may yield bytes that are no tar before it is found to be damaged.
    const damage = gunzip && !(error instanceof UserError) ? await damageOf(gunzip) : null;
    throw explainArchiveError(damage ?? error, path, entryName);
  } finally {
    source.destroy();
    gunzip?.destroy();
    archive.destroy();
  }
  if (found === 0) {
    const instead = other === null ? '' : ` (but for example ${other})`;
    throw new UserError(
      'data/no-images',
      `${path} holds no PNG, JPEG or WebP image${instead}: name another archive, or pack images.`,
    );
  }
}

/** What unpacking the rest ends with; null: it was whole. */
function damageOf(gunzip: Gunzip): Promise<Error | null> | Error | null {
  if (gunzip.errored !== null || gunzip.readableEnded || gunzip.destroyed) return gunzip.errored;
  return new Promise((resolve) => {
    gunzip.once('end', () => resolve(null));
    gunzip.once('error', resolve);
    gunzip.unpipe();
    gunzip.resume();
  });
}

function contentOf(entry: ExtractEvents['entry'][1], size: number): Promise<Uint8Array> {
  // Memory of its own, so that it can be handed to a worker.
  const bytes = new Uint8Array(size);
  let at = 0;
  return new Promise((resolve, reject) => {
    entry.on('data', (chunk) => {
      bytes.set(chunk as Uint8Array, at);
      at += (chunk as Uint8Array).length;
    });
    entry.on('end', () => resolve(bytes));
    entry.on('error', reject);
    entry.on('close', () => reject(new Error('Unexpected end of data')));
  });
}

async function isGzipped(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const head = Buffer.alloc(2);
      await file.read(head, 0, 2, 0);
      return head[0] === 0x1f && head[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function explainArchiveError(error: unknown, path: string, entry: string | null): unknown {
  if (error instanceof UserError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : '';
  const after = entry === null ? '' : ` after ${entry}`;
  if (code === 'Z_BUF_ERROR' || (message === 'Unexpected end of data' && entry !== null)) {
    return new UserError('data/truncated', `${path} is cut short${after}: download or copy it again.`);
  }
  if (code.startsWith('Z_')) {
    return new UserError('data/corrupt-gzip', `${path} is a damaged gzip file: download or copy it again.`);
  }
  if (/tar header|Header exceeds|Invalid header|Unexpected end/.test(message)) {
    return new UserError(
      'data/not-a-tar',
      `${path} is no tar archive, or damaged${after}: name a .tar or .tar.gz file of images.`,
    );
  }
  return explainFileError(error, path);
}
