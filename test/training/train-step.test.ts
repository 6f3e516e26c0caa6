import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../sidecar/config/resolved-config.ts';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { batchInputs } from '../../sidecar/sampling/batch-inputs.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { lossesOf } from '../../sidecar/training/adversarial/losses.ts';
import type { GanNetworks } from '../../sidecar/training/adversarial/networks.ts';
import { stepNumbers } from '../../sidecar/training/adversarial/numbers.ts';
import { Regulation } from '../../sidecar/training/adversarial/regulation.ts';
import { compileGanStep } from '../../sidecar/training/adversarial/step.ts';
import { modelSpec } from '../../sidecar/training/model-spec.ts';
import { Optimizer } from '../../sidecar/training/optimizers/optimizer.ts';
import { eachEngine } from './engines.ts';
import { close, noiseDataset, tinyConfig } from './fixtures.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

/** G(z) = w·z and D(x) = a·x + b over single numbers: small enough to work out on paper. */
function compileLine(config: ResolvedConfig, variables: Variables, engine: Engine) {
  const w = variables.add('generator/w', [1, 1], Float32Array.of(0.5), true);
  const a = variables.add('discriminator/a', [1, 1], Float32Array.of(-0.75), true);
  const b = variables.add('discriminator/b', [1], Float32Array.of(0.25), true);
  const networks: GanNetworks = {
    spec: { ...modelSpec(config, noiseDataset(1).info), latentSize: 1 },
    from: 'latent',
    generate: (_, { latent }) => tf.reshape(tf.matMul(latent as tf.Tensor2D, w as tf.Tensor2D), [-1, 1, 1, 1]),
    atStage: (examples) => examples,
    reduce: () => null,
    discriminate(images) {
      const logits = tf.add(tf.matMul(tf.reshape<tf.Rank.R2>(images, [-1, 1]), a as tf.Tensor2D), b);
      return { logits, classLogits: null, reconstruction: null, features: logits };
    },
  };
  const weights = { generator: variables.trainable('generator'), discriminator: variables.trainable('discriminator') };
  const optimizers = {
    generator: new Optimizer(config.optimizer.generator, weights.generator, variables),
    discriminator: new Optimizer(config.optimizer.discriminator, weights.discriminator, variables),
  };
  const losses = lossesOf(config.objective, 1);
  const regulation = new Regulation(config, variables);
  const step = compileGanStep({ config, networks, losses, weights, optimizers, regulation }, null, engine);
  const plan = { config, optimizers, examplesPerStep: config.training.batchSize, totalExamples: 1000 };
  return {
    run: (at: number, images: Float32Array) => {
      const batch = batchInputs(
        { examples: { dtype: 'float32', shape: [images.length, 1, 1, 1], data: images }, labels: null, sources: null },
        networks.spec,
      );
      return step.run({ ...batch, ...stepNumbers(plan, { shape: [1, 1, 1], begins: 0 }, at) }, at);
    },
  };
}

eachEngine((engineName, createEngine) => {
  describe(`a training step, ${engineName}`, () => {
    for (const loss of ['non-saturating', 'minimax'] as const) {
      it(`${loss}: two updates of each network as computed in float64`, async () => {
        const engine = await createEngine();
        const adam = { learningRate: 0.1, beta1: 0.5, beta2: 0.9 };
        const config = tinyConfig({ objective: { loss }, optimizer: { generator: adam, discriminator: adam } });
        const { batchSize, seed } = config.training;
        const variables = new Variables();
        const step = compileLine(config, variables, engine);
        const noise = engine.compile('noise', (_, random) => ({
          first: random.normal([batchSize, 1]),
          second: random.normal([batchSize, 1]),
        }));

        const weights = { w: 0.5, a: -0.75, b: 0.25 };
        const moments = { w: { m: 0, v: 0 }, a: { m: 0, v: 0 }, b: { m: 0, v: 0 } };
        const descend = (name: keyof typeof weights, gradient: number, t: number) => {
          const moment = moments[name];
          moment.m = adam.beta1 * moment.m + (1 - adam.beta1) * gradient;
          moment.v = adam.beta2 * moment.v + (1 - adam.beta2) * gradient ** 2;
          const corrected = Math.sqrt(moment.v / (1 - adam.beta2 ** t)) + 1e-8;
          weights[name] -= (adam.learningRate * moment.m) / (1 - adam.beta1 ** t) / corrected;
        };

        for (let t = 1; t <= 2; t++) {
          const images = Float32Array.of(0.5, -0.25, 1, 0.125);
          const drawn = await noise.run({}, { seed, step: t - 1 });
          const [z1, z2] = [[...(drawn.first?.data ?? [])], [...(drawn.second?.data ?? [])]];
          assert.notDeepEqual(z1, z2);
          const { metrics, notFinite } = await step.run(t - 1, images);

          const { w, a, b } = weights;
          const real = [...images].map((x) => a * x + b);
          const fake = z1.map((z) => a * w * z + b);
          close(metrics.discriminatorLoss ?? 0, mean(real.map((x) => softplus(-x))) + mean(fake.map(softplus)), 1e-5);
          close(metrics.realScore ?? 0, mean(real.map(sigmoid)), 1e-5);
          close(metrics.fakeScore ?? 0, mean(fake.map(sigmoid)), 1e-5);
          const slopes = [...real.map((x) => -sigmoid(-x)), ...fake.map(sigmoid)];
          const inputs = [...images, ...z1.map((z) => w * z)];
          descend('a', 2 * mean(slopes.map((slope, i) => slope * (inputs[i] as number))), t);
          descend('b', 2 * mean(slopes), t);

          const judged = z2.map((z) => weights.a * w * z + weights.b);
          const surprise = judged.map((x) => (loss === 'minimax' ? -softplus(x) : softplus(-x)));
          close(metrics.generatorLoss ?? 0, mean(surprise), 1e-5);
          const slope = (x: number) => (loss === 'minimax' ? -sigmoid(x) : -sigmoid(-x));
          descend('w', mean(judged.map((x, i) => slope(x) * weights.a * (z2[i] as number))), t);
          assert.equal(notFinite, null);
        }
        const read = await variables.read();
        close(read['generator/w']?.data[0] ?? 0, weights.w, 1e-5);
        close(read['discriminator/a']?.data[0] ?? 0, weights.a, 1e-5);
        close(read['discriminator/b']?.data[0] ?? 0, weights.b, 1e-5);

        variables.dispose();
        await engine.dispose();
      });
    }
  });
});
