import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../host/paths.ts';

/** A folder of its own for one suite; `write` makes files in it, with their folders. */
export const tempFolder = () => {
  const path = temporaryFolder('config');
  return {
    path,
    write(name: string, content: string | Uint8Array): string {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
};

/** An IDX file of zeros (images: 3 dimensions; labels: 1), as MNIST's are. */
export const idx = (...dimensions: number[]): Uint8Array => {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, 8, dimensions.length]);
  for (const [i, dimension] of dimensions.entries()) header.writeUInt32BE(dimension, 4 + 4 * i);
  return Buffer.concat([header, Buffer.alloc(dimensions.reduce((product, next) => product * next, 1))]);
};

/** IDX labels 0, 1, … 9, 0, 1, … */
export const idxLabels = (count: number): Uint8Array => {
  const file = Buffer.from(idx(count));
  for (let i = 0; i < count; i++) file[8 + i] = i % 10;
  return file;
};

/** The first bytes of a grey PNG, enough for whoever reads headers only. */
export const pngHeader = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 0, 0, 0, 0], 24);
  return bytes;
};
