import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleColumns } from '../../extension/panels/sample-columns.ts';

describe('columns of sample grids', () => {
  let run: string;

  beforeEach(async () => {
    run = await mkdtemp(join(tmpdir(), 'gan-columns-'));
  });
  afterEach(() => rm(run, { recursive: true }));

  const of = async (config: string) => {
    await writeFile(join(run, 'config.json'), config);
    return sampleColumns(run);
  };

  it('are named where images are made from images', async () => {
    for (const architecture of ['super-resolution', 'image-to-image']) {
      assert.deepEqual(await of(JSON.stringify({ model: { architecture } })), ['Input', 'Generated', 'Real']);
    }
  });

  it('have no names where every image is generated, or the config cannot be read', async () => {
    assert.deepEqual(await sampleColumns(run), []);
    for (const config of ['{"model":{"architecture":"vae"}}', '{"model":{"architecture":"no-such"}}', '{}', '{']) {
      assert.deepEqual(await of(config), [], config);
    }
  });
});
