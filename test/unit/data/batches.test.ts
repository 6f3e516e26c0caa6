import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Batches } from '../../../sidecar/data/batches.ts';
import type { Dataset } from '../../../sidecar/data/dataset.ts';
import { permuted } from '../../../sidecar/data/permutation.ts';
import { range } from './fixtures.ts';

/** A dataset whose labels are the indices asked for. */
function indexDataset(size: number): Dataset & { readonly asked: number[][] } {
  const asked: number[][] = [];
  return {
    asked,
    info: { name: 'indices', size, imageSize: 1, channels: 1, classNames: null, skipped: [] },
    async read(indices) {
      asked.push([...indices]);
      return { images: new Float32Array(indices.length), labels: Int32Array.from(indices) };
    },
    async close() {},
  };
}

const indicesAt = async (batches: Batches, step: number) => [...(await batches.at(step)).labels!];

describe('Permutations', () => {
  it('hold every number once, whatever the size and key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), (size, key) => {
        const seen = new Set(range(size).map((position) => permuted(position, size, key)));
        assert.equal(seen.size, size);
        for (const value of seen) assert.ok(value >= 0 && value < size);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('spread each position evenly over the places', () => {
    // Chi-squared with 9 degrees of freedom stays below 27.9 with probability 0.999.
    for (const position of [0, 1, 5, 9]) {
      const counts = new Array<number>(10).fill(0);
      for (let key = 0; key < 10_000; key++) counts[permuted(position, 10, key)]! += 1;
      const chiSquared = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      assert.ok(chiSquared < 27.9, `position ${position}: ${counts}`);
    }
  });

  it('leave no trace of the order they began with', () => {
    const size = 60_000;
    const order = range(size).map((position) => permuted(position, size, 7));
    const middle = (size - 1) / 2;
    const product = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, value, i) => sum + (value - middle) * ((b[i] ?? middle) - middle), 0) / (size ** 3 / 12);
    assert.ok(Math.abs(product(order, range(size))) < 0.02);
    assert.ok(Math.abs(product(order, order.slice(1))) < 0.02);
    const neighbours = order.filter((value, i) => Math.abs(value - (order[i + 1] ?? -9)) === 1).length;
    assert.ok(neighbours < 12, `${neighbours} neighbours stayed together`);
  });
});

describe('Batches', () => {
  it('show every image once an epoch, each epoch in another order', async () => {
    const batches = new Batches(indexDataset(10), 4, 1);
    const order: number[] = [];
    for (const step of range(5)) order.push(...(await indicesAt(batches, step)));
    const [first, second] = [order.slice(0, 10), order.slice(10)];
    assert.deepEqual([...first].sort(), range(10));
    assert.deepEqual([...second].sort(), range(10));
    assert.notDeepEqual(first, second);
    assert.notDeepEqual(first, range(10));
  });

  it('are the same in any order of asking', async () => {
    const forward = new Batches(indexDataset(103), 16, 5);
    const expected: number[][] = [];
    for (const step of range(30)) expected.push(await indicesAt(forward, step));
    const jumping = new Batches(indexDataset(103), 16, 5);
    for (const step of [29, 3, 4, 4, 0, 17, 18, 2]) assert.deepEqual(await indicesAt(jumping, step), expected[step]);
  });

  it('differ by seed', async () => {
    const orders = await Promise.all(range(20).map((seed) => indicesAt(new Batches(indexDataset(50), 50, seed), 0)));
    assert.equal(new Set(orders.map(String)).size, 20);
  });

  it('may be larger than the dataset', async () => {
    const indices = await indicesAt(new Batches(indexDataset(3), 8, 0), 0);
    assert.equal(indices.length, 8);
    assert.deepEqual([...indices.slice(0, 3)].sort(), [0, 1, 2]);
    assert.deepEqual([...indices.slice(3, 6)].sort(), [0, 1, 2]);
  });

  it('read an endless dataset in order, elsewhere for each seed', async () => {
    const dataset = indexDataset(Number.POSITIVE_INFINITY);
    for (const seed of [0, 1, 4294967295]) {
      const batches = new Batches(dataset, 4, seed);
      await batches.at(0);
      await batches.at(1_000_000);
      await batches.close();
    }
    for (const indices of dataset.asked) {
      indices.forEach((index, i) => {
        assert.ok(Number.isSafeInteger(index) && index === indices[0]! + i);
      });
    }
    assert.equal(new Set(dataset.asked.map(([start]) => start)).size, dataset.asked.length);
  });

  it('read the next batch ahead, once', async () => {
    const dataset = indexDataset(100);
    const batches = new Batches(dataset, 10, 2);
    await batches.at(0);
    assert.equal(dataset.asked.length, 1, 'the caller goes first');
    await setImmediate();
    await setImmediate();
    assert.equal(dataset.asked.length, 2);
    const read = dataset.asked[1];
    assert.deepEqual(await indicesAt(batches, 1), read);
    assert.equal(dataset.asked.length, 2);
  });

  it('report a failed read to whoever asks for that step, and only then', async () => {
    const dataset = indexDataset(100);
    let fail = false;
    const batches = new Batches(
      { ...dataset, read: (indices) => (fail ? Promise.reject(new Error('disk gone')) : dataset.read(indices)) },
      10,
      2,
    );
    await batches.at(0);
    fail = true;
    await setImmediate();
    await setImmediate();
    await assert.rejects(batches.at(1), /disk gone/);
    fail = false;
    assert.equal((await batches.at(1)).labels!.length, 10);
  });

  it('give nothing after they are closed', async () => {
    const batches = new Batches(indexDataset(100), 10, 2);
    await batches.at(0);
    await batches.close();
    await assert.rejects(batches.at(1), /closed/);
  });
});
