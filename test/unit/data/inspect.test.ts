import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import {
  dataConfig,
  idxImages,
  idxLabels,
  range,
  rejectsWith,
  sharedData,
  temporaryFolder,
  write,
  writeImage,
} from './fixtures.ts';

describe('Inspecting data', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, 'images', name);

  /** Facts must agree with what training will get. */
  const agrees = async (config: DataConfig) => {
    const facts = await inspectData(config);
    const { info } = await openDataset(config);
    assert.deepEqual(
      [facts.size, facts.shape[0], facts.shape[2], facts.classNames],
      [info.size, info.shape[0], info.shape[2], info.classNames],
    );
    return facts;
  };

  it('digits', async () => {
    await agrees(dataConfig({ source: 'digits' }));
    await agrees(dataConfig({ source: 'digits', imageSize: 64, channels: 3 }));
  });

  it('IDX files, from the first bytes of a gzip file', async () => {
    const path = await write(join(folder.path, 'images'), gzipSync(idxImages(300, 10, 12)));
    const labels = await write(join(folder.path, 'labels'), idxLabels(range(300).map((i) => i % 7)));
    const facts = await agrees(dataConfig({ source: 'idx', path, labels }));
    assert.deepEqual([facts.stored?.width, facts.stored?.height, facts.shape[0], facts.present], [12, 10, 10, true]);
    await agrees(dataConfig({ source: 'idx', path, resize: 'pad', channels: 3 }));
  });

  it('real MNIST', async function () {
    const facts = await agrees(dataConfig({ source: 'mnist', path: sharedData(this, 'mnist') }));
    assert.deepEqual([facts.size, facts.shape[0], facts.classNames?.length, facts.bytes], [60_000, 28, 10, 9_941_303]);
  });

  it('a gzip file of which only the beginning is there yet', async function () {
    const whole = await readFile(sharedData(this, 'mnist/train-images-idx3-ubyte.gz'));
    const path = await write(join(folder.path, 'images.gz'), whole.subarray(0, 65_536));
    assert.equal((await inspectData(dataConfig({ source: 'idx', path }))).size, 60_000);
    await rejectsWith('data/truncated-gzip', openDataset(dataConfig({ source: 'idx', path })), path);
  });

  it('a known dataset that is not there yet', async () => {
    const facts = await inspectData(dataConfig({ source: 'fashion-mnist' }));
    assert.deepEqual([facts.present, facts.size, facts.shape[0], facts.shape[2]], [false, 60_000, 28, 1]);
    assert.equal(facts.classNames?.[9], 'Ankle boot');
  });

  it('folders, and what is mixed in them', async () => {
    await writeImage(at('a/1.png'), 20, 16, [1, 2, 3]);
    await writeImage(at('b/2.jpg'), 20, 16, [1, 2, 3]);
    const path = join(folder.path, 'images');
    const alike = await agrees(dataConfig({ source: 'folder', path }));
    const stored = { width: 20, height: 16, channels: 3, mixedSizes: false, mixedChannels: false, values: null };
    assert.deepEqual([alike.stored, alike.shape, alike.classNames], [stored, [16, 16, 3], ['a', 'b']]);
    await writeImage(at('c/3.png'), 40, 40, [1]);
    const mixed = await agrees(dataConfig({ source: 'folder', path, imageSize: 24 }));
    assert.deepEqual([mixed.stored?.mixedSizes, mixed.stored?.mixedChannels], [true, true]);
    await rejectsWith('data/mixed-sizes', inspectData(dataConfig({ source: 'folder', path })), 'data.imageSize');
  });

  it('large folders, from a part of the files', async () => {
    const bytes = Buffer.alloc(33);
    Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1').copy(bytes);
    bytes.writeUInt32BE(32, 16);
    bytes.writeUInt32BE(32, 20);
    bytes[25] = 2;
    for (const i of range(1000)) await write(at(`${i}.png`), bytes);
    const facts = await inspectData(dataConfig({ source: 'folder', path: join(folder.path, 'images') }));
    assert.deepEqual([facts.size, facts.shape[0], facts.shape[2], facts.bytes], [1000, 32, 3, 33_000]);
  });

  it('reports the same errors as opening does', async () => {
    const labels = await write(join(folder.path, 'labels'), idxLabels([1, 2]));
    const images = await write(join(folder.path, 'idx'), idxImages(3, 8, 8));
    await write(at('x.txt'), 'x');
    const bad: readonly [string, DataConfig][] = [
      ['data/missing', dataConfig({ source: 'folder', path: at('none') })],
      ['data/no-images', dataConfig({ source: 'folder', path: join(folder.path, 'images') })],
      ['data/not-a-folder', dataConfig({ source: 'mnist', path: images })],
      ['data/no-path', dataConfig({ source: 'folder' })],
      ['data/labels-as-images', dataConfig({ source: 'idx', path: labels })],
      ['data/label-count', dataConfig({ source: 'idx', path: images, labels })],
      ['data/wrong-size', dataConfig({ source: 'idx', path: images, imageSize: 9, resize: 'refuse' })],
      ['data/missing', dataConfig({ source: 'idx', path: '~/no-such-gan-dataset' })],
    ];
    for (const [code, config] of bad) {
      await rejectsWith(code, inspectData(config));
      await rejectsWith(code, openDataset(config));
    }
  });
});
