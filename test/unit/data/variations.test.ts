import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { Batches } from '../../../sidecar/data/batches.ts';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { dataConfig, imagesOf, range, rejectsWith, temporaryFolder, toByte, write, writeImage } from './fixtures.ts';
import { npy, npz } from './numpy-files.ts';

describe('Changes to real images', () => {
  const folder = temporaryFolder();
  /** Pixel (x, y) of every image is 16y + x. */
  const grid = Uint8Array.from({ length: 8 * 8 * 8 }, (_, i) => 16 * (Math.floor(i / 8) % 8) + (i % 8));
  const open = async (augment: DataConfig['augment']) => {
    const path = await write(join(folder.path, 'x.npz'), npz({ x: npy('|u1', [8, 8, 8], grid) }, false));
    return openDataset(dataConfig({ source: 'npz', path, augment }));
  };
  const clamp = (value: number) => Math.min(7, Math.max(0, value));
  const moved = (flip: boolean, dx: number, dy: number) =>
    range(64).map((i) => {
      const [x, y] = [clamp((i % 8) - dx), clamp(Math.floor(i / 8) - dy)];
      return 16 * y + (flip ? 7 - x : x);
    });
  const name = (pixels: readonly number[]) => pixels.join();

  it('are mirrors half of the time and moves of every length up to the asked one', async () => {
    const dataset = await open({ flip: true, shift: 2 });
    const possible = new Map<string, string>();
    for (const flip of [true, false])
      for (const dx of [-2, -1, 0, 1, 2])
        for (const dy of [-2, -1, 0, 1, 2]) possible.set(name(moved(flip, dx, dy)), `${flip} ${dx} ${dy}`);
    const batches = new Batches(dataset, 8, 1);
    const found = new Map<string, number>();
    for (const step of range(250)) {
      const { images } = await imagesOf(batches.at(step));
      for (const i of range(8)) {
        const change = possible.get(name([...images.slice(i * 64, (i + 1) * 64)].map(toByte)));
        assert.ok(change !== undefined, 'no mixture of a mirror and a move');
        found.set(change, (found.get(change) ?? 0) + 1);
      }
    }
    assert.equal(found.size, 50);
    // 2,000 draws of 50 equal chances: 40 each, with a deviation of 6.3; of mirrors 1,000 ± 22.
    for (const [change, count] of found) assert.ok(count > 12 && count < 75, `${change}: ${count}`);
    const mirrored = [...found]
      .filter(([change]) => change.startsWith('true'))
      .reduce((sum, [, count]) => sum + count, 0);
    assert.ok(Math.abs(mirrored - 1000) < 100, `${mirrored} mirrored`);
  });

  it('are the same for the same seed and step, and others in the next epoch', async () => {
    const dataset = await open({ flip: true, shift: 3 });
    const images = async (seed: number, step: number) =>
      (await imagesOf(new Batches(dataset, 8, seed).at(step))).images;
    assert.deepEqual(await images(5, 40), await images(5, 40));
    assert.notDeepEqual(await images(5, 40), await images(6, 40));
    assert.notDeepEqual(await images(5, 0), await images(5, 1));
  });

  it('are none where none are asked for, and none outside training', async () => {
    const plain = await imagesOf((await open({ flip: false, shift: 0 })).read([0], Uint32Array.of(77)));
    assert.deepEqual([...plain.images].map(toByte), moved(false, 0, 0));
    const outside = await imagesOf((await open({ flip: true, shift: 3 })).read([0]));
    assert.deepEqual(outside.images, plain.images);
  });
});

describe('Inputs of image-to-image', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  const folders = (more: Partial<DataConfig> = {}) =>
    dataConfig({ source: 'folder', path: at('photos'), input: 'folder', inputPath: at('maps'), ...more });

  it('are not made where they are not asked for', async () => {
    const dataset = await openDataset(dataConfig({ source: 'digits' }));
    assert.equal(dataset.info.sourceShape, null);
    assert.equal((await imagesOf(dataset.read([0]))).inputs, null);
    assert.equal((await inspectData(dataConfig({ source: 'digits' }))).sourceShape, null);
  });

  it('are edges: 1 beside a step from black to white, -1 where nothing changes', async () => {
    const half = Uint8Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? 0 : 255));
    const path = await write(at('x.npz'), npz({ x: npy('|u1', [1, 8, 8], half) }, false));
    const dataset = await openDataset(dataConfig({ source: 'npz', path }), { inputs: true });
    assert.equal(dataset.info.sourceShape?.[2] ?? 0, 1);
    const { inputs } = await imagesOf(dataset.read([0]));
    assert.deepEqual(
      [...inputs!],
      range(64).map((i) => (i % 8 === 3 || i % 8 === 4 ? 1 : -1)),
    );
  });

  it('are Sobel’s gradient, by hand', async () => {
    const pixels = Uint8Array.from({ length: 64 }, (_, i) => (i * 29) % 251);
    const path = await write(at('x.npz'), npz({ x: npy('|u1', [1, 8, 8], pixels) }, false));
    const dataset = await openDataset(dataConfig({ source: 'npz', path }), { inputs: true });
    const { inputs } = await imagesOf(dataset.read([0]));
    const pixel = (x: number, y: number) =>
      pixels[Math.min(7, Math.max(0, y)) * 8 + Math.min(7, Math.max(0, x))]! / 127.5 - 1;
    for (const [x, y] of [
      [3, 4],
      [0, 0],
      [7, 2],
      [5, 7],
    ] as const) {
      let [gx, gy] = [0, 0];
      for (const [d, weight] of [
        [-1, 1],
        [0, 2],
        [1, 1],
      ] as const) {
        gx += weight * (pixel(x + 1, y + d) - pixel(x - 1, y + d));
        gy += weight * (pixel(x + d, y + 1) - pixel(x + d, y - 1));
      }
      const expected = Math.min(1, Math.sqrt(gx * gx + gy * gy) / 4 - 1);
      // float32 against float64.
      assert.ok(Math.abs(inputs![y * 8 + x]! - expected) < 1e-6, `${x}, ${y}`);
    }
  });

  it('are the image’s grey, by Rec. 709, on black where it is transparent', async () => {
    const pixels = Uint8Array.from({ length: 64 * 4 }, (_, i) => [200, 100, 50, 128][i % 4]!);
    const path = await write(at('x.npz'), npz({ x: npy('|u1', [1, 8, 8, 4], pixels) }, false));
    const dataset = await openDataset(dataConfig({ source: 'npz', path, input: 'grey' }), { inputs: true });
    const { inputs } = await imagesOf(dataset.read([0]));
    const luma = 0.2126 * 200 + 0.7152 * 100 + 0.0722 * 50;
    const expected = (luma * 128) / 255 / 127.5 - 1;
    assert.equal(inputs!.length, 64);
    for (const value of inputs!) assert.ok(Math.abs(value - expected) < 1e-6, `${value} for ${expected}`);
  });

  it('are files of the same name, of any format and with channels of their own', async () => {
    await writeImage(at('photos/a.png'), 16, 16, [10, 20, 30]);
    await writeImage(at('photos/in/b.png'), 16, 16, [40, 50, 60]);
    await writeImage(at('maps/a.webp'), 32, 32, [200]);
    await writeImage(at('maps/in/b.png'), 32, 32, [100]);
    await writeImage(at('maps/more.png'), 32, 32, [1]);
    const dataset = await openDataset(folders({ imageSize: 8 }), { inputs: true });
    const { info } = dataset;
    const facts = await inspectData(folders({ imageSize: 8 }), { inputs: true });
    assert.deepEqual([info.size, info.shape[0], info.shape[2]], [2, 8, 3]);
    assert.deepEqual(
      [facts.size, facts.shape[0], facts.shape[2], facts.sourceShape?.[2] ?? 0],
      [2, 8, 3, info.sourceShape?.[2] ?? 0],
    );
    const { images, inputs } = await imagesOf(dataset.read([1, 0]));
    assert.deepEqual([...images.slice(0, 3)].map(toByte), [40, 50, 60]);
    assert.deepEqual([toByte(inputs![0]!), info.sourceShape?.[2] ?? 0], [100, 3]);
    assert.ok(Math.abs(toByte(inputs![64 * 3]!) - 200) <= 2);
    // Without inputs the folder of inputs does not matter.
    assert.equal((await openDataset(folders({ imageSize: 8, inputPath: null }))).info.sourceShape, null);
  });

  it('are mirrored and moved with their images', async () => {
    await mkdir(at('photos'));
    await mkdir(at('maps'));
    for (const i of range(4)) {
      const grey = Uint8Array.from({ length: 64 }, (_, k) => (k * 3 + i) % 256);
      const raw = { raw: { width: 8, height: 8, channels: 1 } } as const;
      await sharp(grey, raw)
        .toColourspace('b-w')
        .toFile(at(`photos/${i}.png`));
      await sharp(
        grey.map((value) => 255 - value),
        raw,
      )
        .toColourspace('b-w')
        .toFile(at(`maps/${i}.png`));
    }
    const dataset = await openDataset(folders({ augment: { flip: true, shift: 2 } }), { inputs: true });
    const batches = new Batches(dataset, 4, 1);
    for (const step of range(8)) {
      const { images, inputs } = await imagesOf(batches.at(step));
      images.forEach((value, k) => {
        assert.equal(toByte(inputs![k]!), 255 - toByte(value));
      });
    }
  });

  it('leave out a pair of which one is damaged', async () => {
    for (const name of ['a', 'b', 'c']) {
      await writeImage(at(`photos/${name}.png`), 8, 8, [name.charCodeAt(0)]);
      await writeImage(at(`maps/${name}.png`), 8, 8, [name.charCodeAt(0)]);
    }
    await write(at('maps/b.png'), 'no image');
    const { info, read } = await openDataset(folders(), { inputs: true });
    assert.deepEqual([info.size, info.skipped.map(({ file }) => file)], [2, ['b.png']]);
    const { images, inputs } = await imagesOf(read([1]));
    assert.deepEqual([toByte(images[0]!), toByte(inputs![0]!)], [99, 99]);
  });

  it('that are missing, or asked for where they cannot be, are an error', async () => {
    await writeImage(at('photos/a.png'), 8, 8, [1]);
    await writeImage(at('maps/b.png'), 8, 8, [1]);
    const bad: readonly [string, DataConfig, string][] = [
      ['data/no-pair', folders(), 'image named a'],
      ['data/no-input-path', folders({ inputPath: null }), 'data.inputPath'],
      ['data/no-input-path', folders({ inputPath: at('photos') }), 'data.path itself'],
      ['data/missing', folders({ inputPath: at('none') }), at('none')],
      ['data/input-source', folders({ source: 'digits' }), '"digits"'],
    ];
    for (const [code, config, part] of bad) {
      await rejectsWith(code, openDataset(config, { inputs: true }), part);
      await rejectsWith(code, inspectData(config, { inputs: true }), part);
    }
    await write(at('maps/a.png'), 'no image');
    await rm(at('maps/b.png'));
    await rejectsWith('data/no-readable-image', openDataset(folders(), { inputs: true }), at('maps'));
  });
});
