import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import { StepError, UnsupportedOperationError } from '../../sidecar/engine/errors/errors.ts';
import { readAll, smallGan } from './networks.ts';
import { compiledEngine, numbers, oracleEngine } from './support.ts';

const counter = { seed: 1, step: 0 };
const floats = (...data: number[]): HostTensor => ({
  dtype: 'float32',
  shape: [data.length],
  data: Float32Array.from(data),
});

/** The same promises hold for both engines. */
for (const [title, create] of Object.entries({ compiled: compiledEngine, eager: oracleEngine })) {
  describe(`variables in a step (${title})`, () => {
    let engine: Engine;
    let total: tf.Variable;

    beforeEach(async () => {
      engine = await create();
      total = tf.variable(tf.tensor([1, 2]), true);
    });

    afterEach(async () => {
      total.dispose();
      await engine.dispose();
    });

    const accumulate = () =>
      engine.compile('accumulate', ({ x }) => {
        const before = tf.mul(total, 1);
        total.assign(tf.add(total, x!));
        return { before, after: tf.mul(total, 2) };
      });

    it('are fed back from replay to replay', async () => {
      const step = accumulate();
      const first = await step.run({ x: floats(1, 1) }, counter);
      assert.deepEqual([...first.before!.data], [1, 2]);
      assert.deepEqual([...first.after!.data], [4, 6]);
      await step.run({ x: floats(1, 1) }, counter);
      await step.run({ x: floats(0.5, 0) }, counter);
      assert.deepEqual([...(await total.data())], [3.5, 4]);
      assert.deepEqual([...total.dataSync()], [3.5, 4]);
    });

    it('may be assigned between replays', async () => {
      const step = accumulate();
      await step.run({ x: floats(1, 1) }, counter);
      total.assign(tf.tensor([10, 20]));
      await step.run({ x: floats(1, 1) }, counter);
      total.assign(tf.add(total, 100));
      await step.run({ x: floats(1, 1) }, counter);
      assert.deepEqual([...(await total.data())], [112, 122]);
    });

    it('keep the values that were read, copied and computed from them', async () => {
      const step = accumulate();
      await step.run({ x: floats(1, 1) }, counter);
      const read = await total.data();
      const copy = total.clone();
      const double = tf.mul(total, 2);
      for (let i = 0; i < 5; i += 1) await step.run({ x: floats(1, 1) }, counter);
      assert.deepEqual([...read], [2, 3]);
      assert.deepEqual([...(await copy.data())], [2, 3]);
      assert.deepEqual([...(await double.data())], [4, 6]);
      assert.deepEqual([...(await total.data())], [7, 8]);
    });

    it('are told from tensors that were copied from them, which keep their values in a step', async () => {
      const copy = total.clone();
      const step = engine.compile('captures', () => {
        total.assign(tf.add(total, copy));
        return { total: tf.add(total, 0) };
      });
      for (let i = 0; i < 3; i += 1) await step.run({}, counter);
      assert.deepEqual([...(await total.data())], [4, 8]);
      assert.deepEqual([...(await copy.data())], [1, 2]);
    });

    it('keep their values when a step throws', async () => {
      const step = engine.compile('fails', ({ x }) => {
        total.assign(tf.add(total, x!));
        throw new Error('no');
      });
      await assert.rejects(step.run({ x: floats(1, 1) }, counter), /no/);
      assert.deepEqual([...(await total.data())], [1, 2]);
    });

    it('are shared by steps, which run in the order they were asked', async () => {
      const twice = engine.compile('twice', () => {
        total.assign(tf.mul(total, 2));
        return { total: tf.mul(total, 1) };
      });
      const step = accumulate();
      const results = await Promise.all([
        twice.run({}, counter),
        step.run({ x: floats(1, 1) }, counter),
        twice.run({}, counter),
      ]);
      assert.deepEqual([...results[2].total!.data], [6, 10]);
      assert.deepEqual([...(await total.data())], [6, 10]);
    });

    it('may be returned as they are, and an input too', async () => {
      const step = engine.compile('returns', ({ x }) => ({ total, x: x! }));
      const { total: returned, x } = await step.run({ x: floats(5) }, counter);
      assert.deepEqual([...returned!.data], [1, 2]);
      assert.deepEqual([...x!.data], [5]);
    });

    it('draws the same random numbers for the same counter only', async () => {
      const step = engine.compile('draws', (_, random) => ({
        normal: random.normal([3]),
        uniform: random.uniform([3]),
        kept: random.dropout([8], 0.5),
      }));
      const first = await step.run({}, { seed: 1, step: 5 });
      await step.run({}, { seed: 1, step: 6 });
      assert.deepEqual(await step.run({}, { seed: 1, step: 5 }), first);
      assert.notDeepEqual(await step.run({}, { seed: 2, step: 5 }), first);
      assert.notDeepEqual(first.normal!.data, first.uniform!.data);
    });

    it('refuse inputs that do not fit, by name', async () => {
      const step = accumulate();
      const wrong = { dtype: 'float32', shape: [3], data: new Float32Array(2) } as const;
      await assert.rejects(step.run({ x: wrong }, counter), /Step "accumulate": input "x" has 2 elements, but shape/);
      const mistyped = { dtype: 'int32', shape: [2], data: new Float32Array(2) } as const;
      await assert.rejects(step.run({ x: mistyped }, counter), /input "x" is int32, so its data must be a Int32Array/);
      assert.deepEqual([...(await total.data())], [1, 2]);
    });
  });
}

describe('random numbers in a step', () => {
  it('are the same on both engines', async () => {
    const draw = async (engine: Engine) =>
      engine
        .compile('draws', (_, random) => ({
          normal: random.normal([5, 3]),
          uniform: random.uniform([7]),
          dropout: random.dropout([4, 9], 0.3),
        }))
        .run({}, { seed: 9, step: 4 });
    assert.deepEqual(await draw(await compiledEngine()), await draw(await oracleEngine()));
  });
});

describe('a compiled step', () => {
  it('is traced once for each set of input shapes', async () => {
    let traces = 0;
    const step = (await compiledEngine()).compile('counted', ({ x }) => {
      traces += 1;
      return { y: tf.sum(x!) };
    });
    for (const length of [2, 3, 2, 3, 2]) {
      const { y } = await step.run({ x: numbers([length], 1, 1) }, counter);
      assert.deepEqual([...y!.data], [length]);
    }
    assert.equal(traces, 2);
  });

  it('leaves no tensors behind', async () => {
    const engine = await compiledEngine();
    const gan = smallGan();
    const step = engine.compile('gan', gan.step);
    await step.run(gan.inputs(0), counter);
    const { numTensors, numDataBuffers } = tf.memory();
    for (let at = 1; at < 10; at += 1) await step.run(gan.inputs(at), { seed: 1, step: at });
    assert.deepEqual([tf.memory().numTensors, tf.memory().numDataBuffers], [numTensors, numDataBuffers]);
    gan.dispose();
  });

  it('keeps memory flat over 1,000 replays', async () => {
    const engine = await compiledEngine();
    const gan = smallGan();
    const step = engine.compile('gan', gan.step);
    const held = () => {
      const { rss, arrayBuffers } = process.memoryUsage();
      return { rss, arrayBuffers };
    };
    const replay = async (from: number, to: number) => {
      for (let at = from; at < to; at += 1) await step.run(gan.inputs(0), { seed: 1, step: at });
    };
    await replay(0, 300);
    const before = held();
    await replay(300, 1300);
    const after = held();
    // Garbage that waits for its collection is a few megabytes; a leak of the weights alone would be 30.
    assert.ok(after.rss - before.rss < 12e6, `grew from ${before.rss} to ${after.rss} bytes`);
    assert.ok(after.arrayBuffers - before.arrayBuffers < 12e6);
    gan.dispose();
  }).timeout(60_000);

  it('continues bit for bit from values that were read and assigned again', async () => {
    const engine = await compiledEngine();
    const gan = smallGan();
    const step = engine.compile('gan', gan.step);
    for (let at = 0; at < 4; at += 1) await step.run(gan.inputs(at), { seed: 1, step: at });
    const saved = await readAll(gan.weights);
    for (let at = 4; at < 8; at += 1) await step.run(gan.inputs(at), { seed: 1, step: at });
    const straight = await readAll(gan.weights);

    for (const [name, { data, shape }] of Object.entries(saved)) {
      const value = tf.tensor(data.slice() as Float32Array, [...shape]);
      gan.weights[name]!.assign(value);
      value.dispose();
    }
    const again = engine.compile('gan', gan.step);
    for (let at = 4; at < 8; at += 1) await again.run(gan.inputs(at), { seed: 1, step: at });
    assert.deepEqual(await readAll(gan.weights), straight);
    gan.dispose();
  });

  it('keeps variables when ONNX Runtime fails in mid-run', async () => {
    const engine = await compiledEngine();
    const table = tf.variable(tf.tensor([1, 2, 3]));
    const step = engine.compile('gathers', ({ at }) => {
      table.assign(tf.add(table, 1));
      return { picked: tf.gather(table, at as tf.Tensor1D) };
    });
    const pick = (index: number) =>
      step.run({ at: { dtype: 'int32', shape: [1], data: Int32Array.of(index) } }, counter);
    await pick(0);
    await assert.rejects(
      pick(99),
      (error) => error instanceof StepError && /Step "gathers": ONNX Runtime/.test(error.message),
    );
    assert.deepEqual([...(await table.data())], [2, 3, 4]);
    assert.deepEqual([...(await pick(2)).picked!.data], [5]);
    table.dispose();
  });

  it('names what it cannot run', async () => {
    const engine = await compiledEngine();
    const grouped = engine.compile('grouped', ({ x }) => ({
      y: tf.conv2d(x as tf.Tensor4D, tf.ones([3, 3, 2, 4]) as tf.Tensor4D, 1, 'same'),
    }));
    await assert.rejects(grouped.run({ x: numbers([1, 4, 4, 4]) }, counter), /Conv2D|depth/);
    const sync = engine.compile('sync', ({ x }) => {
      tf.exp(x!).dataSync();
      return { x: x! };
    });
    await assert.rejects(
      sync.run({ x: numbers([2]) }, counter),
      (error) =>
        error instanceof UnsupportedOperationError &&
        /the result of Exp is known only when the step is replayed/.test(error.message),
    );
    const missing = engine.compile('missing', ({ x }) => ({ y: tf.unique(x!).values }));
    await assert.rejects(missing.run({ x: numbers([2]) }, counter), /Unique/);
  });

  it('refuses a step that makes variables, and one that returns no tensor', async () => {
    const engine = await compiledEngine();
    const makes = engine.compile('makes', ({ x }) => ({ y: tf.add(tf.variable(x!, true, 'made inside'), 1) }));
    await assert.rejects(makes.run({ x: numbers([2]) }, counter), /makes variables \(made inside\)/);
    const returns = engine.compile('returns', () => ({ y: 1 as unknown as tf.Tensor }));
    await assert.rejects(returns.run({}, counter), /output "y" is not a tensor/);
  });

  it('may not be run after it is disposed', async () => {
    const step = (await compiledEngine()).compile('gone', () => ({ y: tf.ones([1]) }));
    await step.run({}, counter);
    step.dispose();
    await assert.rejects(step.run({}, counter), /Step "gone": it was disposed/);
  });
});

describe('outside a step', () => {
  it('operations run when they are read', async () => {
    await compiledEngine();
    const x = tf.tensor([1, 2, 3]);
    const y = tf.add(tf.square(x), 1);
    assert.deepEqual([...y.dataSync()], [2, 5, 10]);
    assert.deepEqual([...(await y.data())], [2, 5, 10]);
    assert.deepEqual([...(await tf.mul(y, 2).data())], [4, 10, 20]);
    assert.deepEqual([...(await tf.fill([3], 7).data())], [7, 7, 7]);
  });
});
