import assert from 'node:assert/strict';
import { seenPixels } from '../../../sidecar/evaluation/features/image-set.ts';
import { judgeByResemblance } from '../../../sidecar/evaluation/judging/by-resemblance.ts';
import { drawn } from '../../../sidecar/evaluation/judging/real-images.ts';
import { nearestDistances, nearestOtherDistances, resemblanceWithin } from '../../../sidecar/evaluation/resemblance.ts';
import { uniforms } from '../../../sidecar/sampling/counter-random.ts';
import { nearInFloat32 as near } from './near.ts';

const SIZE = 4;

const images = (channels: number, ...images: ArrayLike<number>[]) => ({
  pixels: Float32Array.from(images.flatMap((image) => Array.from(image))),
  size: SIZE,
  channels,
});

const set = (channels: number, ...all: ArrayLike<number>[]) => seenPixels(images(channels, ...all));

const noise = (stream: string, channels: number) => uniforms(1, stream, SIZE * SIZE * channels).map((x) => 2 * x - 1);

const constant = (channels: number, ...pixel: number[]) =>
  Array.from({ length: SIZE * SIZE * channels }, (_, i) => pixel[i % channels]!);

describe('resemblance of images', () => {
  it('finds the image that comes twice', () => {
    const again = noise('a', 3).map((x) => x + 0.01);
    const { repeated, closestPair } = resemblanceWithin(set(3, noise('a', 3), noise('b', 3), again));
    assert.equal(repeated, 1);
    assert.ok(closestPair > 0 && closestPair <= 0.005 + 1e-6);
    assert.equal(resemblanceWithin(set(3, noise('a', 3), noise('b', 3))).repeated, 0);
    assert.throws(() => resemblanceWithin(set(3, noise('a', 3))), RangeError);
  });

  it('is the root mean square difference, as a share of the range', () => {
    near(resemblanceWithin(set(1, constant(1, -1), constant(1, 1))).closestPair, 1);
    near(resemblanceWithin(set(1, constant(1, 0), constant(1, 0.5))).closestPair, 0.25);
    // What is out of the range is seen as its end.
    near(resemblanceWithin(set(1, constant(1, 1), constant(1, 3))).closestPair, 0);
  });

  it('does not see the colour of what is transparent', () => {
    const { closestPair } = resemblanceWithin(set(4, constant(4, 1, 1, 1, -1), constant(4, -1, 0, 1, -1)));
    near(closestPair, 0);
    // Half transparent: colours count half. Of four values only red differs, by the whole range.
    const half = resemblanceWithin(set(4, constant(4, 1, 0, 0, 0), constant(4, -1, 0, 0, 0)));
    near(half.closestPair, Math.sqrt(0.5 ** 2 / 4));
  });

  it('measures the way to the nearest training image', () => {
    const training = set(1, constant(1, -1), constant(1, 0), constant(1, 1));
    const [far, same] = nearestDistances(set(1, constant(1, 0.4), constant(1, 1)), training);
    near(far, 0.2);
    near(same, 0);
    near(nearestOtherDistances(set(1, constant(1, 1)), training)[0], 0.5);
  });

  it('judges images by those that they repeat', () => {
    const training = images(1, constant(1, -1), constant(1, 0), constant(1, 1));
    const judged = judgeByResemblance(images(1, constant(1, 0.4), constant(1, 0.4), constant(1, 1)), training);
    assert.deepEqual([judged.samples, judged.repeated, judged.closestPair], [3, 1, 0]);
    assert.deepEqual([judged.realRepeated, judged.realClosestPair, judged.realNearestMedian], [0, 0.5, 0.5]);
    near(judged.nearestTraining.least, 0);
    near(judged.nearestTraining.median, 0.2);
  });

  it('draws the same real images for the same seed, with their classes', () => {
    const all = {
      ...images(1, ...Array.from({ length: 9 }, (_, i) => constant(1, i / 10))),
      labels: Int32Array.from({ length: 9 }, (_, i) => i),
    };
    const some = drawn(all, 4, 1);
    assert.deepEqual(drawn(all, 4, 1), some);
    assert.equal(new Set(some.labels).size, 4);
    for (const [i, label] of some.labels.entries()) near(some.pixels[i * SIZE * SIZE], label / 10);
    assert.equal(drawn(all, 20, 1).labels.length, 9);
  });
});
