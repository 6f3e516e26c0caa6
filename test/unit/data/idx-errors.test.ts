import assert from 'node:assert/strict';
import { chmod, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openDataset } from '../../../sidecar/data/open.ts';
import { needs, posix, withoutRoot } from '../conditions.ts';
import {
  dataConfig,
  idxBytes,
  idxImages,
  idxLabels,
  rejectsWith,
  sharedData,
  temporaryFolder,
  write,
} from './fixtures.ts';

describe('Bad IDX files', () => {
  const folder = temporaryFolder();
  const file = (name: string, bytes: Uint8Array | string) => write(join(folder.path, name), bytes);
  const open = (path: string | null, labels: string | null = null, memoryLimit = 2 ** 30) =>
    openDataset(dataConfig({ source: 'idx', path, labels }), { memoryLimit });

  it('missing path', () => rejectsWith('data/missing', open(join(folder.path, 'none')), join(folder.path, 'none')));

  it('no path at all', () => rejectsWith('data/no-path', open(null), 'data.path'));

  it('a path with ~ is looked for in the home folder', () =>
    rejectsWith('data/missing', open('~/no-such-gan-dataset'), join(homedir(), 'no-such-gan-dataset')));

  it('a ~ inside a path is pointed out', () =>
    rejectsWith('data/missing', open(join(folder.path, '~', 'images')), '~ only at its start'));

  it('a folder where a file is expected', () => rejectsWith('data/not-a-file', open(folder.path), folder.path));

  it('a file used as a folder', async () => {
    const path = await file('images', idxImages(1, 8, 8));
    await rejectsWith('data/not-a-folder', open(join(path, 'inside')), path);
  });

  it('empty file', async () => {
    const path = await file('images', '');
    await rejectsWith('data/empty-file', open(path), path, 'empty');
  });

  it('no images inside', async () => {
    const path = await file('images', idxBytes(2051, [0, 28, 28], new Uint8Array(0)));
    await rejectsWith('data/empty-file', open(path), path, '0×28×28');
  });

  it('wrong magic number', async () => {
    const path = await file('images', 'PK\u0003\u0004 this is no IDX file');
    await rejectsWith('data/wrong-magic', open(path), path, '2051', String(0x504b0304));
  });

  it('labels given as images', async () => {
    const path = await file('labels', gzipSync(idxLabels([1, 2, 3])));
    await rejectsWith('data/labels-as-images', open(path), path, 'data.labels');
  });

  it('images given as labels', async () => {
    const path = await file('images', idxImages(2, 8, 8));
    await rejectsWith('data/images-as-labels', open(path, path), path, 'data.path');
  });

  it('label count unlike image count', async () => {
    const images = await file('images', idxImages(4, 8, 8));
    const labels = await file('labels', idxLabels([1, 2, 3]));
    await rejectsWith('data/label-count', open(images, labels), labels, '3 labels', '4 images');
  });

  for (const length of [2, 10]) {
    it(`a header cut after ${length} bytes`, async () => {
      const path = await file('images', idxImages(2, 8, 8).subarray(0, length));
      await rejectsWith('data/truncated', open(path), path, 'header');
    });
  }

  it('a plain file shorter than its header promises', async () => {
    const path = await file('images', idxImages(4, 8, 8).subarray(0, 100));
    await rejectsWith('data/truncated', open(path), path, '272 bytes');
  });

  it('a plain file longer than its header promises', async () => {
    const path = await file('images', Buffer.concat([idxImages(4, 8, 8), Buffer.alloc(7)]));
    await rejectsWith('data/trailing-bytes', open(path), path, '272 bytes');
  });

  it('a header that promises more than any gzip file of this size could hold', async () => {
    const path = await file('images', gzipSync(idxBytes(2051, [4_000_000_000, 28, 28], new Uint8Array(100))));
    await rejectsWith('data/truncated-gzip', open(path), path);
  });

  for (const memoryLimit of [2 ** 30, 100]) {
    const where = memoryLimit === 100 ? 'while unpacking to disk' : 'while reading into memory';

    it(`truncated gzip ${where}`, async function () {
      const path = sharedData(this, 'malformed/kmnist-t10k-images-truncated.gz');
      await rejectsWith('data/truncated-gzip', open(path, null, memoryLimit), path, 'of 7840016 bytes');
      assert.deepEqual(await readdir(join(folder.path, 'cache', 'unpacked')).catch(() => []), []);
    });

    it(`damaged gzip ${where}`, async () => {
      const noise = Uint8Array.from({ length: 40_000 }, (_, i) => (i * i * 31) >> 3);
      const packed = gzipSync(idxBytes(2051, [40, 25, 40], noise));
      packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 200);
      const path = await file('images', packed);
      await rejectsWith('data/corrupt-gzip', open(path, null, memoryLimit), path);
    });

    it(`a gzip file with more than its header promises ${where}`, async () => {
      const path = await file('images', gzipSync(Buffer.concat([idxImages(4, 8, 8), Buffer.alloc(7)])));
      await rejectsWith('data/trailing-bytes', open(path, null, memoryLimit), path);
    });

    it(`a whole gzip file with less than its header promises ${where}`, async () => {
      const path = await file('images', gzipSync(idxImages(4, 8, 8).subarray(0, 200)));
      await rejectsWith('data/truncated-gzip', open(path, null, memoryLimit), path, '200 of 272');
    });
  }

  it('sizes the rule refuses', async () => {
    const path = await file('images', idxImages(2, 8, 16));
    await rejectsWith(
      'data/wrong-size',
      openDataset(dataConfig({ source: 'idx', path, resize: 'refuse' })),
      path,
      '16×8',
      'data.resize',
    );
  });

  it('no permission', async function () {
    const path = await file('images', idxImages(2, 8, 8));
    needs(this, posix, 'POSIX file modes');
    await chmod(folder.path, 0o755);
    await chmod(path, 0);
    await withoutRoot(() => rejectsWith('data/no-permission', open(path), path, 'permissions'));
  });
});
