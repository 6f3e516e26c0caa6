import assert from 'node:assert/strict';
import { argMax } from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../sidecar/config/schema.ts';
import type { SampleGrid } from '../../sidecar/runs/recorder.ts';
import { createNetworks, type Networks } from '../../sidecar/training/networks.ts';
import { compileSampler, toGrid } from '../../sidecar/training/sample.ts';
import { Variables } from '../../sidecar/training/variables.ts';
import { createEagerEngine } from './engines.ts';
import { tinyConfig } from './fixtures.ts';

async function draw(config: ResolvedConfig, classes: number, wrap = (networks: Networks) => networks) {
  const engine = await createEagerEngine('cpu');
  const variables = new Variables();
  const shape = { latentSize: 3, imageSize: 8, channels: 1, classes, baseChannels: 4 };
  const sampler = compileSampler(config, wrap(createNetworks(config, shape, variables)), engine);
  const grids: SampleGrid[] = [await sampler.draw(), await sampler.draw()];
  sampler.dispose();
  variables.dispose();
  await engine.dispose();
  return grids;
}

describe('sample grid', () => {
  it('is the same for the same weights and seed', async () => {
    const [first, second] = await draw(tinyConfig(), 0);
    assert.deepEqual(first, second);
    const [again] = await draw(tinyConfig(), 0);
    assert.deepEqual(again, first);
    const [other] = await draw(tinyConfig({ training: { seed: 8 } }), 0);
    assert.notDeepEqual(other, first);
  });

  it('shows the classes of a conditional model in order', async () => {
    const seen: number[] = [];
    await draw(tinyConfig({ model: { conditional: true }, monitor: { gridSize: 2 } }), 3, (networks) => ({
      ...networks,
      generate(z, label, mode) {
        if (label) seen.push(...argMax(label, -1).dataSync());
        return networks.generate(z, label, mode);
      },
    }));
    assert.deepEqual(seen.slice(0, 4), [0, 1, 2, 0]);
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
