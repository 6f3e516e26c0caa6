import assert from 'node:assert/strict';
import { type LayersOptions, ShapeLayers } from '../../sidecar/models/shape-layers.ts';
import { initialValues } from '../../sidecar/sampling/initial-values.ts';

/** Values of the weights that `build` asks for, by name. */
function drawn(build: (layers: ShapeLayers) => unknown, seed = 5, options: LayersOptions = {}) {
  const shapes = new ShapeLayers(options);
  build(shapes);
  return Object.fromEntries(shapes.weights.map((spec) => [spec.name, initialValues(spec, `net/${spec.name}`, seed)]));
}

const deviation = (values: Float32Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

/** Of n normal numbers, the deviation is off by 1 / √(2n) on average: four times that. */
function assertDeviation(values: Float32Array | undefined, expected: number): void {
  assert.ok(values !== undefined);
  const off = Math.abs(deviation(values) / expected - 1);
  assert.ok(off < 4 / Math.sqrt(2 * values.length), `${deviation(values)} is not near ${expected}`);
}

const image = { dims: [4, 4, 16] };

describe('initial values', () => {
  it('glorot-uniform fills its bound, whatever the groups', () => {
    for (const groups of [1, 4]) {
      const { 'c/kernel': kernel, 'c/bias': bias } = drawn((l) => l.conv2d('c', image, 32, 3, 1, { groups }));
      const bound = Math.sqrt(6 / (9 * (16 / groups + 32 / groups)));
      const largest = Math.max(...kernel!.map(Math.abs));
      assert.ok(largest <= bound && largest > 0.99 * bound, `${largest}, bound ${bound}`);
      assert.deepEqual(bias, new Float32Array(32));
    }
  });

  it('he-normal, DCGAN’s normal, equalised weights and gains have their deviation', () => {
    const init = 'he-normal';
    const values = drawn((l) => {
      l.conv2d('he', image, 32, 3, 1, { init });
      l.conv2d('groups', image, 32, 3, 1, { init, groups: 4 });
      l.conv2d('gain', image, 32, 3, 1, { init, gain: 0.25 });
      l.conv2d('dcgan', image, 32, 3, 1, { init: 'normal-0.02' });
      l.dense('equalised', { dims: [64] }, 64, { equalized: true, gain: 0.1, init });
      l.parameter('basis', [4, 4, 256], 'normal');
    });
    assertDeviation(values['he/kernel'], Math.sqrt(2 / (9 * 16)));
    assertDeviation(values['groups/kernel'], Math.sqrt(2 / (9 * 4)));
    assertDeviation(values['gain/kernel'], 0.25 * Math.sqrt(2 / (9 * 16)));
    assertDeviation(values['dcgan/kernel'], 0.02);
    assertDeviation(values['equalised/kernel'], 1);
    assertDeviation(values.basis, 1);
  });

  for (const [rows, columns] of [
    [12, 30],
    [30, 12],
    [16, 16],
  ] as const) {
    it(`orthogonal, ${rows} → ${columns}: the fewer of rows and columns are orthonormal, times the gain`, () => {
      const { 'd/kernel': w } = drawn((l) => l.dense('d', { dims: [rows] }, columns, { init: 'orthogonal', gain: 2 }));
      const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
      const at = (vector: number, i: number) =>
        rows < columns ? w![vector * columns + i]! : w![i * columns + vector]!;
      for (let a = 0; a < count; a += 1) {
        for (let b = 0; b <= a; b += 1) {
          let inner = 0;
          for (let i = 0; i < length; i += 1) inner += at(a, i) * at(b, i);
          assert.ok(Math.abs(inner - (a === b ? 4 : 0)) < 1e-5, `${a}, ${b}: ${inner}`);
        }
      }
    });
  }

  it('depend on seed and name alone', () => {
    const two = (l: ShapeLayers) => [l.dense('a', { dims: [8] }, 8), l.dense('b', { dims: [8] }, 8)];
    const one = (l: ShapeLayers) => l.dense('b', { dims: [8] }, 8);
    assert.deepEqual(drawn(two)['b/kernel'], drawn(one)['b/kernel']);
    assert.notDeepEqual(drawn(two)['a/kernel'], drawn(two)['b/kernel']);
    assert.notDeepEqual(drawn(one, 6)['b/kernel'], drawn(one)['b/kernel']);
  });

  it('spectral normalisation adds a vector to every kernel, and nothing to train', () => {
    const build = (l: ShapeLayers) => {
      l.conv2d('c', image, 32, 3, 1);
      l.conv2dTranspose('t', image, 8, 4, 2, { bias: false });
      l.dense('d', { dims: [64] }, 5);
      l.normalize('n', image, 'group');
    };
    const [plain, spectral] = [new ShapeLayers(), new ShapeLayers({ spectralNormalization: true })];
    build(plain);
    build(spectral);
    const state = spectral.weights.filter(({ trainable }) => !trainable);
    assert.deepEqual(
      state.map(({ name, shape }) => [name, shape]),
      [
        ['c/u', [32]],
        ['t/u', [8]],
        ['d/u', [5]],
      ],
    );
    assert.deepEqual(
      spectral.weights.filter(({ trainable }) => trainable),
      plain.weights,
    );
    const { 'c/u': u } = drawn(build, 5, { spectralNormalization: true });
    assertDeviation(u, 1 / Math.sqrt(32));
  });
});
