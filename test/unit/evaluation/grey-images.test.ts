import assert from 'node:assert/strict';
import { toGreyImages } from '../../../sidecar/evaluation/features/grey-images.ts';
import { nearInFloat32 as near } from './near.ts';

const LENGTH = 28 * 28;

describe('grey images for the classifier', () => {
  it('leaves grey images of 28×28 as they are', () => {
    const pixels = Float32Array.from({ length: 2 * LENGTH }, (_, i) => Math.sin(i));
    assert.deepEqual(toGreyImages({ pixels, size: 28, channels: 1 }), pixels);
  });

  it('takes channels apart', () => {
    const pixels = Float32Array.from({ length: 2 * LENGTH * 3 }, (_, i) => i);
    const grey = toGreyImages({ pixels, size: 28, channels: 3 });
    assert.equal(grey.length, 6 * LENGTH);
    for (const [at, expected] of [
      [0, 0],
      [LENGTH, 1],
      [2 * LENGTH + 5, 17],
      [3 * LENGTH + 1, 3 * LENGTH + 3],
    ] as const) {
      near(grey[at], expected);
    }
  });

  it('resizes without moving: a ramp stays one', () => {
    for (const size of [16, 32, 56]) {
      // The value of a pixel is the place of its centre, from 0 to 1.
      const pixels = Float32Array.from({ length: size * size }, (_, i) => ((i % size) + 0.5) / size);
      const grey = toGreyImages({ pixels, size, channels: 1 });
      // A filter with few taps is not quite even; half a pixel would be 0.018.
      const tolerance = 2e-3;
      for (let x = 3; x < 25; x++) near(grey[14 * 28 + x], (x + 0.5) / 28, `from ${size}`, tolerance);
      const turned = Float32Array.from(pixels, (_, i) => pixels[(i % size) * size + Math.floor(i / size)]!);
      const down = toGreyImages({ pixels: turned, size, channels: 1 });
      for (let y = 3; y < 25; y++) near(down[y * 28 + 14], (y + 0.5) / 28, `from ${size}`, tolerance);
    }
  });

  it('makes smaller by averages, not by leaving pixels out', () => {
    const pixels = Float32Array.from({ length: 56 * 56 }, (_, i) => (i % 2 === 0 ? -1 : 1));
    const grey = toGreyImages({ pixels, size: 56, channels: 1 });
    for (let x = 1; x < 27; x++) near(grey[14 * 28 + x], 0);
  });
});
