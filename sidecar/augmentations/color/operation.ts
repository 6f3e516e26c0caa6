/**
 * Brightness, saturation and contrast as DiffAugment has them (Zhao et al. 2020):
 * x + b with b in [−½, ½); distances to each pixel's grey times s in [0, 2); distances to the
 * image's mean times k in [½, 1½). Alpha, the fourth channel, stays; one channel has no saturation.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { StepRandom } from '../../engine/engine.ts';
import { columns, happens, sizes } from '../chance.ts';

/** Images [n, h, w, c]; each of the three happens to an image by itself with the given probability. */
export function color(images: tf.Tensor, probability: tf.Tensor, random: StepRandom): tf.Tensor {
  const [n, height, width, channels] = sizes(images);
  const [b, s, k] = factors(images, probability, random);
  // One after the other, with grey g of a pixel and mean m of an image, they are
  // ((x − g)·s + g + b − m − b)·k + m + b = k·s·x + k·(1 − s)·g + (1 − k)·m + b.
  const colored = channels === 4 ? [1, 1, 1, 0] : Array<number>(channels).fill(1);
  const count = colored.reduce((sum, each) => sum + each, 0);
  const mask = tf.tensor(colored, [1, channels]);
  // Rows of pixels, and what is the same for a whole image repeated along one: broadcasting over a
  // few channels is several times slower than over a row.
  const rows = (values: tf.Tensor) => tf.reshape(values, [n, height, width * channels]);
  const alongRow = (values: tf.Tensor) => tf.tile(tf.reshape(values, [n, 1, channels]), [1, 1, width]);
  const perImage = (values: tf.Tensor) => tf.reshape(values, [n, 1, 1]);

  const grey = rows(toGrey(images, colored, count));
  const m = tf.div(tf.sum(grey, [1, 2]), height * width * count);
  const own = tf.add(tf.mul(mask, tf.mul(k, s)), tf.sub(1, mask));
  const added = tf.mul(mask, tf.add(tf.mul(tf.sub(1, k), tf.reshape(m, [n, 1])), b));
  const kept = tf.mul(rows(images), alongRow(own));
  const shared = tf.mul(grey, perImage(tf.mul(k, tf.sub(1, s))));
  return tf.reshape(tf.add(tf.add(kept, shared), alongRow(added)), images.shape);
}

/** The mean of the coloured channels in each of them, and 0 in alpha. */
function toGrey(images: tf.Tensor, colored: readonly number[], count: number): tf.Tensor {
  if (colored.length === 1) return images;
  const matrix = tf.tensor2d(colored.map((from) => colored.map((to) => (from * to) / count)));
  return tf.matMul(tf.reshape<tf.Rank.R2>(images, [-1, colored.length]), matrix);
}

/** b, s and k, [n, 1] each; 0, 1 and 1 where nothing happens. */
function factors(images: tf.Tensor, probability: tf.Tensor, random: StepRandom) {
  const [b, s, k, ...chances] = columns(images, 6, random) as [tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]];
  const [happensB, happensS, happensK] = chances.map((chance) => happens(chance, probability)) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  return [
    tf.mul(happensB, tf.sub(b, 0.5)),
    tf.add(1, tf.mul(happensS, tf.sub(tf.mul(s, 2), 1))),
    tf.add(1, tf.mul(happensK, tf.sub(k, 0.5))),
  ] as const;
}
