import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '../../../sidecar/config/diagnose.ts';
import { loadConfig } from '../../../sidecar/config/load.ts';
import { mended } from '../../../sidecar/config/mend.ts';
import { newConfig, programRoot, readPreset } from '../../../sidecar/config/preset-config.ts';
import { presetFile, presetList } from '../../../sidecar/config/preset-list.ts';
import { isEndless } from '../../../sidecar/config/resolve.ts';
import { idx, pngHeader, tempFolder } from './temp-folder.ts';

const root = process.cwd();
/** What is said where the data are not on this machine. */
const aboutMissingData = (code: string) => code === 'data/missing';

describe('Presets', () => {
  it('are the folders of examples/', () =>
    assert.deepEqual(presetList.map(({ id }) => id).sort(), readdirSync('examples').sort()));

  it('have a title and one line each', () => {
    for (const { title, line } of presetList) {
      assert.match(title, /^[A-Z].*[^.]$/);
      assert.match(line, /^[A-Z].{10,88}[.?]$/);
    }
    assert.equal(new Set(presetList.map(({ title }) => title)).size, presetList.length);
  });

  for (const { id, data } of presetList) {
    it(`${id} is sound, and says where its numbers come from`, async () => {
      const text = await readPreset(id, root);
      const found = await diagnose(text, join(root, presetFile(id)));
      // The preset that shows the minimax loss is told of its weakness.
      const rest = found.filter(({ code }) => !aboutMissingData(code) && code !== 'objective/minimax');
      assert.deepEqual(rest, []);
      assert.match(text, /^\{\n {2}\/\/ [A-Z]/);
      const fromPaper = !['digits', 'mnist', 'chapter-deep', 'points'].includes(id);
      if (fromPaper) assert.match(text, /\b(19|20)\d\d\b.*\n(.*\n)* {2}\/\/ Changed( for size)?: /);
      const config = await loadConfig(presetFile(id));
      assert.equal(config.name, id);
      assert.equal(isEndless({ source: config.data.source }), data === 'drawn');
      assert.equal(data === 'own', config.data.path !== null);
    });
  }
});

describe('A new config from a preset', () => {
  const folder = tempFolder();
  const file = join(folder.path, 'gan.config.json');
  before(() => {
    for (const name of ['a', 'b', 'c']) folder.write(`few/${name}.png`, pngHeader(100, 80));
    folder.write('images.idx', idx(200, 28, 28));
  });
  after(() => folder.remove());

  it('is the preset, where nothing else is asked for', async () => {
    const text = await readPreset('digits', root);
    assert.equal(newConfig(text), text);
  });

  it('has its own name and data, and the preset’s comments', async () => {
    const text = await readPreset('r3gan', root);
    const changed = newConfig(text, { name: 'mine', data: { source: 'folder', path: 'my\\images' } });
    assert.match(changed, /"name": "mine"/);
    assert.match(changed, /"source": "folder",\n {4}"path": "my\/images",\n {4}"imageSize": 32\n/);
    const comments = (from: string) => from.match(/\/\/.*/g);
    assert.deepEqual(comments(changed), comments(text));
  });

  it('names no files of the preset’s data', async () => {
    const text = await readPreset('icons', root);
    const changed = newConfig(text, { data: { source: 'mnist' } });
    assert.match(changed, /"data": \{\n {4}"source": "mnist",\n {4}"imageSize": 32\n {2}\}/);
  });

  it('counts in steps where its data have no end', async () => {
    const changed = newConfig(await readPreset('mnist', root), { data: { source: 'digits' } });
    assert.deepEqual(await diagnose(changed, file), []);
    const epochs =
      '{"model": {"architecture": "dcgan"}, "data": {"source": "mnist"}, "training": {"epochs": 5}, "monitor": {"sampleEveryEpochs": 1}}';
    const steps = newConfig(epochs, { data: { source: 'digits' } });
    assert.match(steps, /"training": \{"steps": \d+\}, "monitor": \{\}/);
  });

  for (const { id, group } of presetList.filter(({ id }) => id !== 'stacked-mnist')) {
    it(`of ${id} becomes sound on a folder of few unlabelled images`, async () => {
      const text = newConfig(await readPreset(id, root), { data: { source: 'folder', path: './few' } });
      const found = await diagnose(await mended(text, file), file);
      const errors = found.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, [], group);
    });
  }

  it('is found from the program’s own place', async () => {
    assert.equal(await programRoot(join(root, 'sidecar/cli.ts')), root);
    await assert.rejects(programRoot(folder.write('elsewhere.cjs', '')), /no examples folder above/);
  });
});
