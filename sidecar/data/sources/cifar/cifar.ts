/**
 * CIFAR-10 in its binary version (Krizhevsky 2009): records of one label byte and 3×32×32 bytes, red,
 * green and blue one after the other. CIFAR-100 has two label bytes, of which the second is the class.
 */
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../terms/errors.ts';
import { explainFileError, statAs } from '../../files.ts';
import { numberedClasses } from '../../idx/idx.ts';
import { uniformShapes } from '../../shape.ts';
import { fingerprint } from '../identity.ts';
import type { ImageSource, ScanOptions, StoredImage } from '../source.ts';

const SIDE = 32;
const area = SIDE * SIDE;
const pixelBytes = 3 * area;

interface CifarFiles {
  readonly paths: readonly string[];
  readonly labelBytes: 1 | 2;
  readonly classes: 10 | 100;
  readonly namesFile: string;
}

const recordBytes = ({ labelBytes }: CifarFiles) => labelBytes + pixelBytes;

export function cifarSource(folder: string): ImageSource {
  return {
    name: folder,
    async identity() {
      const { paths } = await findFiles(folder);
      return paths.map((path) => `${path} ${fingerprint(path)}`).join('\n');
    },
    async contents({ signal }) {
      const files = await findFiles(folder);
      const parts: Uint8Array[] = [];
      for (const path of files.paths) {
        signal?.throwIfAborted();
        parts.push(await readLabels(path, files));
      }
      const labels = Int32Array.from(Buffer.concat(parts));
      const classNames = (await readNames(files)) ?? numberedClasses([files.classes - 1]);
      const bytes = labels.length * recordBytes(files);
      return { count: labels.length, labels, classNames, bytes };
    },
    async headers() {
      await findFiles(folder);
      const shapes = uniformShapes({ file: 'every image', width: SIDE, height: SIDE, channels: 3 });
      return { shapes, inputs: null, unreadable: { count: 0, first: null } };
    },
    images: (options) => imagesOf(folder, options),
  };
}

/** @throws UserError if there are none, or one is cut short. */
async function findFiles(folder: string): Promise<CifarFiles> {
  await statAs('folder', folder);
  for (const place of [folder, join(folder, 'cifar-10-batches-bin'), join(folder, 'cifar-100-binary')]) {
    const names = await readdir(place).catch(() => [] as string[]);
    const ten = names.filter((name) => /^data_batch_\d+\.bin$/.test(name)).sort();
    const found = ten.length > 0 ? ten : names.filter((name) => name === 'train.bin');
    if (found.length === 0) continue;
    const files: CifarFiles = {
      paths: found.map((name) => join(place, name)),
      ...(ten.length > 0 ? { labelBytes: 1, classes: 10 } : { labelBytes: 2, classes: 100 }),
      namesFile: join(place, ten.length > 0 ? 'batches.meta.txt' : 'fine_label_names.txt'),
    };
    for (const path of files.paths) {
      const { size } = await statAs('file', path);
      if (size > 0 && size % recordBytes(files) === 0) continue;
      throw new UserError(
        'data/truncated',
        `${path} has ${size} bytes, no multiple of ${recordBytes(files)}: it is cut short or not the binary version; ` +
          'download it again.',
        { subject: { path } },
      );
    }
    return files;
  }
  throw new UserError(
    'data/missing',
    `${folder} holds no data_batch_1.bin: put the unpacked binary version of CIFAR-10 there ` +
      '(cifar-10-binary.tar.gz from cs.toronto.edu/~kriz/cifar.html).',
    { subject: { path: folder } },
  );
}

async function readNames({ namesFile, classes }: CifarFiles): Promise<string[] | null> {
  const text = await readFile(namesFile, 'utf8').catch(() => '');
  const names = text.split(/\r?\n/).filter((name) => name.trim() !== '');
  return names.length === classes ? names : null;
}

async function readLabels(path: string, files: CifarFiles): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error) => {
    throw explainFileError(error, path);
  });
  const step = recordBytes(files);
  const labels = new Uint8Array(bytes.length / step);
  for (let number = 0; number < labels.length; number++) {
    const label = bytes[number * step + files.labelBytes - 1]!;
    if (label >= files.classes) throw notCifar(path, label, number, files);
    labels[number] = label;
  }
  return labels;
}

function notCifar(path: string, label: number, number: number, { classes }: CifarFiles): UserError {
  return new UserError(
    'data/bad-label',
    `${path} says ${label} for image ${number}, and labels are 0 to ${classes - 1}: ` +
      'it is not the binary version of CIFAR; download it again.',
    { subject: { path } },
  );
}

async function* imagesOf(folder: string, { signal }: ScanOptions): AsyncGenerator<StoredImage> {
  const files = await findFiles(folder);
  const step = recordBytes(files);
  for (const path of files.paths) {
    let number = 0;
    const source = createReadStream(path, { highWaterMark: 128 * step });
    try {
      let rest: Buffer = Buffer.alloc(0);
      for await (const chunk of source as AsyncIterable<Buffer>) {
        signal?.throwIfAborted();
        const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        let at = 0;
        for (; at + step <= bytes.length; at += step) {
          const planes = bytes.subarray(at + files.labelBytes, at + step);
          const pixels = interleaved(planes);
          yield { name: `${path} image ${number++}`, image: { pixels, width: SIDE, height: SIDE, channels: 3 } };
        }
        rest = bytes.subarray(at);
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw explainFileError(error, path);
    }
  }
}

/** [3, 32, 32] to [32, 32, 3]. */
function interleaved(planes: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(pixelBytes);
  for (let i = 0; i < area; i++) {
    for (let channel = 0; channel < 3; channel++) pixels[3 * i + channel] = planes[channel * area + i]!;
  }
  return pixels;
}
