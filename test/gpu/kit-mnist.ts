/** A part of MNIST for the kit, small enough to be carried. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { knownDatasets } from '../../sidecar/data/known/datasets.ts';

/** To train on, and to judge by. */
const COUNTS = { train: 10_000, test: 2_000 } as const;

/** Bytes before the number of items, and of each dimension, in an IDX file. */
const WORD = 4;

/** The first `count` items of an IDX file of bytes. */
export function firstItems(idx: Uint8Array, count: number): Buffer {
  const file = Buffer.from(idx);
  const dimensions = file[3] ?? 0;
  const header = WORD * (1 + dimensions);
  let length = 1;
  for (let axis = 1; axis < dimensions; axis += 1) length *= file.readUInt32BE(WORD * (1 + axis));
  const kept = Math.min(count, file.readUInt32BE(WORD));
  const part = Buffer.from(file.subarray(0, header + kept * length));
  part.writeUInt32BE(kept, WORD);
  return part;
}

/**
 * Puts the part into `to`.
 * @returns false where `from` does not hold MNIST's four files
 */
export function stageMnist(from: string, to: string): boolean {
  const { trainImages, trainLabels, testImages, testLabels } = knownDatasets.mnist.files;
  const parts = [
    [trainImages.name, COUNTS.train],
    [trainLabels.name, COUNTS.train],
    [testImages.name, COUNTS.test],
    [testLabels.name, COUNTS.test],
  ] as const;
  if (!parts.every(([name]) => existsSync(path.join(from, name)))) return false;
  mkdirSync(to, { recursive: true });
  for (const [name, count] of parts) {
    const part = firstItems(gunzipSync(readFileSync(path.join(from, name))), count);
    writeFileSync(path.join(to, name), gzipSync(part, { level: 9 }));
  }
  return true;
}
