import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { casePath, dataConfig, range, rejectsWith, temporaryFolder, write, writeImage } from './fixtures.ts';
import { zip } from './zip-files.ts';

type Files = Readonly<Record<string, string | null>>;

describe('Labels of image files', () => {
  const folder = temporaryFolder();
  let data: DataConfig;
  let number = 0;

  /** Writes these files in this form; null stands for an image. */
  const save = async (source: 'folder' | 'tar' | 'zip', files: Files, label: string | null = null) => {
    // Another path each time, so that nothing is remembered.
    const path = join(folder.path, `data-${number++}`);
    data = dataConfig({ source, path, columns: { image: null, label } });
    const image = await readFile(await writeImage(join(folder.path, 'one.png'), 8, 8, [5]));
    const contents = Object.entries(files).map(([name, text]) => ({
      name,
      content: text === null ? image : Buffer.from(text),
    }));
    if (source === 'zip') await write(path, zip(contents));
    if (source === 'folder') for (const { name, content } of contents) await write(join(path, name), content);
    if (source !== 'tar') return;
    const tar = pack();
    for (const { name, content } of contents) tar.entry({ name }, content);
    tar.finalize();
    await pipeline(tar, createWriteStream(path));
  };

  /** Labels and names of classes; facts and dataset must agree. */
  const labels = async () => {
    const { info, read } = await openDataset(data);
    const facts = await inspectData(data);
    assert.deepEqual([facts.size, facts.classNames], [info.size, info.classNames]);
    return { labels: (await read(range(info.size))).labels, classes: info.classNames };
  };

  /** Why there are none, as the editor and the log say it. */
  const lost = async () => {
    const log: string[] = [];
    const { info } = await openDataset(data, { log: (level, message) => log.push(`${level} ${message}`) });
    const { lostLabels, classNames } = await inspectData(data);
    assert.deepEqual([info.classNames, classNames], [null, null]);
    assert.ok(lostLabels, 'nothing is said');
    const said = log.filter((line) => line.includes('has no labels'));
    assert.deepEqual(said, [`warn ${data.path} has no labels: ${lostLabels.reason}.`]);
    return lostLabels;
  };

  const stylegan = JSON.stringify({
    labels: [
      ['b/x.png', 7],
      ['a/y.png', 10],
    ],
  });

  for (const source of ['folder', 'tar', 'zip'] as const) {
    describe(`in a ${source}`, () => {
      it('come from dataset.json before folders, in numeric order', async () => {
        await save(source, { 'a/y.png': null, 'b/x.png': null, 'dataset.json': stylegan });
        assert.deepEqual(await labels(), { labels: Int32Array.of(1, 0), classes: ['7', '10'] });
      });

      it('come from dataset.json inside a folder around everything', async () => {
        await save(source, { 'set/dataset.json': stylegan, 'set/a/y.png': null, 'set/b/x.png': null });
        assert.deepEqual(await labels(), { labels: Int32Array.of(1, 0), classes: ['7', '10'] });
      });

      it('come from folders where dataset.json says that there are none', async () => {
        await save(source, { 'a/y.png': null, 'b/x.png': null, 'dataset.json': '{"labels": null}' });
        assert.deepEqual(await labels(), { labels: Int32Array.of(0, 1), classes: ['a', 'b'] });
      });

      it('do not come from StyleGAN\u2019s folders of a thousand images each', async () => {
        const files = { '00000/img00000999.png': null, '00001/img00001000.png': null };
        await save(source, { ...files, 'dataset.json': '{"labels": null}' });
        assert.deepEqual(await labels(), { labels: null, classes: null });
        assert.equal((await inspectData(data)).lostLabels, null);
      });

      it('are lost, and that is said, where dataset.json does not name every image', async () => {
        await save(source, { 'a.png': null, 'b/x.png': null, 'dataset.json': stylegan });
        assert.match(
          (await lost()).reason,
          /^dataset\.json gives no class number for 1 of 2 images, a\.png among them$/,
        );
        await save(source, { 'a.png': null, 'dataset.json': '{"labels": [["a.png", [0.5, 1]]]}' });
        assert.match((await lost()).reason, /^dataset\.json gives no class number for 1 of 1 images/);
        await save(source, { 'a.png': null, 'dataset.json': '{"labels":' });
        assert.match((await lost()).reason, /^dataset\.json is not a JSON file/);
      });

      it('are lost, and that is said, where images lie beside class folders', async () => {
        await save(source, { 'a.png': null, 'cat/b.png': null, 'dog/c.png': null, 'eel/d.png': null });
        const { reason, fix } = await lost();
        assert.match(reason, /^a\.png lies beside the class folders cat, dog and 1 more: move it/);
        assert.equal(fix, null);
      });

      it('are not missed where there is one folder, or images in no folder', async () => {
        await save(source, { 'all/a.png': null, 'b.png': null });
        assert.deepEqual(await labels(), { labels: null, classes: null });
        assert.equal((await inspectData(data)).lostLabels, null);
      });
    });
  }

  it('of class folders one level too deep are said, with the folder that has them', async () => {
    data = dataConfig({ source: 'folder', path: casePath('deep') });
    const { reason, fix } = await lost();
    assert.equal(reason, 'the class folders cat and dog lie deeper, in train: let data.path name that folder');
    assert.deepEqual(fix, { folder: 'train' });
    await save('folder', { 'x/y/cat/a.png': null, 'x/y/dog/b/c.png': null });
    assert.deepEqual((await lost()).fix, { folder: 'x/y' });
  });

  it('of class folders beside loose images are said', async () => {
    data = dataConfig({ source: 'folder', path: casePath('mixed-depth') });
    assert.match((await lost()).reason, /^a\.png lies beside the class folders cat and dog/);
  });

  it('of class folders in an archive are read through a folder around them', async () => {
    for (const source of ['tar', 'zip'] as const) {
      await save(source, { 'set/train/dog/a.png': null, 'set/train/cat/b.png': null });
      assert.deepEqual(await labels(), { labels: Int32Array.of(1, 0), classes: ['cat', 'dog'] });
    }
  });

  it('are said to be lost again when the images come from the cache', async () => {
    await save('folder', { 'train/cat/a.png': null, 'train/dog/b.png': null });
    for (const time of ['first', 'second']) assert.ok(await lost(), time);
  });

  describe('of WebDataset', () => {
    it('come from .cls files, wherever they stand', async () => {
      data = dataConfig({ source: 'tar', path: casePath('webdataset.tar') });
      assert.deepEqual(await labels(), { labels: Int32Array.of(0, 1, 0, 1), classes: ['0', '1'] });
      const facts = await inspectData(data);
      assert.equal(facts.skipped.count, 0);
      await save('tar', { 'd/1.cls': '10', 'd/1.png': null, 'd/0.jpg': null, 'd/0.cls': ' 9\n' });
      assert.deepEqual(await labels(), { labels: Int32Array.of(1, 0), classes: ['9', '10'] });
    });

    it('come from the key of .json files that data.columns.label names', async () => {
      const files = { '0.png': null, '0.json': '{"kind": "cat"}', '1.seg.png': null, '1.json': '{"kind": 3}' };
      await save('tar', files, 'kind');
      assert.deepEqual(await labels(), { labels: Int32Array.of(1, 0), classes: ['3', 'cat'] });
      await save('tar', files, 'colour');
      for (const work of [openDataset, inspectData]) await rejectsWith('data/no-column', work(data), ' named colour ');
    });

    it('are lost, and that is said, where some images have none', async () => {
      await save('tar', { '0.png': null, '0.cls': '1', '1.png': null });
      assert.equal((await lost()).reason, 'only 1 of 2 images have a .cls file, and 1.png has none');
    });

    it('are lost, and that is said, where the key of .json files is not named', async () => {
      await save('tar', { '0.png': null, '0.json': '{"label": 1}', '1.png': null, '1.json': '{"label": 2}' });
      const { reason, fix } = await lost();
      assert.match(reason, /\.json files have a key label: name it in data\.columns\.label$/);
      assert.deepEqual(fix, { labelColumn: 'label' });
      await save('tar', { '0.png': null, '0.json': '{"caption": "a cat"}' });
      assert.equal((await inspectData(data)).lostLabels, null);
    });

    it('are lost, and that is said, in a folder or a zip', async () => {
      for (const source of ['folder', 'zip'] as const) {
        await save(source, { '0.png': null, '0.cls': '1' });
        assert.match((await lost()).reason, /\.cls files are read from tar archives alone/);
      }
    });
  });

  it('of a tar with names that can be no path come from the others', async () => {
    await save('tar', { 'a/1.png': null, 'b/2.png': null, '../c/3.png': null });
    const { info } = await openDataset(data);
    assert.deepEqual(info.skipped, [{ file: '../c/3.png', reason: 'its name leads out of the archive' }]);
    assert.deepEqual(info.classNames, ['a', 'b']);
  });
});
