import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { diagnose } from '../../../sidecar/config/diagnose.ts';
import { loadConfig } from '../../../sidecar/config/load.ts';
import { newConfig } from '../../../sidecar/config/new-config.ts';
import { nameOf } from '../../../sidecar/config/resolve.ts';
import { secondsToNextGrid } from '../../../sidecar/config/sample-schedule.ts';
import { tempFolder } from './temp-folder.ts';

describe('loadConfig', () => {
  const folder = tempFolder();
  after(() => folder.remove());

  const load = (config: object | string, ...overrides: string[]) => {
    const text = typeof config === 'string' ? config : JSON.stringify(config);
    return loadConfig(folder.write('project/gan.config.json', text), { overrides });
  };
  const digits = { model: { architecture: 'chapter-mlp-conv' }, data: { source: 'digits' } };
  const mnist = { model: { architecture: 'chapter-mlp-conv' }, data: { source: 'mnist' } };
  const fails = (promise: Promise<unknown>, code: string, ...lines: RegExp[]) =>
    assert.rejects(promise, (error: Error & { code?: string }) => {
      assert.equal(error.code, code);
      const written = error.message.split('\n');
      assert.equal(written.length, lines.length, error.message);
      for (const [i, line] of lines.entries()) assert.match(written[i]!, line);
      return true;
    });

  it('spells every default of the chapter’s GAN out', async () => {
    assert.deepEqual(await load(mnist), {
      name: 'project',
      model: { architecture: 'chapter-mlp-conv', latentSize: 100, conditional: false, baseChannels: 64 },
      objective: { loss: 'non-saturating' },
      data: { source: 'mnist', path: null, labels: null, imageSize: null, channels: null, resize: 'crop' },
      optimizer: {
        generator: { learningRate: 0.0005, beta1: 0.5, beta2: 0.999 },
        discriminator: { learningRate: 0.0005, beta1: 0.5, beta2: 0.999 },
      },
      training: { steps: null, epochs: 100, batchSize: 128, seed: 0 },
      monitor: {
        logEvery: 10,
        sampleEvery: null,
        sampleEveryEpochs: 10,
        sampleEverySeconds: 10,
        checkpointEvery: 500,
        keepCheckpoints: 3,
        gridSize: 4,
      },
      device: 'auto',
      deviceFallback: 'none',
    });
  });

  it('takes the other presets', async () => {
    const deep = await load({ ...mnist, model: { architecture: 'chapter-deep' } });
    assert.deepEqual([deep.model.conditional, deep.training.steps, deep.training.epochs], [true, 100_000, null]);
    const dcgan = await load({ ...mnist, model: { architecture: 'dcgan' } });
    assert.deepEqual(dcgan.optimizer.discriminator, { learningRate: 0.0002, beta1: 0.5, beta2: 0.999 });
    assert.deepEqual([dcgan.model.baseChannels, dcgan.training.batchSize], [64, 128]);
  });

  it('keeps what the config says, beside the defaults', async () => {
    const config = await load({
      ...mnist,
      optimizer: { generator: { beta1: 0.5 } },
      training: { steps: 7 },
      monitor: { sampleEvery: 3 },
    });
    assert.deepEqual(config.optimizer.generator, { learningRate: 0.0005, beta1: 0.5, beta2: 0.999 });
    assert.deepEqual([config.training.steps, config.training.epochs], [7, null]);
    assert.deepEqual([config.monitor.sampleEvery, config.monitor.sampleEveryEpochs], [3, null]);
  });

  it('counts in steps where data have no end', async () => {
    const config = await load(digits);
    assert.deepEqual([config.training.steps, config.training.epochs], [20_000, null]);
    assert.deepEqual([config.monitor.sampleEvery, config.monitor.sampleEveryEpochs], [500, null]);
  });

  it('makes paths absolute from the config’s folder', async () => {
    const idx = { source: 'idx', path: '../images.idx', labels: '~/labels.idx' };
    const { data } = await load({ ...digits, data: idx });
    assert.equal(data.path, join(folder.path, 'images.idx'));
    assert.equal(data.labels, join(homedir(), 'labels.idx'));
  });

  it('names runs by the config, the file, or the folder', async () => {
    assert.equal((await load({ ...digits, name: 'My run' })).name, 'My run');
    assert.equal(nameOf('/projects/faces.gan.json'), 'faces');
    assert.equal(nameOf('/projects/faces/gan.config.json'), 'faces');
    assert.equal(nameOf('/projects/vase (été).gan.json'), 'vase -t-');
    assert.equal(nameOf('/gan.config.json'), 'gan');
  });

  it('lets the command line decide', async () => {
    const config = await load(
      mnist,
      'training.steps=300',
      'device=cpu',
      'name=42',
      'optimizer.generator.learningRate=1e-3',
      'model.conditional=true',
      'data.path=somewhere',
    );
    assert.deepEqual([config.training.steps, config.training.epochs], [300, null]);
    assert.deepEqual([config.device, config.name, config.model.conditional], ['cpu', '42', true]);
    assert.equal(config.optimizer.generator.learningRate, 0.001);
    assert.equal(config.data.path, resolve('somewhere'));
  });

  it('lets an override take the place of its rival, or of nothing', async () => {
    const config = await load({ ...mnist, training: { epochs: 3, seed: 9 } }, 'training.steps=5', 'training.seed=null');
    assert.deepEqual(config.training, { steps: 5, epochs: null, batchSize: 128, seed: 0 });
  });

  it('says where an override is wrong', async () => {
    await fails(
      load(mnist, 'training.steps=many'),
      'config/invalid',
      /^--set training\.steps=many: error config\/type training\.steps must be a whole number$/,
    );
    await fails(
      load(mnist, 'training.step=5'),
      'config/invalid',
      /^--set training\.step=5: error config\/unknown-key .*did you mean "steps"\?$/,
    );
    await fails(
      load(mnist, 'training.steps=1', 'training.epochs=1'),
      'config/invalid',
      /--set training\.epochs=1: error training\/steps-and-epochs/,
    );
    await fails(load(mnist, 'steps'), 'config/override', /^--set steps: write it as group\.key=value/);
    await fails(load(mnist, '__proto__.x=1'), 'config/invalid', /^--set __proto__\.x=1: error config\/unknown-key/);
  });

  it('gives every error a line with its place', async () => {
    const text =
      '{\n  "model": {"architecture": "dcgan", "lr": 1},\n  "data": {"source": "digits"},\n  "training": {"steps": 0}\n}';
    await fails(
      load(text),
      'config/invalid',
      /gan\.config\.json:2:38 error config\/unknown-key Unknown key "lr"/,
      /gan\.config\.json:4:25 error config\/range training\.steps must be at least 1$/,
    );
    await fails(load('{"model": '), 'config/invalid', /:1:11 error json\/syntax/, /./);
    await fails(load(''), 'config/invalid', /:1:1 error json\/empty/);
  });

  it('says why a file cannot be read', async () => {
    await fails(
      loadConfig(join(folder.path, 'none.gan.json')),
      'config/unreadable',
      /none\.gan\.json: there is no such file/,
    );
    await fails(loadConfig(folder.path), 'config/unreadable', /this is a folder/);
  });

  it('reads a file that begins with a byte order mark', async () => {
    assert.equal((await load(`\uFEFF${JSON.stringify(digits)}`)).name, 'project');
  });
});

describe('newConfig', () => {
  const options = [
    { source: 'digits' },
    { source: 'mnist' },
    { source: 'fashion-mnist', architecture: 'dcgan' },
    { source: 'mnist', architecture: 'chapter-deep' },
    { source: 'folder', path: 'some "odd" \\ path' },
    { source: 'idx', path: './a.idx', labels: './b.idx', imageSize: 28, batchSize: 16 },
  ] as const;
  for (const option of options) {
    it(`writes a sound config for ${JSON.stringify(option)}`, async () => {
      const found = await diagnose(newConfig(option), '/nowhere/gan.config.json');
      assert.deepEqual(
        found.filter(({ code }) => code !== 'data/missing'),
        [],
      );
    });
  }
});

describe('sample grids by time', () => {
  const gridsIn = (seconds: number) => {
    let count = 0;
    for (let age = 0; age <= seconds; age += secondsToNextGrid(age, 10)) count++;
    return count;
  };
  it('come often at first and thin out', () => {
    assert.equal(gridsIn(60), 7);
    assert.ok(gridsIn(86_400) > 250 && gridsIn(86_400) < 350);
    assert.ok(gridsIn(30 * 86_400) < 500);
  });
  it('do not come where none are wanted', () => assert.equal(secondsToNextGrid(5, null), Number.POSITIVE_INFINITY));
});
