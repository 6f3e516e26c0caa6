import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildProgram } from '../programs.ts';
import { dataConfig, range, temporaryFolder, write } from './fixtures.ts';

describe('Memory of a dataset on disk', () => {
  const folder = temporaryFolder();

  /** `files` of 10,000 images of 3 kB each, in the format of CIFAR-10. */
  const save = async (name: string, files: number) => {
    const record = 1 + 3 * 32 * 32;
    const content = Buffer.alloc(10_000 * record, 5);
    for (const i of range(10_000)) content[i * record] = i % 10;
    for (const i of range(files)) await write(join(folder.path, name, `data_batch_${i + 1}.bin`), content);
    return dataConfig({ source: 'cifar-10', path: join(folder.path, name) });
  };

  it('grows by labels and what is under way, not by the images', async () => {
    const program = await buildProgram('test/unit/data/memory-child.ts');
    const peakOf = async (files: number) => {
      const config = await save(`${files}-files`, files);
      let result = { size: 0, peak: 0 };
      // The first run decodes, the second finds the images in the cache.
      const peaks: number[] = [];
      for (const steps of ['200', '500']) {
        const child = fork(program, [JSON.stringify(config), steps]);
        [result] = (await once(child, 'message')) as [typeof result];
        assert.equal(result.size, files * 10_000);
        peaks.push(result.peak);
      }
      return peaks;
    };
    const [few, many] = [await peakOf(1), await peakOf(5)];
    const growth = range(2).map((i) => (many[i]! - few[i]!) / 2 ** 20);
    const megabytes = (4 * 10_000 * 3072) / 2 ** 20;
    console.log(
      `      ${growth.map((mb) => mb.toFixed(0)).join(' and ')} MB for ${megabytes.toFixed(0)} MB more of images`,
    );
    // Garbage that is not collected yet makes some 30 MB of difference between two runs.
    assert.ok(growth[0]! < megabytes / 2, `decoding took ${growth[0]} MB`);
    assert.ok(growth[1]! < megabytes / 2, `reading took ${growth[1]} MB`);
  });
});
