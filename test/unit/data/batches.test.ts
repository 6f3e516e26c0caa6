import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Batches } from '../../../sidecar/data/batches.ts';
import type { Dataset } from '../../../sidecar/data/dataset.ts';
import { permuted } from '../../../sidecar/data/permutation.ts';
import type { HostTensor } from '../../../sidecar/engine/engine.ts';
import { range } from './fixtures.ts';

/** One number an example. */
const numbers = (values: readonly number[]): HostTensor => ({
  dtype: 'float32',
  shape: [values.length, 1],
  data: Float32Array.from(values),
});

/** A dataset whose labels are the indices asked for. */
function indexDataset(size: number): Dataset & { readonly asked: number[][] } {
  const asked: number[][] = [];
  return {
    asked,
    info: { name: 'indices', modality: 'images', size, shape: [1], sourceShape: null, classNames: null, skipped: [] },
    async read(indices) {
      asked.push([...indices]);
      return { examples: numbers(indices), labels: Int32Array.from(indices), sources: null };
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

  it('read the next two batches ahead, each once', async () => {
    const dataset = indexDataset(100);
    const batches = new Batches(dataset, 10, 2);
    await batches.at(0);
    assert.equal(dataset.asked.length, 3);
    const [, second] = dataset.asked;
    assert.deepEqual(await indicesAt(batches, 1), second);
    await batches.at(2);
    assert.equal(dataset.asked.length, 5);
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
    // Steps 1 and 2 are read already; 3 is asked for now, ahead of its turn.
    await batches.at(1);
    fail = false;
    await batches.at(2);
    await assert.rejects(batches.at(3), /disk gone/);
    assert.equal((await batches.at(3)).labels!.length, 10);
  });

  it('say how long callers have waited, since they were last asked', async () => {
    const dataset = indexDataset(100);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let now = 0;
    const batches = new Batches(
      {
        ...dataset,
        async read(indices) {
          await held;
          return dataset.read(indices);
        },
      },
      10,
      2,
      { clock: () => now },
    );
    const first = batches.at(0);
    now = 5000;
    release();
    await first;
    assert.equal(batches.takeWaited(), 5);
    assert.equal(batches.takeWaited(), 0);
    await batches.at(1);
    assert.equal(batches.takeWaited(), 0, 'what has been read costs no waiting');
  });

  it('vary each position of an epoch by a number of its own', async () => {
    const keys: number[] = [];
    const dataset = indexDataset(10);
    const seen: Dataset = {
      ...dataset,
      read: (indices, varied) => {
        keys.push(...varied!);
        return dataset.read(indices);
      },
    };
    const batches = new Batches(seen, 10, 3);
    for (const step of range(4)) await batches.at(step);
    assert.equal(new Set(keys.slice(0, 40)).size, 40);
    const again: number[] = [];
    const later = new Batches(
      { ...dataset, read: (indices, varied) => dataset.read(indices).finally(() => again.push(...varied!)) },
      10,
      3,
    );
    await later.at(2);
    assert.deepEqual(again.slice(0, 10), keys.slice(20, 30));
  });

  it('give nothing after they are closed', async () => {
    const batches = new Batches(indexDataset(100), 10, 2);
    await batches.at(0);
    await batches.close();
    await assert.rejects(batches.at(1), /closed/);
  });
});

describe('Batches of balanced classes', () => {
  /** Labels in the proportions of their numbers: one 0, two 1, three 2, …; with no image of class 3. */
  const labels = Int32Array.from([0, 1, 1, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
  const dataset: Dataset = {
    info: {
      name: 'unequal',
      size: labels.length,
      modality: 'images',
      shape: [1],
      sourceShape: null,
      classNames: ['a', 'b', 'c', 'd', 'e'],
      skipped: [],
    },
    labels,
    async read(indices) {
      return { examples: numbers(indices), labels: Int32Array.from(indices, (i) => labels[i]!), sources: null };
    },
    async close() {},
  };
  const balanced = (batchSize: number, seed = 1) => new Batches(dataset, batchSize, seed, { balanceClasses: true });
  const counts = (found: Int32Array) => [0, 1, 2, 4].map((label) => found.filter((value) => value === label).length);

  it('hold every class equally often', async () => {
    const batches = balanced(8);
    for (const step of range(20)) assert.deepEqual(counts((await batches.at(step)).labels!), [2, 2, 2, 2]);
  });

  it('differ by one at most where the batch does not divide, and in all classes alike', async () => {
    const batches = balanced(6);
    const total = [0, 0, 0, 0];
    for (const step of range(400)) {
      const found = counts((await batches.at(step)).labels!);
      assert.ok(Math.max(...found) - Math.min(...found) <= 1, String(found));
      found.forEach((count, i) => {
        total[i]! += count;
      });
    }
    for (const count of total) assert.ok(Math.abs(count - 600) < 60, String(total));
  });

  it('are a function of seed and step', async () => {
    const forward = balanced(8);
    const expected: HostTensor[] = [];
    for (const step of range(10)) expected.push((await forward.at(step)).examples);
    const jumping = balanced(8);
    for (const step of [9, 2, 3, 0]) assert.deepEqual((await jumping.at(step)).examples, expected[step]);
    assert.notDeepEqual((await balanced(8, 2).at(0)).examples, expected[0]);
  });

  it('show all images of a class before one again', async () => {
    const batches = balanced(4);
    const ofLargest: number[] = [];
    for (const step of range(12)) {
      const { examples, labels: found } = await batches.at(step);
      ofLargest.push(examples.data[found!.indexOf(4)]!);
    }
    assert.deepEqual(
      ofLargest.sort((a, b) => a - b),
      range(12).map((i) => i + 6),
    );
  });

  it('have fewer images than classes without repeating a class', async () => {
    const batches = balanced(3);
    for (const step of range(10)) assert.equal(new Set((await batches.at(step)).labels!).size, 3);
  });
});
