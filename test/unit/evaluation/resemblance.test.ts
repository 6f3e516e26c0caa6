import assert from 'node:assert/strict';
import { nearestDistances, nearestOtherDistances, resemblanceWithin } from '../../../sidecar/evaluation/resemblance.ts';
import { uniforms } from '../../../sidecar/sampling/counter-random.ts';

const SIZE = 4;

const set = (channels: number, ...images: ArrayLike<number>[]) => ({
  pixels: Float32Array.from(images.flatMap((image) => Array.from(image))),
  size: SIZE,
  channels,
});

const noise = (stream: string, channels: number) => uniforms(1, stream, SIZE * SIZE * channels).map((x) => 2 * x - 1);

const constant = (channels: number, ...pixel: number[]) =>
  Array.from({ length: SIZE * SIZE * channels }, (_, i) => pixel[i % channels]!);

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-6, `${actual} is not ${expected}`);

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
});
