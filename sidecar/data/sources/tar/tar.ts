/** A tar archive of images, gzipped or not; its labels are WebDataset's, StyleGAN's, or the folders inside. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { UserError } from '../../../terms/errors.ts';
import { printable } from '../../../terms/names.ts';
import { explainFileError, statAs } from '../../files.ts';
import { formatOf, notAnImage } from '../../image-formats/signature.ts';
import { imageHeaderOf } from '../../image-header.ts';
import { isHiddenPath, noImages } from '../../image-names.ts';
import { ArchiveLabels, isNamedLabel } from '../../labels/archive-labels.ts';
import { SkipList } from '../../skip-list.ts';
import { emptyFile, entryPath, largestImage, tooLarge } from '../archive.ts';
import { fingerprint } from '../identity.ts';
import { type Contents, type Headers, type ImageSource, type ScanOptions, ShapeCollector } from '../source.ts';
import { TarEntry } from './tar-entry.ts';

/** Of a large archive only this much is read to describe it in the editor. */
const glance = 2 ** 28;

/** @param labelKey of WebDataset's JSON files that holds the class, or null. */
export function tarSource(path: string, labelKey: string | null, briefly = false): ImageSource {
  let survey: Promise<Survey> | null = null;
  const look = (options: ScanOptions) => {
    survey ??= surveyArchive(path, labelKey, briefly ? glance : Number.POSITIVE_INFINITY, options);
    return survey;
  };
  return {
    name: path,
    async identity() {
      return `${fingerprint(path)} ${JSON.stringify(labelKey)}`;
    },
    contents: async (options) => (await look(options)).contents,
    headers: async (_, options) => (await look(options)).headers,
    async *images(options) {
      for await (const { name, read } of imagesIn(path, null, options)) yield { name, image: { bytes: await read() } };
    },
  };
}

interface Survey {
  readonly contents: Contents;
  readonly headers: Headers;
}

/** What an archive holds beside images. */
interface Aside {
  readonly leftOut: SkipList;
  readonly labels: ArchiveLabels;
}

/** Reads through the archive once. After `limit` unpacked bytes the rest is estimated. */
async function surveyArchive(
  path: string,
  labelKey: string | null,
  limit: number,
  options: ScanOptions,
): Promise<Survey> {
  const { size } = await statAs('file', path);
  const names: string[] = [];
  const collector = new ShapeCollector();
  const aside: Aside = { leftOut: new SkipList(), labels: new ArchiveLabels(labelKey) };
  let share = 1;
  for await (const { name, read, packedShare, unpacked } of imagesIn(path, aside, options)) {
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
  const { labels, classNames, lost } = aside.labels.of(names, path, share < 1);
  const { leftOut } = aside;
  const count = Math.round(names.length / share);
  return {
    contents: { count, labels, classNames, lostLabels: lost, leftOut, bytes: size },
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

/**
 * @param aside takes what is no image, or null.
 * @throws UserError if the file is no tar, is damaged or holds no image.
 */
async function* imagesIn(path: string, aside: Aside | null, { signal }: ScanOptions): AsyncGenerator<ArchivedImage> {
  const { size } = await statAs('file', path);
  if (size === 0) throw emptyFile(path);
  const gzipped = await isGzipped(path);
  const source = createReadStream(path, { highWaterMark: 1 << 18 });
  const gunzip = gzipped ? createGunzip({ chunkSize: 1 << 18 }) : null;
  const archive = extract();
  let unpacked = 0;
  let found = 0;
  source.on('error', (error) => archive.destroy(error));
  gunzip?.on('error', (error) => archive.destroy(error));
  (gunzip ?? source).on('data', (chunk: Buffer) => {
    unpacked += chunk.length;
  });
  (gunzip ? source.pipe(gunzip) : source).pipe(archive);
  let entryName: string | null = null;
  try {
    for await (const stream of archive) {
      signal?.throwIfAborted();
      const { name: raw, type, size: bytes = 0 } = stream.header;
      const named = entryPath(raw);
      const name = 'path' in named ? named.path : raw;
      entryName = name;
      const entry = new TarEntry(stream, bytes);
      if (type === 'file' && !('path' in named && isHiddenPath(name))) {
        const reason = 'path' in named ? await whyNoImage(entry, name, aside) : named.refusal;
        if (reason === null) {
          found++;
          const read = () =>
            entry.content().catch((error) => {
              throw explainArchiveError(error, path, name);
            });
          yield { name, read, packedShare: () => source.bytesRead / size, unpacked: () => unpacked };
        } else if (reason !== 'label') aside?.leftOut.add(name, reason);
      }
      await entry.finish();
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
  if (found === 0 && aside !== null) throw noImages(path, 'archive', aside.leftOut);
}

/** null: it is an image, with `aside` or without. "label": it is none, and not left out either. */
async function whyNoImage(entry: TarEntry, name: string, aside: Aside | null): Promise<string | null> {
  const head = await entry.head();
  if (!isNamedLabel(name) && formatOf(head) !== null) return entry.bytes > largestImage ? tooLarge : null;
  if (aside?.labels.wants(name, entry.bytes) && aside.labels.take(name, await entry.content())) return 'label';
  return isNamedLabel(name) || aside?.labels.knows(name) ? 'label' : notAnImage(head).message;
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
  const after = entry === null ? '' : ` after ${printable(entry)}`;
  if (code === 'Z_BUF_ERROR' || (message === 'Unexpected end of data' && entry !== null)) {
    return new UserError('data/truncated', `${path} is cut short${after}: download or copy it again.`, {
      subject: { path },
    });
  }
  if (code.startsWith('Z_')) {
    return new UserError('data/corrupt-gzip', `${path} is a damaged gzip file: download or copy it again.`, {
      subject: { path },
    });
  }
  if (/tar header|Header exceeds|Invalid header|Unexpected end/.test(message)) {
    return new UserError(
      'data/not-a-tar',
      `${path} is not a tar archive, or is damaged${after}: name a .tar or .tar.gz file of images.`,
      { subject: { path } },
    );
  }
  return explainFileError(error, path);
}
