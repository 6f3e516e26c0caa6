/** Datasets that are folders of image files, decoded when first asked for. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { forEachIndex } from './concurrency.ts';
import type { Dataset, DatasetInfo, Progress } from './dataset.ts';
import { createDecoder } from './decode.ts';
import { explainFileError } from './files.ts';
import { type ImageFiles, listImageFiles } from './image-files.ts';
import { readImageHeader, UnreadableImage } from './image-header.ts';
import { writeUnitPixels } from './pixels.ts';
import { type DataConfig, deliveredShape, type StoredShape, summarizeShapes } from './shape.ts';

export interface FolderOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
  readonly log?: ((level: 'info' | 'warn' | 'error', message: string) => void) | undefined;
  /** Bytes of decoded images kept in memory. */
  readonly memoryLimit: number;
}

/** Opened at once for headers. */
const headersAtOnce = 16;
/** Decoded at once: libuv runs four by default, and more would only hold memory. */
const decodesAtOnce = 4;

/**
 * Files whose header is unreadable are left out. A file that turns out to be damaged only when its
 * pixels are decoded is replaced, always, by the next one that is whole. Both are listed in
 * `info.skipped` and the log.
 *
 * Decoded images stay in memory up to the limit, the first ones of the folder by preference: in a
 * shuffled epoch every image is asked for once, so no other choice would be hit more often.
 * @throws UserError if the folder holds no readable image or its images do not fit `data.resize`.
 */
export async function openFolder(folder: string, data: DataConfig, options: FolderOptions): Promise<Dataset> {
  const skipped: { file: string; reason: string }[] = [];
  const skip = (file: string, reason: string) => {
    skipped.push({ file, reason });
    options.log?.('warn', `Skipped ${join(folder, file)}: ${reason}.`);
  };
  const listed = await listImageFiles(folder, options.signal);
  const { files, labels, classNames, shapes } = await readHeaders(folder, listed, skip, options);
  const summary = summarizeShapes(shapes);
  if (!summary) throw noneReadable(folder, skipped);
  const shape = deliveredShape(folder, summary, data);
  const decode = await createDecoder(shape, data.resize);
  const pixels = shape.imageSize * shape.imageSize * shape.channels;
  const cache = new FirstImages(Math.min(files.length, Math.floor(options.memoryLimit / pixels)), pixels);
  const damaged = new Set<number>();

  /** The decoded image, or null if its file is damaged. */
  const load = async (index: number): Promise<Uint8Array | null> => {
    if (damaged.has(index)) return null;
    const known = cache.get(index);
    if (known) return known;
    try {
      const bytes = await decode(join(folder, files[index]!));
      cache.set(index, bytes);
      return bytes;
    } catch (error) {
      if (!damaged.has(index)) skip(files[index]!, reason(error));
      damaged.add(index);
      return null;
    }
  };

  const info: DatasetInfo = { name: folder, size: files.length, ...shape, classNames, skipped };
  return {
    info,
    async read(indices) {
      const images = new Float32Array(indices.length * pixels);
      const chosen = labels && new Int32Array(indices.length);
      await forEachIndex(indices.length, decodesAtOnce, async (i) => {
        let index = indices[i]!;
        let bytes = await load(index);
        for (let tries = 1; bytes === null; tries++) {
          if (tries > files.length) throw noneReadable(folder, skipped);
          index = (index + 1) % files.length;
          bytes = await load(index);
        }
        writeUnitPixels(bytes, 1, images, i * pixels);
        if (chosen && labels) chosen[i] = labels[index]!;
      });
      return { images, labels: chosen };
    },
    async close() {},
  };
}

/** The images at the front of a dataset, in one block of memory that fills as they are decoded. */
class FirstImages {
  readonly #bytes: Uint8Array;
  readonly #present: Uint8Array;
  readonly #pixels: number;

  constructor(count: number, pixels: number) {
    this.#bytes = new Uint8Array(count * pixels);
    this.#present = new Uint8Array(count);
    this.#pixels = pixels;
  }

  get(index: number): Uint8Array | null {
    if (this.#present[index] !== 1) return null;
    return this.#bytes.subarray(index * this.#pixels, (index + 1) * this.#pixels);
  }

  set(index: number, bytes: Uint8Array): void {
    if (index >= this.#present.length) return;
    this.#bytes.set(bytes, index * this.#pixels);
    this.#present[index] = 1;
  }
}

interface Headed extends ImageFiles {
  readonly shapes: readonly (StoredShape & { readonly file: string })[];
}

/** Reads every header; the result holds only the files that have one. */
async function readHeaders(
  folder: string,
  { files, labels, classNames }: ImageFiles,
  skip: (file: string, reason: string) => void,
  { signal, progress }: FolderOptions,
): Promise<Headed> {
  const found: (StoredShape | string)[] = new Array(files.length);
  let done = 0;
  await forEachIndex(files.length, headersAtOnce, async (i) => {
    signal?.throwIfAborted();
    found[i] = await readImageHeader(join(folder, files[i]!)).catch(reason);
    done++;
    if (done % 64 === 0 || done === files.length) progress?.(done, files.length, `Reading image headers in ${folder}`);
  });
  const kept: number[] = [];
  const shapes: (StoredShape & { file: string })[] = [];
  found.forEach((shape, i) => {
    if (typeof shape === 'string') {
      skip(files[i]!, shape);
      return;
    }
    kept.push(i);
    shapes.push({ ...shape, file: files[i]! });
  });
  return {
    files: kept.map((i) => files[i]!),
    labels: labels && Int32Array.from(kept, (i) => labels[i]!),
    classNames,
    shapes,
  };
}

function noneReadable(folder: string, skipped: readonly { file: string; reason: string }[]): UserError {
  const first = skipped[0];
  return new UserError(
    'data/no-readable-image',
    `${folder} holds no readable image (${skipped.length} skipped, ${first?.file}: ${first?.reason}): replace the damaged files.`,
  );
}

/** One line for the list of skipped files. */
function reason(error: unknown): string {
  const explained = error instanceof UnreadableImage ? error : explainFileError(error, 'the file');
  return (explained instanceof Error ? explained.message : String(explained)).split('\n', 1)[0]!.replace(/\.$/, '');
}
