import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { dataConfig, imagesOf, range, rejectsWith, temporaryFolder, toByte, write } from './fixtures.ts';
import { bytesOf, npy, npz } from './numpy-files.ts';

describe('NumPy zips', () => {
  const folder = temporaryFolder();
  const path = () => join(folder.path, 'data.npz');
  const config = (more: Partial<DataConfig> = {}) => dataConfig({ source: 'npz', path: path(), ...more });
  const save = (arrays: Readonly<Record<string, Uint8Array>>, compressed = true) =>
    write(path(), npz(arrays, compressed));

  /** [3, 8, 8, 3] bytes that all differ from their neighbours. */
  const pixels = Uint8Array.from({ length: 3 * 8 * 8 * 3 }, (_, i) => (i * 37) % 256);
  const all = async (more: Partial<DataConfig> = {}) => {
    const dataset = await openDataset(config(more));
    const batch = await imagesOf(dataset.read(range(dataset.info.size)));
    await dataset.close();
    return { info: dataset.info, bytes: Uint8Array.from(batch.images, toByte), labels: batch.labels };
  };

  for (const compressed of [true, false]) {
    it(`give bytes and labels as they are, ${compressed ? 'compressed' : 'stored'}`, async () => {
      const labels = BigInt64Array.of(2n, 0n, 1n);
      await save(
        { x_train: npy('|u1', [3, 8, 8, 3], pixels), y_train: npy('<i8', [3, 1], bytesOf(labels)) },
        compressed,
      );
      const { info, bytes, labels: found } = await all();
      assert.deepEqual([info.size, info.shape[0], info.shape[2]], [3, 8, 3]);
      assert.deepEqual(info.classNames, ['0', '1', '2']);
      assert.deepEqual(bytes, pixels);
      assert.deepEqual(found, Int32Array.of(2, 0, 1));
      const facts = await inspectData(config());
      assert.deepEqual(
        [facts.size, facts.shape[0], facts.shape[2], facts.classNames, facts.format],
        [3, 8, 3, info.classNames, 'npz'],
      );
    });
  }

  it('may have channels first', async () => {
    const planes = new Uint8Array(pixels.length);
    for (const n of range(3))
      for (const at of range(64))
        for (const c of range(3)) planes[(n * 3 + c) * 64 + at] = pixels[(n * 64 + at) * 3 + c]!;
    await save({ images: npy('|u1', [3, 3, 8, 8], planes) });
    assert.deepEqual((await all()).bytes, pixels);
  });

  it('lose the colour of pixels that nobody sees', async () => {
    const colours = Uint8Array.from({ length: 64 * 4 }, (_, i) => [200, 100, 50, i < 128 ? 0 : 1][i % 4]!);
    await save({ images: npy('|u1', [1, 8, 8, 4], colours) });
    const { bytes } = await all();
    assert.deepEqual(bytes.subarray(0, 128), new Uint8Array(128));
    assert.deepEqual(bytes.subarray(128), colours.subarray(128));
  });

  const scaled: readonly [string, string, (byte: number) => number][] = [
    ['0…1 as float32', '<f4', (byte) => byte / 255],
    ['-1…1 as float64', '<f8', (byte) => byte / 127.5 - 1],
    ['0…255 as big-endian float32', '>f4', (byte) => byte],
    ['0…255 as int16', '<i2', (byte) => byte],
  ];
  for (const [what, descr, scale] of scaled) {
    it(`may hold values of ${what}`, async () => {
      const size = Number(descr.slice(2));
      const bytes = Buffer.alloc(pixels.length * size);
      pixels.forEach((byte, i) => {
        if (descr === '<f4') bytes.writeFloatLE(scale(byte), i * 4);
        else if (descr === '<f8') bytes.writeDoubleLE(scale(byte), i * 8);
        else if (descr === '>f4') bytes.writeFloatBE(scale(byte), i * 4);
        else bytes.writeInt16LE(scale(byte), i * 2);
      });
      await save({ arr_0: npy(descr, [9, 8, 8], bytes) });
      const { info, bytes: found } = await all();
      assert.deepEqual([info.size, info.shape[2], info.classNames], [9, 1, null]);
      assert.deepEqual(found, pixels);
    });
  }

  it('take the arrays that the config names, and are resized', async () => {
    await save({ front: npy('|u1', [3, 8, 8, 3], pixels), kind: npy('|u1', [3], Uint8Array.of(0, 1, 1)) });
    const columns = { image: 'front', label: 'kind' };
    const { info, labels } = await all({ columns, imageSize: 16, channels: 1 });
    assert.deepEqual([info.shape[0], info.shape[2]], [16, 1]);
    assert.deepEqual(labels, Int32Array.of(0, 1, 1));
  });

  const good = npy('|u1', [3, 8, 8, 3], pixels);
  const labelled = (shape: readonly number[], values: Int32Array) => ({
    x: good,
    y: npy('<i4', shape, bytesOf(values)),
  });
  const bad: Readonly<Record<string, [string, Uint8Array, readonly string[]]>> = {
    'no zip': ['data/not-an-npz', Buffer.from('no zip at all'), ['data.npz']],
    'a zip cut short': ['data/not-an-npz', npz({ x: good }, true).subarray(0, 300), ['data.npz']],
    'no array of images': [
      'data/no-array',
      npz({ weights: good, biases: good }, true),
      ['weights, biases', 'data.columns.image'],
    ],
    'an array that is none': ['data/not-an-array', npz({ x: Buffer.from('text') }, true), ['(x)']],
    'an array of a shape that images do not have': [
      'data/array-shape',
      npz({ x: npy('|u1', [3, 8, 8, 2], new Uint8Array(384)) }, true),
      ['[3, 8, 8, 2]', '[n, height, width]'],
    ],
    'no image': ['data/empty-file', npz({ x: npy('|u1', [0, 8, 8], new Uint8Array(0)) }, true), ['[0, 8, 8]']],
    'complex numbers': ['data/array-type', npz({ x: npy('<c8', [1, 8, 8], new Uint8Array(512)) }, true), ['c8']],
    'Python objects': ['data/array-type', npz({ x: npy('|O', [3, 8, 8], new Uint8Array(512)) }, true), ['astype']],
    'text for images': [
      'data/array-type',
      npz({ x: npy('<U1', [1, 8, 8], new Uint8Array(256)) }, true),
      ['holds text'],
    ],
    'one picture alone': [
      'data/array-shape',
      npz({ x: npy('|u1', [24, 24, 3], new Uint8Array(1728)) }, true),
      ['one image of 24×24'],
    ],
    'fewer images than it says': [
      'data/truncated',
      npz({ x: npy('|u1', [4, 8, 8, 3], pixels) }, true),
      ['3 of 4 images'],
    ],
    'fewer labels than it says': [
      'data/truncated',
      npz({ x: good, y: npy('<i4', [3], bytesOf(Int32Array.of(1, 2))) }, true),
      ['2 of 3 labels'],
    ],
    'rows of two ones': [
      'data/bad-label',
      npz({ x: good, y: npy('|u1', [3, 2], Uint8Array.of(1, 0, 1, 1, 0, 1)) }, true),
      ['image 1', 'one 1 among zeros'],
    ],
    'rows of zeros': [
      'data/bad-label',
      npz({ x: good, y: npy('|b1', [3, 2], Uint8Array.of(1, 0, 1, 0, 0, 0)) }, true),
      ['image 2', 'zeros alone'],
    ],
    'a label without text': [
      'data/bad-label',
      npz({ x: good, y: npy('|S2', [3], Buffer.from('ab\0\0cd')) }, true),
      ['image 1', 'no text'],
    ],
    'other numbers of labels': ['data/label-count', npz(labelled([2], Int32Array.of(0, 1)), true), ['[2]', '3 images']],
    'labels below 0': ['data/bad-label', npz(labelled([3], Int32Array.of(0, 1, -1)), true), ['-1', 'image 2']],
  };
  for (const [what, [code, content, parts]] of Object.entries(bad)) {
    it(`with ${what} are an error`, async () => {
      await write(path(), content);
      await rejectsWith(code, openDataset(config()), ...parts);
      await rejectsWith(code, inspectData(config()), ...parts);
    });
  }

  it('without an array that the config names are an error', async () => {
    await save({ x: good });
    await rejectsWith('data/no-array', openDataset(config({ columns: { image: 'z', label: null } })), 'named z', 'x');
  });

  it('name only a few of many arrays', async () => {
    await save(Object.fromEntries(range(30).map((i) => [`weights${i}`, good])));
    await rejectsWith('data/no-array', openDataset(config()), 'weights0, weights1', 'and 23 more');
  });
});
