import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import { build, type Example, examples } from './layer-models.ts';
import { compiledEngine, named, numbers, oracleEngine } from './support.ts';

const STEPS = 6;

/**
 * Losses are means of some hundred float32 values; an optimizer that divides by the size of the
 * gradient magnifies the rounding of small ones from step to step.
 */
const TOLERANCE = 2e-5;

const tensorOf = ({ data, shape }: HostTensor) => tf.tensor(data as Float32Array, [...shape]);

function close(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  for (const [at, value] of expected.entries()) {
    const error = Math.abs(actual[at]! - value);
    assert.ok(error <= TOLERANCE * Math.max(1, Math.abs(value)), `loss ${at}: ${actual[at]}, the oracle says ${value}`);
  }
  assert.notEqual(expected[0], expected.at(-1));
}

/** As a program for any backend trains: a batch at a time, reading each loss. */
async function trainOnBatches(example: Example): Promise<{ losses: number[]; model: tfl.LayersModel }> {
  const model = build(example);
  model.compile({ optimizer: tf.train.adam(0.01), loss: example.loss });
  const [x, y] = [tensorOf(example.x), tensorOf(example.y)];
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step += 1) losses.push((await model.trainOnBatch(x, y)) as number);
  tf.dispose([x, y]);
  return { losses, model };
}

const lossOf = ({ loss }: Example, y: tf.Tensor, predicted: tf.Tensor): tf.Scalar =>
  tf.mean(tfl.metrics[loss](y, predicted)) as tf.Scalar;

const weightsOf = (model: tfl.LayersModel) =>
  model.trainableWeights.map((weight) => (weight as unknown as { readonly val: tf.Variable }).val);

/** One update of the model by the optimizer, inside or outside a compiled step. */
function update(example: Example, model: tfl.LayersModel, optimizer: tf.Optimizer, x: tf.Tensor, y: tf.Tensor) {
  const { value, grads } = tf.variableGrads(
    () => lossOf(example, y, model.apply(x, { training: true }) as tf.Tensor),
    weightsOf(model),
  );
  optimizer.applyGradients(grads);
  return value;
}

/** By a step of an engine; the optimizer makes its variables at the first. */
async function trainInSteps(
  engine: Engine,
  example: Example,
  makeOptimizer = () => tf.train.adam(0.01) as tf.Optimizer,
): Promise<number[]> {
  const [model, optimizer] = [build(example), makeOptimizer()];
  const step = engine.compile('train', ({ x0, x1 }) => ({ loss: update(example, model, optimizer, x0!, x1!) }));
  const losses: number[] = [];
  for (let at = 0; at < STEPS; at += 1) {
    const { loss } = await step.run(named([example.x, example.y]), { seed: 1, step: at });
    losses.push(loss!.data[0]!);
  }
  step.dispose();
  model.dispose();
  optimizer.dispose();
  return losses;
}

const first = examples['dense layers with dropout and a layer norm']!;

describe('tf.layers models train as on the oracle', () => {
  for (const [name, example] of Object.entries(examples)) {
    it(`${name}, by trainOnBatch`, async () => {
      await oracleEngine();
      const expected = await trainOnBatches(example);
      await compiledEngine();
      const actual = await trainOnBatches(example);
      close(actual.losses, expected.losses);
      for (const { model } of [expected, actual]) model.dispose();
    });

    it(`${name}, in a compiled step`, async () => {
      const actual = await trainInSteps(await compiledEngine(), example);
      close(actual, await trainInSteps(await oracleEngine(), example));
    });
  }

  const optimizers = {
    sgd: () => tf.train.sgd(0.1),
    momentum: () => tf.train.momentum(0.05, 0.9),
    'momentum of Nesterov': () => tf.train.momentum(0.05, 0.9, true),
    rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.5),
    adagrad: () => tf.train.adagrad(0.1),
    adadelta: () => tf.train.adadelta(1),
    adamax: () => tf.train.adamax(0.01),
  };
  for (const [name, make] of Object.entries(optimizers)) {
    it(`${name} in a compiled step`, async () => {
      const actual = await trainInSteps(await compiledEngine(), first, make);
      close(actual, await trainInSteps(await oracleEngine(), first, make));
    });
  }

  it('by fit, with validation, shuffling off', async () => {
    const fit = async () => {
      const model = build(first);
      model.compile({ optimizer: 'sgd', loss: first.loss, metrics: ['accuracy'] });
      const [x, y] = [tensorOf(first.x), tensorOf(first.y)];
      const { history } = await model.fit(x, y, {
        epochs: 3,
        batchSize: 4,
        shuffle: false,
        validationSplit: 0.2,
        verbose: 0,
      });
      tf.dispose([x, y]);
      model.dispose();
      return Object.fromEntries(Object.entries(history).map(([key, values]) => [key, values as number[]]));
    };
    await oracleEngine();
    const expected = await fit();
    await compiledEngine();
    const actual = await fit();
    assert.deepEqual(Object.keys(actual), Object.keys(expected));
    close(actual.loss!, expected.loss!);
    close(actual.val_loss!, expected.val_loss!);
    assert.deepEqual(actual.acc, expected.acc);
  });

  it('and are saved and loaded again, with the same predictions', async () => {
    await compiledEngine();
    for (const example of Object.values(examples).slice(0, 4)) {
      const { model } = await trainOnBatches(example);
      let saved: tf.io.ModelArtifacts | undefined;
      await model.save(
        tf.io.withSaveHandler(async (artifacts) => {
          saved = artifacts;
          return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
        }),
      );
      const loaded = await tfl.loadLayersModel(tf.io.fromMemory(saved!));
      const x = tensorOf(example.x);
      const [before, after] = [model.predict(x) as tf.Tensor, loaded.predict(x) as tf.Tensor];
      assert.deepEqual(await after.data(), await before.data());
      tf.dispose([x, before, after]);
      model.dispose();
      loaded.dispose();
    }
  });
});

describe('variables that a step makes', () => {
  const counter = { seed: 1, step: 0 };

  it('keep the values they were made with, and are there at the next run', async () => {
    const engine = await compiledEngine();
    let total: tf.Variable | undefined;
    const step = engine.compile('lazy', ({ x0 }) => {
      total ??= tf.variable(tf.fill([2], 10), false);
      total.assign(tf.add(total, x0!));
      return { total: tf.mul(total, 1) };
    });
    const one = named([{ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }]);
    assert.deepEqual([...(await step.run(one, counter)).total!.data], [11, 12]);
    assert.deepEqual([...(await step.run(one, counter)).total!.data], [12, 14]);
    assert.deepEqual([...(await total!.data())], [12, 14]);
    total!.dispose();
  });

  it('may not be made at every run, nor from what the step was given', async () => {
    const engine = await compiledEngine();
    const { numTensors } = tf.memory();
    const always = engine.compile('always', ({ x0 }) => ({ y: tf.add(tf.variable(tf.ones([2])), x0!) }));
    const before = Object.keys(tf.engine().registeredVariables).length;
    await assert.rejects(always.run(named([numbers([2])]), counter), /it makes variables \(.*\) every time; make them/);
    const given = engine.compile('given', ({ x0 }) => ({ y: tf.add(tf.variable(x0!), 1) }));
    await assert.rejects(given.run(named([numbers([2])]), counter), /from values of the step; make them before/);
    assert.equal(tf.memory().numTensors - numTensors, Object.keys(tf.engine().registeredVariables).length - before);
  });
});
