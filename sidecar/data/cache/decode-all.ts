/** Decodes all images of a source in worker threads, many at once, and hands them on in their order. */
import { availableParallelism } from 'node:os';
import type { Transferable } from 'node:worker_threads';
import { UserError } from '../../terms/errors.ts';
import type { ImageSource, ScanOptions, StoredImage } from '../sources/source.ts';
import { DataWorker } from '../worker/data-worker.ts';
import type { DecodedPart, DecodeRule } from '../worker/messages.ts';

/** Images that go to a worker together, unless they are large. */
const IMAGES_AT_ONCE = 64;
const BYTES_AT_ONCE = 2 ** 22;
/** Parts a worker has before it: one that it decodes and one that waits. */
const PARTS_AHEAD = 2;
/** More would only be faster than a disk. */
const MOST_WORKERS = 8;

export interface Part {
  readonly images: readonly StoredImage[];
  readonly decoded: DecodedPart;
}

/** @param take is awaited before the next part is handed on, and no more than a few parts are held meanwhile. */
export async function decodeAll(
  source: ImageSource,
  rule: DecodeRule,
  options: ScanOptions,
  take: (part: Part) => Promise<void>,
): Promise<void> {
  await loadImageLibrary();
  // Started when there is work for them, since most small datasets are one part.
  const workers: DataWorker[] = [];
  const wanted = Math.min(MOST_WORKERS, availableParallelism());
  const underway: Promise<Part>[] = [];
  const takeFirst = async () => take(await underway.shift()!);
  try {
    let next = 0;
    for await (const images of parts(source.images(options))) {
      options.signal?.throwIfAborted();
      if (workers.length < wanted) workers.push(new DataWorker());
      const worker = workers[next++ % wanted]!;
      const work = worker
        .ask('decode', { rule, images }, buffersOf(images))
        .then((decoded) => ({ images: images.map(nameOnly), decoded }));
      // Failures are met in their turn.
      work.catch(() => {});
      underway.push(work);
      if (underway.length === wanted * PARTS_AHEAD) await takeFirst();
    }
    while (underway.length > 0) {
      options.signal?.throwIfAborted();
      await takeFirst();
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** On Linux the library must have been loaded here before a worker loads it. */
async function loadImageLibrary(): Promise<void> {
  await import('sharp').catch((cause) => {
    throw new UserError(
      'data/image-library',
      'The image library (sharp) does not load on this machine: install the package made for this platform.',
      { cause },
    );
  });
}

async function* parts(images: AsyncIterable<StoredImage>): AsyncGenerator<StoredImage[]> {
  let part: StoredImage[] = [];
  let bytes = 0;
  for await (const image of images) {
    part.push(ownMemory(image));
    bytes += bytesOf(image);
    if (part.length < IMAGES_AT_ONCE && bytes < BYTES_AT_ONCE) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  if (part.length > 0) yield part;
}

const contentBytes = ({ image }: StoredImage): Uint8Array | null => {
  if ('path' in image) return null;
  return 'bytes' in image ? image.bytes : image.pixels;
};

const bytesOf = (image: StoredImage) => contentBytes(image)?.length ?? 0;

/** Bytes that are part of a larger block are copied, since sending them would take the block away. */
function ownMemory(stored: StoredImage): StoredImage {
  const { image } = stored;
  const bytes = contentBytes(stored);
  if (bytes === null || bytes.length === bytes.buffer.byteLength) return stored;
  const copy = Uint8Array.from(bytes);
  return { ...stored, image: 'bytes' in image ? { bytes: copy } : ({ ...image, pixels: copy } as typeof image) };
}

const buffersOf = (images: readonly StoredImage[]): Transferable[] =>
  images.flatMap((image) => (contentBytes(image)?.buffer as ArrayBuffer | undefined) ?? []);

/** Without content, which now is the worker's. */
const nameOnly = ({ name }: StoredImage): StoredImage => ({ name, image: { path: name } });
