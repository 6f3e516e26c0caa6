import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { AugmentationOperation } from '../../sidecar/config/resolved-config.ts';
import type { Engine, HostTensor, StepFunction } from '../../sidecar/engine/engine.ts';
import { augment } from '../../sidecar/training/augment/augment.ts';
import { addInstanceNoise, instanceNoiseAt } from '../../sidecar/training/augment/instance-noise.ts';
import { affine, augmentByHand, drawn, type Size } from './augment-by-hand.ts';
import { allClose, mean, rows, someNumbers } from './by-hand.ts';
import { eachEngine } from './engines.ts';
import { close } from './fixtures.ts';

const all: readonly AugmentationOperation[] = ['color', 'translation', 'cutout'];
const counter = { seed: 3, step: 7 };
/** Sums over an image of float32 numbers about 1; second derivatives go through them four times. */
const TOLERANCE = 2e-6;

const batch = ({ height, width, channels }: Size, n: number) => {
  const shape = [n, height, width, channels];
  const numbers = someNumbers(n * height * width * channels, 0.9, channels);
  return { numbers, images: { dtype: 'float32', shape, data: Float32Array.from(numbers) } satisfies HostTensor };
};
/** Of the three distances along 8 or 4 pixels, −1 or 1. */
const outer = (uniform: number | undefined) => Math.floor(uniform! * 3) !== 1;
const scalar = (value: number): HostTensor => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });

eachEngine((engineName, createEngine) => {
  describe(`differentiable augmentation, ${engineName}`, () => {
    let engine: Engine;
    before(async () => {
      engine = await createEngine();
    });
    after(() => engine.dispose());

    const augmented =
      (operations: readonly AugmentationOperation[]): StepFunction =>
      ({ images, p }, random) => ({ images: augment(images!, operations, p!, random) });

    async function run(step: StepFunction, images: HostTensor, p: number, at = counter) {
      const compiled = engine.compile('augment', step);
      const outputs = await compiled.run({ images, p: scalar(p) }, at);
      compiled.dispose();
      return outputs;
    }

    /** What these operations draw for `n` images. */
    async function draws(operations: readonly AugmentationOperation[], n: number) {
      const step = engine.compile('draws', (_, random) =>
        Object.fromEntries(operations.map((name) => [name, random.uniform([n, drawn[name]])])),
      );
      const outputs = await step.run({}, counter);
      step.dispose();
      return Object.fromEntries(operations.map((name) => [name, rows(outputs[name]!.data, drawn[name])]));
    }

    for (const channels of [1, 3, 4]) {
      it(`${channels} channels: as computed pixel by pixel, and unchanged with probability 0`, async () => {
        const size = { height: 16, width: 8, channels };
        const { numbers, images } = batch(size, 12);
        for (const operations of [...all.map((name) => [name]), all]) {
          const step = engine.compile('augment', augmented(operations));
          const numbersDrawn = await draws(operations, 12);
          for (const p of [0, 0.5, 1]) {
            const { data } = (await step.run({ images, p: scalar(p) }, counter)).images!;
            allClose(data, augmentByHand(numbers, size, numbersDrawn, p), TOLERANCE);
            if (p === 0) assert.deepEqual(data, images.data);
            else assert.notDeepEqual(data, images.data);
          }
          step.dispose();
        }
      });
    }

    it('colours leave alpha exactly as it was', async () => {
      const { images } = batch({ height: 4, width: 4, channels: 4 }, 5);
      const { data } = (await run(augmented(['color']), images, 1)).images!;
      const alpha = (values: ArrayLike<number>) => rows(values, 4).map((pixel) => pixel[3]);
      assert.deepEqual(alpha(data), alpha(images.data));
    });

    it('the order in the config does not matter', async () => {
      const { images } = batch({ height: 8, width: 8, channels: 3 }, 3);
      const [one, other] = await Promise.all([
        run(augmented(all), images, 1),
        run(augmented([...all].reverse()), images, 1),
      ]);
      assert.deepEqual(one, other);
    });

    it('the same counter gives the same images, another one others', async () => {
      const { images } = batch({ height: 8, width: 8, channels: 3 }, 3);
      const [first, again, other] = [
        await run(augmented(all), images, 1),
        await run(augmented(all), images, 1),
        await run(augmented(all), images, 1, { ...counter, step: 6 }),
      ];
      assert.deepEqual(first, again);
      assert.notDeepEqual(first, other);
    });

    for (const channels of [1, 3, 4]) {
      it(`${channels} channels: first and second derivatives, with everything at once`, async () => {
        const size = { height: 8, width: 4, channels };
        const n = 3;
        const { numbers, images } = batch(size, n);
        const weights = someNumbers(numbers.length, 1, 9);
        const weigh = (y: tf.Tensor) => tf.mul(tf.tensor(weights, y.shape), y);
        // F = ½ Σ w·y², S = ½ |∇F|²; y is affine in the images.
        const F: (x: tf.Tensor, ...given: [tf.Tensor, Parameters<StepFunction>[1]]) => tf.Scalar = (x, p, random) => {
          const y = augment(x, all, p, random);
          return tf.mul(0.5, tf.sum(tf.mul(weigh(y), y)));
        };
        const first: StepFunction = ({ images, p }, random) => ({
          gradient: tf.grad((x) => F(x, p!, random))(images!),
        });
        const second: StepFunction = ({ images, p }, random) => ({
          gradient: tf.grad((x) => {
            const slope = tf.grad((x) => F(x, p!, random))(x);
            return tf.mul(0.5, tf.sum(tf.square(slope)));
          })(images!),
        });

        const numbersDrawn = await draws(all, n);
        const moves = numbersDrawn.translation!.filter(([chance, y, x]) => chance! < 0.8 && [y, x].some(outer));
        assert.ok(moves.length > 0, 'no image is moved with these numbers');
        const byHand = (x: readonly number[]) => augmentByHand(x, size, numbersDrawn, 0.8);
        const { back, forth } = affine(byHand, numbers.length);
        const weighed = (y: readonly number[]) => y.map((value, i) => value * weights[i]!);
        const gradient = back(weighed(byHand(numbers)));
        allClose((await run(first, images, 0.8)).gradient!.data, gradient, TOLERANCE);
        allClose((await run(second, images, 0.8)).gradient!.data, back(weighed(forth(gradient))), TOLERANCE);
      });
    }

    it('happens to the share of images that the probability says, by all distances alike', async () => {
      const n = 2048;
      // A ramp of 16 by 2, whose values tell how far it was moved.
      const ramp = Float32Array.from({ length: n * 32 }, (_, i) => 1 + (Math.floor(i / 2) % 16));
      const images: HostTensor = { dtype: 'float32', shape: [n, 16, 2, 1], data: ramp };
      const { data } = (await run(augmented(['translation']), images, 0.4)).images!;
      const distances = rows(data, 32).map((image) => {
        const row = image.findIndex((value) => value > 0) >> 1;
        return row - (image[row * 2]! || image[row * 2 + 1]!) + 1;
      });
      const expected = (distance: number) => (distance === 0 ? 0.6 : 0) + 0.4 / 5;
      for (const distance of [-2, -1, 0, 1, 2]) {
        const share = mean(distances.map((each) => Number(each === distance)));
        const p = expected(distance);
        // Four standard deviations of a share of n.
        assert.ok(Math.abs(share - p) < 4 * Math.sqrt((p * (1 - p)) / n), `${distance}: ${share}, not ${p}`);
      }
    });

    it('instance noise is normal, of the deviation that the step is given', async () => {
      const { images } = batch({ height: 16, width: 16, channels: 1 }, 32);
      const step = engine.compile('noise', ({ images, deviation }, random) => ({
        noisy: addInstanceNoise(images!, deviation!, random),
      }));
      const noise = async (deviation: number) => {
        const { data } = (await step.run({ images, deviation: scalar(deviation) }, counter)).noisy!;
        return Array.from(data, (x, i) => x - images.data[i]!);
      };
      const drawn = await noise(0.25);
      // Four standard deviations of the mean and of the deviation of 8,192 normal numbers.
      close(mean(drawn), 0, (4 * 0.25) / Math.sqrt(8192));
      close(Math.sqrt(mean(drawn.map((x) => x * x))), 0.25, (4 * 0.25) / Math.sqrt(2 * 8192));
      assert.ok((await noise(0)).every((x) => x === 0));
      step.dispose();
    });
  });
});

describe('instance noise', () => {
  it('falls linearly to 0 over its images and stays there', () => {
    const config = { instanceNoise: 0.1, instanceNoiseImages: 1000 };
    assert.deepEqual(
      [0, 250, 1000, 5000].map((images) => instanceNoiseAt(config, images)),
      [0.1, 0.1 * 0.75, 0, 0],
    );
  });
});
