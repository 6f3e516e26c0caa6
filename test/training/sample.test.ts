import assert from 'node:assert/strict';
import { createEngine } from '../../sidecar/engine/index.ts';
import { type Picture, toGrid } from '../../sidecar/modalities/images/grid.ts';
import { noiseDataset, type Overrides, tinyConfig } from './fixtures.ts';
import { open } from './gan-fixtures.ts';

/** The pixels of the cell at a row and column. */
function cell({ pixels, width, channels }: Picture, size: number, row: number, column: number): number[] {
  const lines = Array.from({ length: size }, (_, y) => {
    const start = ((2 + row * (size + 2) + y) * width + 2 + column * (size + 2)) * channels;
    return [...pixels.subarray(start, start + size * channels)];
  });
  return lines.flat();
}

async function withTrainer<T>(
  overrides: Overrides,
  data: ReturnType<typeof noiseDataset>,
  use: (opened: Awaited<ReturnType<typeof open>>) => Promise<T>,
): Promise<T> {
  const opened = await open(tinyConfig(overrides), data, () => createEngine('cpu'));
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

const toBytes = (images: Float32Array) => [...images].map((x) => Math.round((x + 1) * 127.5));

describe('sample grid', () => {
  it('is the same for the same weights and seed', async () => {
    const draw = (seed: number) =>
      withTrainer({ training: { seed } }, noiseDataset(), async ({ picture }) => [await picture(0), await picture(0)]);
    const [first, second] = await draw(7);
    assert.deepEqual(first, second);
    assert.deepEqual((await draw(7))[0], first);
    assert.notDeepEqual((await draw(8))[0], first);
  });

  it('shows the classes of a conditional model in order', async () => {
    await withTrainer({ model: { conditional: true } }, noiseDataset(), async ({ picture, variables }) => {
      // A generator that sees the label alone: equal classes give equal images.
      const values = await variables.read();
      const kernel = values['generator/dense_1/kernel'];
      assert.ok(kernel);
      kernel.data.fill(0, 0, 3 * 256);
      variables.assign(values);
      const grid = await picture(0);
      const cells = [0, 1, 2, 3].map((at) => cell(grid, 8, Math.floor(at / 2), at % 2));
      assert.deepEqual(cells[3], cells[0]);
      assert.notDeepEqual(cells[1], cells[0]);
      assert.notDeepEqual(cells[2], cells[1]);
    });
  });

  it('gives each of several generators rows of its own', async () => {
    const overrides: Overrides = { model: { generators: 2 }, monitor: { gridSize: 4 } };
    await withTrainer(overrides, noiseDataset(), async ({ picture, variables }) => {
      const before = await picture(0);
      const values = await variables.read();
      values['generator_2/dense_3/bias']?.data.fill(1);
      variables.assign(values);
      const after = await picture(0);
      for (let row = 0; row < 4; row++) {
        const changed = cell(before, 8, row, 1).join() !== cell(after, 8, row, 1).join();
        assert.equal(changed, row % 2 === 1, `row ${row}`);
      }
    });
  });

  it('super-resolution: shows what was given, what was made and the real image', async () => {
    const data = noiseDataset(16, 3, 10);
    const overrides: Overrides = { model: { architecture: 'super-resolution' }, monitor: { gridSize: 3 } };
    await withTrainer(overrides, data, async ({ picture }) => {
      const grid = await picture(0);
      const pixels = 16 * 16 * 3;
      // Three rows of one image each, from all over the dataset.
      const images = (await data.read([0, 3, 6])).examples.data as Float32Array;
      for (const row of [0, 1, 2]) {
        const real = images.subarray(row * pixels, (row + 1) * pixels);
        assert.deepEqual(cell(grid, 16, row, 2), toBytes(real));
        const given = cell(grid, 16, row, 0);
        for (const [y, x, c] of [
          [0, 0, 0],
          [5, 14, 2],
        ] as const) {
          let sum = 0;
          for (let i = 0; i < 16; i++) {
            const [top, left] = [4 * Math.floor(y / 4) + (i >> 2), 4 * Math.floor(x / 4) + (i % 4)];
            sum += real[(top * 16 + left) * 3 + c] as number;
          }
          const byte = given[(y * 16 + x) * 3 + c] as number;
          assert.ok(Math.abs(byte - (sum / 16 + 1) * 127.5) <= 1, `${byte} is not the mean at ${y}, ${x}`);
        }
        assert.notDeepEqual(cell(grid, 16, row, 1), cell(grid, 16, row, 2));
      }
      assert.deepEqual(await picture(0), grid);
    });
  });

  it('image-to-image: shows the input, what was made and the real image', async () => {
    const data = noiseDataset(16, 3, 2, 1);
    const overrides: Overrides = { model: { architecture: 'image-to-image' }, monitor: { gridSize: 2 } };
    await withTrainer(overrides, data, async ({ picture }) => {
      const grid = await picture(0);
      const { examples, sources } = await data.read([0, 1]);
      assert.ok(sources);
      const [images, inputs] = [examples.data as Float32Array, sources.data as Float32Array];
      for (const row of [0, 1]) {
        assert.deepEqual(cell(grid, 16, row, 2), toBytes(images.subarray(row * 768, (row + 1) * 768)));
        const grey = toBytes(inputs.subarray(row * 256, (row + 1) * 256));
        assert.deepEqual(
          cell(grid, 16, row, 0),
          grey.flatMap((byte) => [byte, byte, byte]),
        );
      }
    });
  });

  it('makes images on request that the seed decides, of the classes asked for', async () => {
    await withTrainer({ model: { conditional: true } }, noiseDataset(), async ({ generate }) => {
      const make = (count: number, seed: number, label: number) =>
        generate({ count, seed, labels: Array(count).fill(label) }, 0);
      const many = await make(150, 1, 0);
      assert.equal(many.length, 150 * 64);
      // Another batch size sums in another order.
      const few = await make(3, 1, 0);
      for (const [i, x] of few.entries()) assert.ok(Math.abs(x - (many[i] as number)) < 1e-5);
      assert.notDeepEqual(await make(3, 2, 0), few);
      assert.notDeepEqual(await make(3, 1, 1), few);
    });
  });

  it('lays images out row by row with margins of two pixels', () => {
    const images = [-1, 1, 0, 2, -9, 0.5, -0.5, 1, /* second image */ ...Array(8 * 3).fill(1)];
    const grid = toGrid(images.slice(0, 16), 2, 1, 2);
    assert.deepEqual([grid.width, grid.height, grid.channels], [10, 10, 1]);
    const row = (y: number) => [...grid.pixels.subarray(10 * y, 10 * y + 10)];
    assert.deepEqual(row(0), Array(10).fill(128));
    assert.deepEqual(row(2), [128, 128, 0, 255, 128, 128, 0, 191, 128, 128]);
    assert.deepEqual(row(3), [128, 128, 128, 255, 128, 128, 64, 255, 128, 128]);
  });

  it('keeps the channels of a pixel together', () => {
    const grid = toGrid([-1, 0, 1], 1, 3, 1);
    const pixel = 3 * (2 * grid.width + 2);
    assert.deepEqual([...grid.pixels.subarray(pixel, pixel + 3)], [0, 128, 255]);
    assert.equal(grid.pixels.length, 5 * 5 * 3);
  });
});
