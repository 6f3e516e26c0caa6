/** FastGAN's own pieces by their formulas, in float64. */
import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs-core';
import { architectureDefaults } from '../../sidecar/config/defaults.ts';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { excitation, gatedLinear } from '../../sidecar/models/fastgan/network.ts';
import type { Judgement } from '../../sidecar/models/heads.ts';
import { architectures } from '../../sidecar/models/index.ts';
import { discriminate } from '../../sidecar/models/networks.ts';
import { type Shape, ShapeLayers } from '../../sidecar/models/shape-layers.ts';
import { specOf } from '../../sidecar/models/spec.ts';
import { TensorLayers } from '../../sidecar/sampling/layers/tensor-layers.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { allClose, mean, rows, sigmoid, someNumbers, sum, tensor } from './by-hand.ts';
import { createEagerEngine } from './engines.ts';

// Sums of some tens of float32 products, 6e-8 each.
const TOLERANCE = 1e-6;
const SLOPE = 0.2;

describe('fastgan', () => {
  let engine: Engine;
  before(async () => {
    engine = await createEagerEngine('cpu');
  });
  after(() => engine.dispose());

  it('a gated linear unit is one half of the channels times the sigmoid of the other', () => {
    const values = someNumbers(2 * 3 * 4, 2, 1);
    const layers = new TensorLayers(new Variables(), '', { training: false });
    const gated = gatedLinear<tf.Tensor>(layers, tensor(values, 2, 1, 3, 4));
    const expected = rows(values, 4).flatMap(([a, b, c, d]) => [a! * sigmoid(c!), b! * sigmoid(d!)]);
    assert.deepEqual(gated.shape, [2, 1, 3, 2]);
    allClose(gated.dataSync(), expected, TOLERANCE);
  });

  it('skip-layer excitation scales channels by what a pooled map says of them', () => {
    const [size, channels, width] = [8, 2, 3];
    const image = someNumbers(size * size * channels, 1, 2);
    const kernel = someNumbers(4 * 4 * channels * width, 0.5, 3);
    const bias = someNumbers(width, 0.5, 4);
    const factors = someNumbers(width * width, 1, 5);
    const variables = new Variables();
    const add = (name: string, shape: number[], values: readonly number[]) =>
      variables.add(`net/skip/${name}`, shape, Float32Array.from(values), true);
    add('pooled/kernel', [4, 4, channels, width], kernel);
    add('pooled/bias', [width], bias);
    add('factors/kernel', [1, 1, width, width], factors);
    add('factors/bias', [width], bias);
    const layers = new TensorLayers(variables, 'net', { training: false });
    const found = excitation<tf.Tensor>(layers, 'skip', tensor(image, 1, size, size, channels), 4, width);

    const at = (y: number, x: number, c: number) => image[(y * size + x) * channels + c]!;
    const pooled = (y: number, x: number, c: number) =>
      mean([0, 1].flatMap((dy) => [0, 1].map((dx) => at(2 * y + dy, 2 * x + dx, c))));
    const hidden = bias.map((b, o) => {
      let total = b;
      for (let y = 0; y < 4; y++)
        for (let x = 0; x < 4; x++)
          for (let c = 0; c < channels; c++)
            total += pooled(y, x, c) * kernel[((y * 4 + x) * channels + c) * width + o]!;
      return total > 0 ? total : SLOPE * total;
    });
    const expected = bias.map((b, o) => sigmoid(b + sum(hidden.map((h, i) => h * factors[i * width + o]!))));
    assert.deepEqual(found.shape, [1, 1, 1, width]);
    allClose(found.dataSync(), expected, TOLERANCE);
    variables.dispose();
  });

  it('makes real images again at half their size, of packs too, where it is asked to', () => {
    const architecture = architectures.fastgan;
    assert.ok(architecture.family === 'adversarial');
    for (const [imageSize, pac] of [
      [16, 1],
      [28, 1],
      [64, 1],
      [32, 3],
    ] as const) {
      const model = { ...architectureDefaults.fastgan.model, baseChannels: 8, pac };
      const shape = [imageSize, imageSize, 3];
      const spec = specOf(model, { shape, sourceShape: null, classNames: null });
      const judged: Shape = { dims: [imageSize, imageSize, 3 * pac] };
      const inputs = { judged, label: null, source: null, fade: null };
      const said: Judgement<Shape> = discriminate<Shape>(new ShapeLayers(), architecture, inputs, spec, true);
      const half = [imageSize / 2, imageSize / 2, 3 * pac];
      assert.deepEqual([said.reconstruction?.made.dims, said.reconstruction?.wanted.dims], [half, half]);
      const unasked: Judgement<Shape> = discriminate<Shape>(new ShapeLayers(), architecture, inputs, spec);
      assert.equal(unasked.reconstruction, null);
    }
  });
});
