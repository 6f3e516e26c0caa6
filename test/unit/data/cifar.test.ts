import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import { dataConfig, imagesOf, range, rejectsWith, temporaryFolder, toByte, write } from './fixtures.ts';

const area = 32 * 32;

/** Record n is of class n mod `classes`; red is n, green 100 + n, and blue counts columns. */
function records(count: number, labelBytes: 1 | 2, classes: number, from = 0): Buffer {
  return Buffer.concat(
    range(count).map((i) => {
      const number = from + i;
      const blue = Buffer.from(range(area).map((at) => at % 32));
      const label = labelBytes === 1 ? [number % classes] : [0, number % classes];
      return Buffer.concat([Buffer.from(label), Buffer.alloc(area, number), Buffer.alloc(area, 100 + number), blue]);
    }),
  );
}

describe('CIFAR', () => {
  const folder = temporaryFolder();
  const config = () => dataConfig({ source: 'cifar-10', path: folder.path });
  const both = [openDataset, inspectData] as const;

  it('-10 gives all batches in order, with their names', async () => {
    const names = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
    for (const batch of [1, 2]) {
      const content = records(12, 1, 10, (batch - 1) * 12);
      await write(join(folder.path, 'cifar-10-batches-bin', `data_batch_${batch}.bin`), content);
    }
    await write(join(folder.path, 'cifar-10-batches-bin', 'test_batch.bin'), records(1, 1, 10));
    await write(join(folder.path, 'cifar-10-batches-bin', 'batches.meta.txt'), `${names.join('\n')}\n\n`);
    const { info, read } = await openDataset(config());
    assert.deepEqual([info.size, info.shape[0], info.shape[2]], [24, 32, 3]);
    assert.deepEqual(info.classNames, names);
    const { images, labels } = await imagesOf(read([13, 0]));
    assert.deepEqual(labels, Int32Array.of(3, 0));
    assert.deepEqual([...images.slice(15, 21)].map(toByte), [13, 113, 5, 13, 113, 6]);
    const facts = await inspectData(config());
    assert.deepEqual([facts.format, facts.size, facts.shape[0], facts.shape[2]], ['cifar-10', 24, 32, 3]);
    assert.deepEqual(facts.classNames, names);
  });

  it('-100 has the fine labels', async () => {
    await write(join(folder.path, 'train.bin'), records(101, 2, 100));
    const { info, read } = await openDataset(config());
    assert.deepEqual([info.size, info.classNames?.length, info.classNames?.[99]], [101, 100, '99']);
    assert.deepEqual((await read([99, 100])).labels, Int32Array.of(99, 0));
  });

  it('that is absent, cut short or something else is an error', async () => {
    for (const work of both) await rejectsWith('data/missing', work(config()), folder.path, 'cifar-10-binary.tar.gz');
    const path = await write(join(folder.path, 'data_batch_1.bin'), records(2, 1, 10).subarray(0, 5000));
    for (const work of both) await rejectsWith('data/truncated', work(config()), path, '5000 bytes');
    await write(path, records(12, 1, 11));
    for (const work of both) await rejectsWith('data/bad-label', work(config()), path, 'says 10 for image 10');
  });
});
