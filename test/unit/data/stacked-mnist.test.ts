import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import {
  dataConfig,
  idxImages,
  idxLabels,
  imagesOf,
  range,
  rejectsWith,
  sharedData,
  temporaryFolder,
  toByte,
  write,
} from './fixtures.ts';

describe('Stacked MNIST', () => {
  const folder = temporaryFolder();

  /** 200 digits; digit n is filled with n and of class n mod 10. */
  const small = async (more: Partial<DataConfig> = {}) => {
    await write(join(folder.path, 'train-images-idx3-ubyte'), idxImages(200, 28, 28));
    await write(join(folder.path, 'train-labels-idx1-ubyte'), idxLabels(range(200).map((n) => n % 10)));
    return dataConfig({ source: 'stacked-mnist', path: folder.path, ...more });
  };

  it('shows three digits that its label names, in red, green and blue', async () => {
    const config = await small();
    const { info, read } = await openDataset(config);
    assert.deepEqual([info.size, info.shape[0], info.shape[2], info.classNames?.length], [128_000, 28, 3, 1000]);
    assert.equal(info.classNames?.[42], '042');
    const indices = range(50).map((i) => i * 2557);
    const { images, labels } = await imagesOf(read(indices));
    indices.forEach((_, i) => {
      const [red, green, blue] = [...images.slice(i * 2352, i * 2352 + 3)].map(toByte) as [number, number, number];
      assert.equal(labels![i], 100 * (red % 10) + 10 * (green % 10) + (blue % 10));
    });
    const facts = await inspectData(config);
    assert.deepEqual(
      [facts.size, facts.shape[0], facts.shape[2], facts.classNames, facts.format],
      [info.size, 28, 3, info.classNames, 'stacked-mnist'],
    );
  });

  it('is the same every time and has all 1,000 classes about equally often', async () => {
    const config = await small({ imageSize: 32 });
    const dataset = await openDataset(config);
    const again = await openDataset(config);
    assert.deepEqual(await imagesOf(dataset.read([5, 99_999])), await imagesOf(again.read([5, 99_999])));
    const counts = new Array<number>(1000).fill(0);
    for (const label of dataset.labels!) counts[label]! += 1;
    // 128 expected, with a deviation of 11.3.
    assert.ok(
      counts.every((count) => count > 75 && count < 185),
      `${Math.min(...counts)} to ${Math.max(...counts)}`,
    );
  });

  it('has three channels and no other', async () => {
    for (const channels of [1, 4] as const) {
      const config = await small({ channels });
      for (const work of [openDataset, inspectData]) await rejectsWith('data/channels', work(config), `is ${channels}`);
    }
  });

  it('is made of real digits', async function () {
    const config = dataConfig({ source: 'stacked-mnist', path: sharedData(this, 'mnist') });
    const { images, labels } = await imagesOf((await openDataset(config)).read(range(256)));
    const mean = images.reduce((sum, value) => sum + (value + 1) / 2, 0) / images.length;
    assert.ok(Math.abs(mean - 0.1307) < 0.01, `mean ${mean}`);
    assert.ok(new Set(labels).size > 180);
  });
});
