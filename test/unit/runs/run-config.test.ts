import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../../sidecar/config/load.ts';
import { resumedConfig } from '../../../sidecar/runs/run-config.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { emptyFolder, removeFolders } from '../runs/fixtures.ts';

const withCode = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;

describe('The config of a resumed run', () => {
  let directory: string;
  const save = (value: unknown) => writeFile(join(directory, 'config.json'), JSON.stringify(value));

  beforeEach(async () => {
    directory = await emptyFolder();
  });
  afterEach(removeFolders);

  for (const architecture of ['chapter-mlp-conv', 'chapter-deep', 'dcgan']) {
    for (const data of [{ source: 'digits' }, { source: 'mnist', path: 'mnist' }]) {
      it(`is the config it began with: ${architecture} on ${data.source}`, async () => {
        const file = join(directory, 'some.gan.json');
        await writeFile(file, JSON.stringify({ model: { architecture }, data }));
        const config = await loadConfig(file);
        await save(config);
        assert.deepEqual(await resumedConfig(directory, []), config);
        const longer = await resumedConfig(directory, ['training.steps=123456']);
        assert.deepEqual(longer, { ...config, training: { ...config.training, steps: 123456, epochs: null } });
      });
    }
  }

  it('is refused when damaged or changed to nonsense', async () => {
    await assert.rejects(resumedConfig(directory, []), withCode('config/unreadable'));
    await writeFile(join(directory, 'config.json'), '{"model":');
    await assert.rejects(resumedConfig(directory, []), withCode('runs/bad-run'));
    await save({ model: { architecture: 'dcgan' } });
    await assert.rejects(resumedConfig(directory, []), withCode('config/invalid'));
    await save({ model: { architecture: 'dcgan' }, data: { source: 'digits' } });
    await assert.rejects(resumedConfig(directory, ['training.steps=0']), withCode('config/invalid'));
    await assert.rejects(resumedConfig(directory, ['nonsense']), withCode('config/override'));
  });
});
