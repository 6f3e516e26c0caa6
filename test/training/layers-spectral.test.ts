/** Spectral normalisation against singular values computed in float64. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import type { Layers } from '../../sidecar/models/layers.ts';
import { ShapeLayers } from '../../sidecar/models/shape-layers.ts';
import { type Mode, TensorLayers } from '../../sidecar/sampling/layers/tensor-layers.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { numbers } from '../engine/support.ts';
import { eachEngine } from './engines.ts';
import { close } from './fixtures.ts';

const SPECTRAL = { spectralNormalization: true };

/** The largest singular value of rows · columns, by 2,000 rounds of power iteration in float64. */
function largestSingularValue(matrix: readonly (readonly number[])[]): number {
  const length = (v: readonly number[]) => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
  let u = matrix[0]!.map((_, i) => 1 + 0.1 * i);
  let sigma = 0;
  for (let round = 0; round < 2000; round += 1) {
    const v = matrix.map((row) => row.reduce((sum, x, i) => sum + x * u[i]!, 0));
    const back = u.map((_, i) => matrix.reduce((sum, row, j) => sum + (row[i]! * v[j]!) / length(v), 0));
    sigma = length(back);
    u = back.map((x) => x / sigma);
  }
  return sigma;
}

/** The kernel as rows of `units` numbers; `unitAxis` is its axis of outputs. */
function rowsOf({ shape, data }: HostTensor, unitAxis: number): number[][] {
  const units = shape[unitAxis]!;
  const inner = shape.slice(unitAxis + 1).reduce((size, length) => size * length, 1);
  const rows: number[][] = Array.from({ length: data.length / units }, () => []);
  for (const [at, value] of data.entries()) {
    const unit = Math.floor(at / inner) % units;
    rows[Math.floor(at / inner / units) * inner + (at % inner)]![unit] = value;
  }
  return rows;
}

/** `scale` is what the stored kernel is multiplied by before it is normalised. */
const layers: Readonly<
  Record<string, { shape: number[]; unitAxis: number; scale: number; run<V>(l: Layers<V>, x: V): V }>
> = {
  dense: { shape: [9], unitAxis: 1, scale: 1, run: (l, x) => l.dense('layer', x, 5, { bias: false }) },
  conv2d: { shape: [5, 5, 3], unitAxis: 3, scale: 1, run: (l, x) => l.conv2d('layer', x, 6, 3, 1, { bias: false }) },
  'conv2d in groups': {
    shape: [5, 5, 4],
    unitAxis: 3,
    scale: 1,
    run: (l, x) => l.conv2d('layer', x, 6, 3, 1, { bias: false, groups: 2 }),
  },
  conv2dTranspose: {
    shape: [3, 3, 3],
    unitAxis: 2,
    scale: 1,
    run: (l, x) => l.conv2dTranspose('layer', x, 6, 4, 2, { bias: false }),
  },
  'an equalised dense': {
    shape: [9],
    unitAxis: 1,
    scale: Math.sqrt(2 / 9),
    run: (l, x) => l.dense('layer', x, 5, { bias: false, equalized: true }),
  },
};

eachEngine((engineName, create) => {
  describe(`spectral normalisation on ${engineName}`, () => {
    let engine: Engine;
    let variables: Variables;
    before(async () => {
      engine = await create();
    });
    after(() => engine.dispose());
    beforeEach(() => {
      variables = new Variables();
    });
    afterEach(() => variables.dispose());

    for (const [name, { shape, unitAxis, scale, run }] of Object.entries(layers)) {
      it(`${name}: the estimate becomes the largest singular value`, async () => {
        const shapes = new ShapeLayers(SPECTRAL);
        run(shapes, { dims: shape });
        variables.addWeights('net', shapes.weights, 3);
        const kernel = (await variables.read())['net/layer/kernel'] as HostTensor;
        const sigma = largestSingularValue(rowsOf(kernel, unitAxis));
        const x = numbers([2, ...shape]);

        const output = (normalised: boolean, mode: (random: Extract<Mode, { training: true }>['random']) => Mode) =>
          engine.compile(`${normalised}`, ({ x: input }, random) => {
            const options = { spectralNormalization: normalised };
            return { y: run(new TensorLayers(variables, 'net', mode(random), options), input as tf.Tensor) };
          });
        const plain = output(false, () => ({ training: false }));
        const training = output(true, (random) => ({ training: true, random, keepStatistics: true }));
        const watching = output(true, (random) => ({ training: true, random, keepStatistics: false }));
        const using = output(true, () => ({ training: false }));
        const at = (step: number) => ({ seed: 1, step });
        const y = async (of: typeof plain) => (await of.run({ x }, at(0))).y as HostTensor;

        const bare = await y(plain);
        const before = await variables.read();
        // Neither of these may improve the estimate.
        assert.deepEqual(await y(watching), await y(using));
        assert.deepEqual(await variables.read(), before);
        for (let step = 0; step < 60; step += 1) await training.run({ x }, at(step));
        const normal = await y(using);
        for (const [i, value] of bare.data.entries()) close(normal.data[i]!, value / (scale * sigma), 1e-4);
        const after = await variables.read();
        assert.deepEqual(after['net/layer/kernel'], before['net/layer/kernel']);
        const u = after['net/layer/u'] as HostTensor;
        assert.deepEqual(u.shape, [kernel.shape[unitAxis]]);
        close(Math.hypot(...u.data), 1, 1e-5);
        for (const compiled of [plain, training, watching, using]) compiled.dispose();
      });
    }

    describe('of one dense layer', () => {
      const [inputs, units] = [4, 3];
      const [x, g] = [numbers([2, inputs], -1, 1, 1), numbers([2, units], -1, 1, 2)];

      /** The gradient by the kernel of what `loss` makes of the layer, and what it is to be compared with. */
      async function gradientOf(loss: (layer: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, g: tf.Tensor) => tf.Tensor) {
        const shapes = new ShapeLayers(SPECTRAL);
        shapes.dense('layer', { dims: [inputs] }, units, { bias: false });
        variables.addWeights('net', shapes.weights, 5);
        const w = rowsOf((await variables.read())['net/layer/kernel'] as HostTensor, 1);
        const compiled = engine.compile('gradient', (given, random) => {
          const kernel = variables.get('net/layer/kernel');
          const network = new TensorLayers(
            variables,
            'net',
            { training: true, random, keepStatistics: true },
            SPECTRAL,
          );
          const layer = (input: tf.Tensor) => network.dense('layer', input, units, { bias: false });
          const total = () => loss(layer, given.x as tf.Tensor, given.g as tf.Tensor) as tf.Scalar;
          return { gradient: tf.variableGrads(total, [kernel]).grads[kernel.name] as tf.Tensor };
        });
        const { gradient } = await compiled.run({ x, g }, { seed: 1, step: 0 });
        compiled.dispose();
        const u = [...((await variables.read())['net/layer/u'] as HostTensor).data];
        const along = w.map((row) => row.reduce((sum, value, j) => sum + value * u[j]!, 0));
        const sigma = Math.hypot(...along);
        return { gradient: rowsOf(gradient as HostTensor, 1), w, u, v: along.map((value) => value / sigma), sigma };
      }

      const matrix = (value: (i: number, j: number) => number): number[][] =>
        Array.from({ length: inputs }, (_, i) => Array.from({ length: units }, (__, j) => value(i, j)));
      const inner = (a: number[][], b: number[][]) =>
        a.reduce((sum, row, i) => sum + row.reduce((s, value, j) => s + value * b[i]![j]!, 0), 0);
      function assertMatrix(actual: number[][], expected: number[][]): void {
        actual.forEach((row, i) => {
          row.forEach((value, j) => {
            close(value, expected[i]![j]!, 1e-5);
          });
        });
      }

      it('the gradient flows through σ, and not through u and v (Miyato et al. 2018, eq. 11)', async () => {
        const { gradient, w, u, v, sigma } = await gradientOf((layer, input, weight) =>
          tf.sum(tf.mul(layer(input), weight)),
        );
        const [first, second] = [rowsOf(x, 1), rowsOf(g, 1)];
        const outer = matrix((i, j) => first[0]![i]! * second[0]![j]! + first[1]![i]! * second[1]![j]!);
        const share = inner(outer, w) / sigma;
        assertMatrix(
          gradient,
          matrix((i, j) => (outer[i]![j]! - share * v[i]! * u[j]!) / sigma),
        );
      });

      it('and so it does in a gradient penalty', async () => {
        const { gradient, w, u, v, sigma } = await gradientOf((layer, input, weight) => {
          const slope = tf.grad((at: tf.Tensor) => tf.sum(tf.mul(layer(at), weight)))(input);
          return tf.sum(tf.square(slope));
        });
        // P = Σ ‖W gᵀ‖² / σ² over the examples.
        const rows = rowsOf(g, 1);
        const mapped = rows.map((row) =>
          w.map((weights) => weights.reduce((sum, value, j) => sum + value * row[j]!, 0)),
        );
        const penalty =
          mapped.reduce((sum, row) => sum + row.reduce((s, value) => s + value * value, 0), 0) / sigma ** 2;
        assertMatrix(
          gradient,
          matrix((i, j) => {
            const direct = mapped[0]![i]! * rows[0]![j]! + mapped[1]![i]! * rows[1]![j]!;
            return (2 * direct) / sigma ** 2 - ((2 * penalty) / sigma) * v[i]! * u[j]!;
          }),
        );
      });
    });
  });
});
