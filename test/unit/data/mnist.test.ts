import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { datasetCacheFolder } from '../../../sidecar/data/cache-folder.ts';
import { knownDatasets } from '../../../sidecar/data/known/datasets.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import { dataConfig, idxImages, imagesOf, range, rejectsWith, sharedData, temporaryFolder, write } from './fixtures.ts';

describe('MNIST and Fashion-MNIST', () => {
  const folder = temporaryFolder();
  const published = {
    mnist: { mean: 0.1307, deviation: 0.3081 },
    'fashion-mnist': { mean: 0.286, deviation: 0.353 },
  } as const;

  for (const source of ['mnist', 'fashion-mnist'] as const) {
    it(`${source} has the published size, mean, deviation and class counts`, async function () {
      const dataset = await openDataset(dataConfig({ source, path: sharedData(this, source) }));
      const { info } = dataset;
      assert.equal(info.size, 60_000);
      assert.equal(info.shape[0], 28);
      assert.equal(info.shape[2], 1);
      assert.equal(info.classNames?.length, 10);
      let [sum, squares] = [0, 0];
      const counts = new Array<number>(10).fill(0);
      for (let start = 0; start < info.size; start += 1000) {
        const { images, labels } = await imagesOf(dataset.read(range(1000).map((i) => start + i)));
        for (const value of images) {
          const unit = (value + 1) / 2;
          sum += unit;
          squares += unit * unit;
        }
        for (const label of labels!) counts[label]! += 1;
      }
      const count = info.size * 784;
      const mean = sum / count;
      assert.ok(Math.abs(mean - published[source].mean) < 5e-5, `mean ${mean}`);
      const deviation = Math.sqrt(squares / count - mean * mean);
      assert.ok(Math.abs(deviation - published[source].deviation) < 5e-5, `deviation ${deviation}`);
      if (source === 'fashion-mnist') assert.deepEqual(counts, Array(10).fill(6000));
      else assert.deepEqual(counts, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    });

    it(`${source} files have the digests that downloads are checked against`, async function () {
      const path = sharedData(this, source);
      for (const { name, bytes, sha256 } of Object.values(knownDatasets[source].files)) {
        const content = await readFile(join(path, name));
        assert.equal(content.length, bytes);
        assert.equal(createHash('sha256').update(content).digest('hex'), sha256);
      }
    });
  }

  it('gives the same images from disk as from memory', async function () {
    const path = sharedData(this, 'mnist');
    const whole = await openDataset(dataConfig({ source: 'mnist', path }));
    const streamed = await openDataset(dataConfig({ source: 'mnist', path }), { memoryLimit: 2 ** 20 });
    const indices = range(256).map((i) => (i * 7919) % 60_000);
    assert.deepEqual(await imagesOf(streamed.read(indices)), await imagesOf(whole.read(indices)));
    await streamed.close();
  });

  it('is found in the cache folder, unpacked or not, and in either spelling', async function () {
    const path = sharedData(this, 'mnist');
    const cache = join(datasetCacheFolder(), 'mnist');
    await mkdir(cache, { recursive: true });
    await copyFile(join(path, 'train-images-idx3-ubyte.gz'), join(cache, 'train-images-idx3-ubyte.gz'));
    const labels = gunzipSync(await readFile(join(path, 'train-labels-idx1-ubyte.gz')));
    await write(join(cache, 'train-labels.idx1-ubyte'), labels);
    const { info } = await openDataset(dataConfig({ source: 'mnist' }));
    assert.equal(info.size, 60_000);
    assert.equal(info.name, 'mnist');
  });

  it('grows to 32 pixels for networks that need them', async function () {
    const dataset = await openDataset(dataConfig({ source: 'mnist', path: sharedData(this, 'mnist'), imageSize: 32 }));
    const { images } = await imagesOf(dataset.read(range(100)));
    assert.equal(images.length, 100 * 32 * 32);
    const mean = images.reduce((sum, value) => sum + (value + 1) / 2, 0) / images.length;
    assert.ok(Math.abs(mean - published.mnist.mean) < 0.02, `mean ${mean}`);
  });

  it('names the file a given folder lacks', async () => {
    await write(join(folder.path, 'some', 'train-images-idx3-ubyte'), idxImages(2, 28, 28));
    const open = openDataset(dataConfig({ source: 'mnist', path: join(folder.path, 'some') }));
    await rejectsWith('data/missing', open, join(folder.path, 'some'), 'train-labels-idx1-ubyte.gz');
  });

  it('says when the given folder is absent or a file', async () => {
    const absent = join(folder.path, 'absent');
    await rejectsWith('data/missing', openDataset(dataConfig({ source: 'mnist', path: absent })), absent);
    const file = await write(join(folder.path, 'file'), 'x');
    await rejectsWith('data/not-a-folder', openDataset(dataConfig({ source: 'mnist', path: file })), file);
  });
});

describe('The cache folder', () => {
  const cases: readonly [string, NodeJS.Platform, NodeJS.ProcessEnv, string][] = [
    ['is what the environment says', 'linux', { GAN_DATASETS_DIR: '/data' }, '/data'],
    ['may begin with ~', 'linux', { GAN_DATASETS_DIR: '~/sets' }, join(homedir(), 'sets')],
    ['follows XDG', 'linux', { XDG_CACHE_HOME: '/x' }, '/x/gan-studio/datasets'],
    ['is in ~/.cache on Linux', 'linux', {}, join(homedir(), '.cache/gan-studio/datasets')],
    ['is in ~/Library/Caches on macOS', 'darwin', {}, join(homedir(), 'Library/Caches/gan-studio/datasets')],
    ['is in %LOCALAPPDATA% on Windows', 'win32', { LOCALAPPDATA: '/local' }, '/local/gan-studio/datasets'],
  ];
  for (const [what, platform, environment, expected] of cases) {
    it(what, () => assert.equal(datasetCacheFolder(environment, platform), expected));
  }
});
