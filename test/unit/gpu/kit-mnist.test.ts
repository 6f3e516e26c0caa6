import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { firstItems, stageMnist } from '../../gpu/kit-mnist.ts';

/** `count` images of 2×3 bytes, image i all of i; or as many labels. */
const idx = (count: number, ...size: number[]): Buffer => {
  const header = Buffer.alloc(4 * (2 + size.length));
  header.set([0, 0, 8, 1 + size.length]);
  for (const [at, value] of [count, ...size].entries()) header.writeUInt32BE(value, 4 * (1 + at));
  const length = size.reduce((product, value) => product * value, 1);
  return Buffer.concat([header, Buffer.from(Array.from({ length: count * length }, (_, i) => Math.floor(i / length)))]);
};

describe("the kit's part of MNIST", () => {
  it('is the first items of a file, as a file of the same form', () => {
    assert.deepEqual(firstItems(idx(5, 2, 3), 3), idx(3, 2, 3));
    assert.deepEqual(firstItems(idx(5), 2), idx(2));
  });

  it('is all of a file that has fewer', () => assert.deepEqual(firstItems(idx(4), 10), idx(4)));

  it('is left out where a file is missing, and else written whole', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gan-kit-mnist-'));
    try {
      const [from, to] = [folder, path.join(folder, 'kit')];
      const images = ['train-images-idx3-ubyte.gz', 't10k-images-idx3-ubyte.gz'];
      for (const name of images) writeFileSync(path.join(from, name), gzipSync(idx(3, 2, 3)));
      assert.equal(stageMnist(from, to), false);
      for (const name of ['train-labels-idx1-ubyte.gz', 't10k-labels-idx1-ubyte.gz']) {
        writeFileSync(path.join(from, name), gzipSync(idx(3)));
      }
      assert.equal(stageMnist(from, to), true);
      assert.deepEqual(gunzipSync(readFileSync(path.join(to, images[0]!))), idx(3, 2, 3));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
