/** What an error about data is about decides where it is told, not the words of its message. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { checkData } from '../../../sidecar/config/data-rules/check.ts';
import type { PartialConfig } from '../../../sidecar/config/partial.ts';
import type { ErrorCode } from '../../../sidecar/terms/error-codes.ts';
import { type ErrorSubject, UserError } from '../../../sidecar/terms/errors.ts';
import { idx, idxLabels, tempFolder } from './temp-folder.ts';

describe('The place of an error about data', () => {
  const folder = tempFolder();
  before(() => {
    folder.write('images', idx(200, 28, 28));
    folder.write('kinds', idxLabels(200));
  });
  after(() => folder.remove());

  const file = join(folder.path, 'gan.config.json');

  /** Where the config's own files lead to. */
  const placeOnDisk = async (data: PartialConfig['data']) => (await checkData({ data }, file)).map(({ at }) => at);

  /** Where an error is told whose message nobody can read. */
  const place = async (data: PartialConfig['data'], code: ErrorCode, subject: ErrorSubject | null) => {
    const refuse = () => Promise.reject(new UserError(code, 'Das geht leider nicht.', { subject }));
    const [problem] = await checkData({ data }, file, refuse);
    return problem?.at;
  };

  it('is the path of missing images that begins as the one of the labels does', async () => {
    const data = { source: 'idx', path: './kinds-of-images', labels: './kinds' } as const;
    assert.deepEqual(await placeOnDisk(data), [['data', 'path']]);
  });

  it('is the path of an unusable file of images that begins as the one of the labels does', async () => {
    folder.write('kinds.txt', 'These are notes, not images.');
    const data = { source: 'idx', path: './kinds.txt', labels: './kinds' } as const;
    assert.deepEqual(await placeOnDisk(data), [['data', 'path']]);
  });

  it('is the key whose path is missing, whatever the message says', async () => {
    const data = { source: 'idx', path: './images', labels: './label' } as const;
    const missing = (name: string) => place(data, 'data/missing', { path: join(folder.path, name) });
    assert.deepEqual(await missing('label'), ['data', 'labels']);
    assert.deepEqual(await missing('images'), ['data', 'path']);
    assert.deepEqual(await place(data, 'data/missing', null), ['data', 'path']);
  });

  it('is the key of the nearest folder above what is missing', async () => {
    const data = { source: 'folder', path: './a', input: 'folder', inputPath: './a/inputs' } as const;
    const missing = (name: string) => place(data, 'data/missing', { path: join(folder.path, name) });
    assert.deepEqual(await missing('a/x.png'), ['data', 'path']);
    assert.deepEqual(await missing('a/inputs/x.png'), ['data', 'inputPath']);
  });

  it('is the column that is asked for, also of two of the same name', async () => {
    const data = { source: 'table', path: './t.csv', columns: { image: 'kind', label: 'kind' } } as const;
    const absent = (key: string) => place(data, 'data/no-column', { key: ['data', 'columns', key] });
    assert.deepEqual(await absent('label'), ['data', 'columns', 'label']);
    assert.deepEqual(await absent('image'), ['data', 'columns', 'image']);
  });

  it('is the path where the config does not say the key', async () => {
    const data = { source: 'table', path: './t.csv' } as const;
    const subject = { key: ['data', 'columns', 'label'] };
    assert.deepEqual(await place(data, 'data/no-column', subject), ['data', 'path']);
  });
});
