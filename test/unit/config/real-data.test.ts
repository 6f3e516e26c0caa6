import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { diagnose } from '../../../sidecar/config/diagnose.ts';

const data = resolve('../shared/data');

describe('diagnose on real data', () => {
  before(function () {
    if (existsSync(data)) return;
    console.log(`    ${data} is absent: skipped`);
    this.skip();
  });

  const codes = async (group: object, architecture = 'chapter-deep') => {
    const text = JSON.stringify({ model: { architecture }, data: group });
    return (await diagnose(text, '/projects/gan.config.json')).map(({ code }) => code);
  };
  const mnist = (name: string) => `${data}/mnist/${name}`;

  it('accepts MNIST as a folder and as files', async () => {
    assert.deepEqual(await codes({ source: 'mnist', path: mnist('') }), []);
    assert.deepEqual(await codes({ source: 'fashion-mnist', path: `${data}/fashion-mnist` }), []);
    const files = { path: mnist('train-images-idx3-ubyte.gz'), labels: mnist('train-labels-idx1-ubyte.gz') };
    assert.deepEqual(await codes({ source: 'idx', ...files }), []);
  });

  it('notices files of different parts, and in each other’s place', async () => {
    const images = mnist('train-images-idx3-ubyte.gz');
    const labels = mnist('t10k-labels-idx1-ubyte.gz');
    assert.deepEqual(await codes({ source: 'idx', path: images, labels }), ['data/label-count']);
    assert.deepEqual(await codes({ source: 'idx', path: labels, labels: images }), ['data/labels-as-images']);
  });

  it('recognises the MNIST folder under another name', async () => {
    assert.deepEqual(await codes({ source: 'idx', path: mnist('') }), ['data/not-a-file']);
    const text = JSON.stringify({ model: { architecture: 'dcgan' }, data: { source: 'folder', path: mnist('') } });
    const [found] = await diagnose(text, '/projects/gan.config.json');
    assert.equal(found?.fix?.title, 'Change the source to "mnist"');
  });

  it('accepts the archive of icons, and stacked MNIST', async () => {
    const icons = { source: 'tar', path: `${data}/icons32/icons32.tar` };
    assert.deepEqual(await codes(icons, 'r3gan'), []);
    assert.deepEqual(await codes({ source: 'stacked-mnist', path: mnist(''), imageSize: 32 }, 'r3gan'), []);
    assert.deepEqual(await codes(icons), ['model/no-labels']);
  });

  it('recognises an archive and the folder of it under another name', async () => {
    const text = JSON.stringify({
      model: { architecture: 'r3gan' },
      data: { source: 'idx', path: `${data}/icons32/icons32.tar` },
    });
    const [found] = await diagnose(text, '/projects/gan.config.json');
    assert.equal(found?.fix?.title, 'Change the source to "tar"');
  });
});
