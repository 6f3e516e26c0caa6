import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../sidecar/config/resolved-config.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { Optimizer } from '../../sidecar/training/optimizers/optimizer.ts';
import type { Update } from '../../sidecar/training/optimizers/rule.ts';
import { eachEngine } from './engines.ts';
import { close } from './fixtures.ts';

const START = [0.5, -1.25, 3];
const gradientAt = (t: number) => [Math.sin(t), 1e-6 * t, 100 * Math.cos(t)];

const base: OptimizerConfig = {
  kind: 'adam',
  learningRate: 0.01,
  beta1: 0.5,
  beta2: 0.99,
  momentum: 0,
  decay: 0.9,
  weightDecay: 0,
  l2: 0,
  clipNorm: 0,
};

/** One weight's rule in float64: θ and the gradient at update t to the new θ; state is its own. */
type Reference = (config: OptimizerConfig) => (theta: number, g: number, update: Update) => number;

const adam: Reference = ({ beta1 }) => {
  let [m, v] = [0, 0];
  return (theta, g, { t, learningRate, beta2 }) => {
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    return theta - (learningRate * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + 1e-8);
  };
};

const adamW: Reference = (config) => {
  const plain = adam(config);
  return (theta, g, update) => plain(theta, g, update) - update.learningRate * config.weightDecay * theta;
};

const sgd: Reference = ({ momentum }) => {
  let velocity = 0;
  return (theta, g, { learningRate }) => {
    velocity = momentum * velocity + g;
    return theta - learningRate * velocity;
  };
};

const rmsProp: Reference = ({ decay, momentum }) => {
  let [meanSquare, velocity] = [0, 0];
  return (theta, g, { learningRate }) => {
    meanSquare = decay * meanSquare + (1 - decay) * g * g;
    velocity = momentum * velocity + g / (Math.sqrt(meanSquare) + 1e-8);
    return theta - learningRate * velocity;
  };
};

const cases: readonly (readonly [string, Partial<OptimizerConfig>, Reference, readonly string[]])[] = [
  ['Adam', {}, adam, ['m', 'v']],
  ['AdamW', { kind: 'adamw', weightDecay: 0.1 }, adamW, ['m', 'v']],
  ['SGD', { kind: 'sgd' }, sgd, []],
  ['SGD with momentum', { kind: 'sgd', momentum: 0.9 }, sgd, ['velocity']],
  ['RMSProp', { kind: 'rmsprop' }, rmsProp, ['meanSquare']],
  ['RMSProp with momentum', { kind: 'rmsprop', momentum: 0.5 }, rmsProp, ['meanSquare', 'velocity']],
];

eachEngine((engineName, createEngine) => {
  describe(`optimizers, ${engineName}`, () => {
    /** Updates of one weight [3] by the optimizer, each of `updates` in a step of its own. */
    async function follow(config: OptimizerConfig, updates: readonly Update[]) {
      const engine = await createEngine();
      const variables = new Variables();
      const weight = variables.add('net/weight', [3], Float32Array.from(START), true);
      const optimizer = new Optimizer(config, [weight], variables);
      const step = engine.compile('optimizer', ({ gradient, numbers }) => {
        optimizer.apply({ 'net/weight': gradient as tf.Tensor }, numbers as tf.Tensor);
        return { weight: tf.clone(weight) };
      });
      const weights: number[][] = [];
      try {
        for (const [i, update] of updates.entries()) {
          const gradient = { dtype: 'float32', shape: [3], data: Float32Array.from(gradientAt(i + 1)) } as const;
          const outcome = await step.run({ gradient, numbers: optimizer.numbers([update]) }, { seed: 0, step: i });
          weights.push([...(outcome.weight?.data ?? [])]);
        }
        return { weights, names: Object.keys(await variables.read()) };
      } finally {
        variables.dispose();
        await engine.dispose();
      }
    }

    for (const [name, change, reference, slots] of cases) {
      it(`${name}: updates as computed in float64, with a learning rate and β₂ that change`, async () => {
        const config = { ...base, ...change };
        const updates = [1, 2, 3].map((t) => ({ t, learningRate: 0.01 * t, beta2: 0.9 + 0.03 * t }));
        const { weights, names } = await follow(config, updates);
        const rules = START.map(() => reference(config));
        const theta = [...START];
        updates.forEach((update, i) => {
          gradientAt(update.t).forEach((g, at) => {
            theta[at] = rules[at]!(theta[at]!, g, update);
            close(weights[i]![at]!, theta[at]!, 2e-6);
          });
        });
        assert.deepEqual(names, ['net/weight', ...slots.map((slot) => `optimizer/net/weight/${slot}`)]);
      });
    }

    it('forgets the past in an update 1, as where a new resolution begins', async () => {
      for (const [, change] of cases) {
        const config = { ...base, ...change };
        const updates = [1, 2, 1].map((t) => ({ t, learningRate: 0.01, beta2: 0.99 }));
        const { weights } = await follow(config, updates);
        const fresh = await follow(config, [{ t: 1, learningRate: 0, beta2: 0.99 }]);
        assert.deepEqual(fresh.weights[0], START.map(Math.fround));
        const moved = START.map((_, at) => weights[2]![at]! - weights[1]![at]!);
        const rules = START.map(() => cases.find((each) => each[1] === change)![2](config));
        gradientAt(3).forEach((g, at) => {
          close(moved[at]!, rules[at]!(weights[1]![at]!, g, updates[0]!) - weights[1]![at]!, 1e-5);
        });
      }
    });

    it('adds the gradient of L2 and then bounds the norm of all gradients', async () => {
      const config: OptimizerConfig = { ...base, kind: 'sgd', l2: 0.5, clipNorm: 2 };
      const { weights } = await follow(config, [{ t: 1, learningRate: 0.1, beta2: 0 }]);
      const gradient = gradientAt(1).map((g, at) => g + 0.5 * START[at]!);
      const norm = Math.hypot(...gradient);
      assert.ok(norm > 2);
      START.forEach((theta, at) => {
        close(weights[0]![at]!, theta - (0.1 * gradient[at]! * 2) / norm, 1e-6);
      });
    });
  });
});
