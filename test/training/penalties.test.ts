import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor, StepRandom, TensorMap } from '../../sidecar/engine/engine.ts';
import { powerOfSlope } from '../../sidecar/objectives/penalties/divergence/penalty.ts';
import { aroundReal } from '../../sidecar/objectives/penalties/dragan/penalty.ts';
import { gradientPenalty } from '../../sidecar/objectives/penalties/gradient/penalty.ts';
import { followLogits, type LeCamAverages, leCam } from '../../sidecar/objectives/penalties/lecam/penalty.ts';
import { type Critic, zeroCentredPenalty } from '../../sidecar/objectives/penalties/slopes.ts';
import { allClose, dot, mean, rows, slopes, someNumbers, sum } from './by-hand.ts';
import { eachEngine } from './engines.ts';
import { close } from './fixtures.ts';

// Three images of 2×2×1; D(x) = tanh(x W) V with 3 hidden units, whose gradient is W (V ∘ (1 − tanh²)).
const [N, PIXELS, HIDDEN] = [3, 4, 3];
const real = someNumbers(N * PIXELS, 0.8, 1);
const fake = someNumbers(N * PIXELS, 0.8, 2);
const W = someNumbers(PIXELS * HIDDEN, 0.9, 3);
const V = someNumbers(HIDDEN, 1.2, 4);

const critic =
  ({ w, v }: TensorMap): Critic =>
  (images) => {
    const hidden = tf.tanh(tf.matMul(tf.reshape<tf.Rank.R2>(images, [-1, PIXELS]), w as tf.Tensor2D));
    return tf.matMul(hidden, tf.reshape<tf.Rank.R2>(v!, [HIDDEN, -1]));
  };

/** D's output and gradient at one image, by hand. */
function byHand(x: readonly number[], weights: readonly number[]): { output: number; gradient: number[] } {
  const w = rows(weights.slice(0, PIXELS * HIDDEN), HIDDEN);
  const v = weights.slice(PIXELS * HIDDEN);
  const hidden = v.map((_, unit) => Math.tanh(sum(x.map((pixel, i) => pixel * w[i]![unit]!))));
  const pull = v.map((each, unit) => each * (1 - hidden[unit]! ** 2));
  return { output: dot(hidden, v), gradient: w.map((row) => dot(row, pull)) };
}

const length = (vector: readonly number[]) => Math.sqrt(dot(vector, vector));
const unitSlope = (points: readonly number[][], weights: readonly number[]) =>
  mean(points.map((x) => (length(byHand(x, weights).gradient) - 1) ** 2));
const zeroCentred = (points: readonly number[][], weights: readonly number[]) =>
  mean(points.map((x) => length(byHand(x, weights).gradient) ** 2)) / 2;

const host = (data: readonly number[], ...shape: number[]): HostTensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
});
const inputs = {
  real: host(real, N, 2, 2, 1),
  fake: host(fake, N, 2, 2, 1),
  w: host(W, PIXELS, HIDDEN),
  v: host(V, HIDDEN),
};
const counter = { seed: 5, step: 2 };

// Some tens of float32 operations on numbers about 1, 6e-8 each, twice through the critic.
const TOLERANCE = 1e-5;

eachEngine((engineName, createEngine) => {
  describe(`penalties of the discriminator's gradient, ${engineName}`, () => {
    let engine: Engine;
    before(async () => {
      engine = await createEngine();
    });
    after(() => engine.dispose());

    /** The penalty, and its gradients by w and v. */
    async function run(penalty: (given: TensorMap, random: StepRandom) => tf.Tensor, given: typeof inputs = inputs) {
      const step = engine.compile('penalty', ({ real, fake, w, v }, random) => {
        const at = (w: tf.Tensor, v: tf.Tensor) => penalty({ real: real!, fake: fake!, w, v }, random);
        const { value, grads } = tf.valueAndGrads((w, v) => at(w!, v!))([w!, v!]);
        return { value, w: grads[0]!, v: grads[1]! };
      });
      const outputs = await step.run(given, counter);
      step.dispose();
      return {
        value: outputs.value!.data[0]!,
        byWeights: [...outputs.w!.data, ...outputs.v!.data],
      };
    }

    /** What a penalty draws, in its order. */
    async function draws(shapes: readonly (readonly number[])[]): Promise<number[][]> {
      const step = engine.compile('draws', (_, random) =>
        Object.fromEntries(shapes.map((shape, i) => [`draw${i}`, random.uniform(shape)])),
      );
      const drawn = await step.run({}, counter);
      step.dispose();
      return shapes.map((_, i) => [...drawn[`draw${i}`]!.data]);
    }

    function check(
      { value, byWeights }: Awaited<ReturnType<typeof run>>,
      formula: (points: readonly number[][], weights: readonly number[]) => number,
      points: readonly number[][],
    ): void {
      close(value, formula(points, [...W, ...V]), TOLERANCE);
      allClose(
        byWeights,
        slopes((weights) => formula(points, weights), [...W, ...V]),
        TOLERANCE,
      );
    }

    it('WGAN-GP: value and gradient by the weights, at points between real and generated images', async () => {
      const [shares] = await draws([[N, 1, 1, 1]]);
      const points = rows(real, PIXELS).map((x, i) =>
        x.map((pixel, at) => shares![i]! * pixel + (1 - shares![i]!) * fake[i * PIXELS + at]!),
      );
      assert.equal(new Set(shares).size, N);
      check(
        await run((given, random) => gradientPenalty(critic(given), given.real!, given.fake!, random)),
        unitSlope,
        points,
      );
    });

    it('WGAN-div: value and gradient by the weights, at points between real and generated images', async () => {
      const [shares] = await draws([[N, 1, 1, 1]]);
      const points = rows(real, PIXELS).map((x, i) =>
        x.map((pixel, at) => shares![i]! * pixel + (1 - shares![i]!) * fake[i * PIXELS + at]!),
      );
      const sixthPower = (at: readonly number[][], weights: readonly number[]) =>
        mean(at.map((x) => length(byHand(x, weights).gradient) ** 6));
      check(
        await run((given, random) => powerOfSlope(critic(given), given.real!, given.fake!, random)),
        sixthPower,
        points,
      );
    });

    it('DRAGAN: value and gradient by the weights, around real images', async () => {
      const [noise, shares] = await draws([
        [N, 2, 2, 1],
        [N, 1, 1, 1],
      ]);
      const spread = Math.sqrt(mean(real.map((x) => (x - mean(real)) ** 2)));
      const points = rows(
        real.map((x, i) => x + shares![Math.floor(i / PIXELS)]! * 0.5 * spread * noise![i]!),
        PIXELS,
      );
      check(await run((given, random) => aroundReal(critic(given), given.real!, random)), unitSlope, points);
    });

    it('R1 and R2: half the mean squared gradient, and the logits of the same pass', async () => {
      const points = rows(real, PIXELS);
      check(await run((given) => zeroCentredPenalty(critic(given), given.real!).penalty), zeroCentred, points);
      const outputs = (points: readonly number[][], weights: readonly number[]) =>
        mean(points.map((x) => byHand(x, weights).output));
      check(await run((given) => tf.mean(zeroCentredPenalty(critic(given), given.real!).logits)), outputs, points);
    });

    it('loss and R1 together, as the discriminator descends on them', async () => {
      const both = (points: readonly number[][], weights: readonly number[]) =>
        mean(points.map((x) => byHand(x, weights).output)) + 3 * zeroCentred(points, weights);
      const together = await run((given) => {
        const { logits, penalty } = zeroCentredPenalty(critic(given), given.real!);
        return tf.add(tf.mean(logits), tf.mul(3, penalty));
      });
      check(together, both, rows(real, PIXELS));
    });

    it('an image judged by patches has the slope of the mean of its logits', async () => {
      // Twice the same patch, [n, 1, 2, 1]: the mean is the one patch.
      const patches =
        (given: TensorMap): Critic =>
        (images) => {
          const logits = critic(given)(images);
          return tf.reshape(tf.concat([logits, logits], 1), [N, 1, 2, 1]);
        };
      check(
        await run((given) => zeroCentredPenalty(patches(given), given.real!).penalty),
        zeroCentred,
        rows(real, PIXELS),
      );
    });

    it('a critic without slope has a finite gradient', async () => {
      const flat = {
        ...inputs,
        w: host(
          W.map(() => 0),
          PIXELS,
          HIDDEN,
        ),
      };
      const penalty = (given: TensorMap, random: StepRandom) =>
        gradientPenalty(critic(given), given.real!, given.fake!, random);
      const { value, byWeights } = await run(penalty, flat);
      close(value, 1, TOLERANCE);
      assert.ok(byWeights.every(Number.isFinite));
    });

    it('LeCam: logits towards the debiased averages of the other kind', async () => {
      const logits = [0, 1, 2].map((t) => ({ real: someNumbers(4, 2, t), fake: someNumbers(4, 2, 10 + t) }));
      const step = engine.compile('lecam', ({ real, fake, averageReal, averageFake, weight }) => {
        const averages = { real: averageReal, fake: averageFake, weight } as LeCamAverages;
        const { value, grads } = tf.valueAndGrads((r, f) => leCam(r!, f!, averages))([real!, fake!]);
        return { value, byReal: grads[0]!, byFake: grads[1]!, ...prefixed(followLogits(averages, real!, fake!)) };
      });
      let state = { nextReal: 0, nextFake: 0, nextWeight: 0 };
      for (const [t, { real, fake }] of logits.entries()) {
        const { value, byReal, byFake, ...next } = await step.run(
          {
            real: host(real, 4, 1),
            fake: host(fake, 4, 1),
            averageReal: host([state.nextReal]),
            averageFake: host([state.nextFake]),
            weight: host([state.nextWeight]),
          },
          counter,
        );
        // A moving average of weight 0.99 from zero, over its weight, is a mean that leans to the newest.
        const before = logits.slice(0, t);
        const weights = before.map((_, i) => 0.99 ** (t - 1 - i));
        const anchor = (of: 'real' | 'fake') =>
          t === 0
            ? 0
            : dot(
                weights,
                before.map((each) => mean(each[of])),
              ) / sum(weights);
        const formula = (r: readonly number[], f: readonly number[]) =>
          mean(r.map((x) => (x - anchor('fake')) ** 2)) + mean(f.map((x) => (x - anchor('real')) ** 2));
        close(value!.data[0]!, formula(real, fake), TOLERANCE);
        allClose(
          byReal!.data,
          slopes((at) => formula(at, fake), real),
          TOLERANCE,
        );
        allClose(
          byFake!.data,
          slopes((at) => formula(real, at), fake),
          TOLERANCE,
        );
        state = Object.fromEntries(Object.entries(next).map(([name, { data }]) => [name, data[0]!])) as typeof state;
      }
      step.dispose();
    });
  });
});

const prefixed = ({ real, fake, weight }: LeCamAverages) => ({ nextReal: real, nextFake: fake, nextWeight: weight });
