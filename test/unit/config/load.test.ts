import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { diagnose } from '../../../sidecar/config/diagnose.ts';
import { loadConfig, readConfigText } from '../../../sidecar/config/load.ts';
import { nameOf } from '../../../sidecar/config/resolve.ts';
import { secondsToNextGrid } from '../../../sidecar/training/sample-schedule.ts';
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
    const adam = {
      kind: 'adam',
      learningRate: 0.0005,
      beta1: 0.5,
      beta2: 0.999,
      momentum: 0,
      decay: 0.9,
      weightDecay: 0,
      l2: 0,
      clipNorm: 0,
    };
    assert.deepEqual(await load(mnist), {
      name: 'project',
      model: {
        architecture: 'chapter-mlp-conv',
        latentSize: 100,
        baseChannels: 64,
        blocks: 1,
        conditional: false,
        conditioning: 'concat',
        normalization: { generator: 'batch', discriminator: 'none' },
        spectralNormalization: 'none',
        selfAttention: false,
        dropout: 0.25,
        minibatch: 'none',
        pac: 1,
        generators: 1,
        scale: 4,
        levels: 256,
      },
      objective: {
        loss: 'non-saturating',
        discriminatorSteps: 1,
        labelSmoothing: 0,
        weightClip: 0,
        penalties: { gradient: 0, divergence: 0, r1: 0, r2: 0, dragan: 0, lecam: 0 },
        featureMatching: 0,
        diversity: 0,
        content: 0,
        classification: 1,
        likelihood: 'bernoulli',
        beta: 1,
      },
      augmentation: {
        operations: [],
        probability: 1,
        adaptive: false,
        target: 0.6,
        instanceNoise: 0,
        instanceNoiseImages: 500_000,
      },
      data: {
        source: 'mnist',
        path: null,
        labels: null,
        columns: { image: null, label: null },
        pixelRange: null,
        imageSize: null,
        channels: null,
        resize: 'crop',
        input: 'edges',
        inputPath: null,
        augment: { flip: false, shift: 0 },
        points: 'ring',
        balanceClasses: false,
      },
      optimizer: { generator: adam, discriminator: adam },
      training: {
        steps: null,
        epochs: 100,
        batchSize: 128,
        seed: 0,
        schedule: { kind: 'constant', warmupImages: 0, everyImages: 1_000_000, factor: 0.5 },
        burnIn: { images: 0, learningRate: 1, penalty: 1, beta2: 0.9 },
        emaHalfLife: 0,
        growEvery: 100_000,
      },
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

  it('lays groups inside groups over the defaults', async () => {
    const config = await load({
      model: { architecture: 'r3gan' },
      data: { source: 'tar', path: 'a.tar', augment: { shift: 2 }, columns: { label: 'kind' } },
      objective: { penalties: { r1: 5 } },
      augmentation: { operations: ['cutout'] },
      training: { burnIn: { images: 100 }, schedule: { kind: 'cosine' } },
    });
    assert.deepEqual(config.objective.penalties, { gradient: 0, divergence: 0, r1: 5, r2: 1, dragan: 0, lecam: 0 });
    assert.deepEqual(config.augmentation.operations, ['cutout']);
    assert.deepEqual(config.training.burnIn, { images: 100, learningRate: 1, penalty: 1, beta2: 0.9 });
    assert.equal(config.training.schedule.everyImages, 1_000_000);
    assert.deepEqual(config.data.augment, { flip: false, shift: 2 });
  });

  it('takes the defaults of the other architectures', async () => {
    const deep = await load({ ...mnist, model: { architecture: 'chapter-deep' } });
    assert.deepEqual([deep.model.conditional, deep.training.steps, deep.training.epochs], [true, 100_000, null]);
    const dcgan = await load({ ...mnist, model: { architecture: 'dcgan' } });
    const { learningRate, beta1, beta2 } = dcgan.optimizer.discriminator;
    assert.deepEqual([learningRate, beta1, beta2], [0.0002, 0.5, 0.999]);
    assert.deepEqual([dcgan.model.baseChannels, dcgan.training.batchSize], [64, 128]);
  });

  it('keeps what the config says, beside the defaults', async () => {
    const config = await load({
      ...mnist,
      optimizer: { generator: { beta1: 0.7 } },
      training: { steps: 7 },
      monitor: { sampleEvery: 3 },
    });
    const { learningRate, beta1, beta2 } = config.optimizer.generator;
    assert.deepEqual([learningRate, beta1, beta2], [0.0005, 0.7, 0.999]);
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
    const { steps, epochs, batchSize, seed } = config.training;
    assert.deepEqual([steps, epochs, batchSize, seed], [5, null, 128, 0]);
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

  for (const [name, mark, swap] of [
    ['with a byte order mark', '\ufeff', false],
    ['without a byte order mark', '', false],
    ['big-endian', '\ufeff', true],
  ] as const) {
    it(`says once that a config is saved as UTF-16, ${name}`, async () => {
      const bytes = Buffer.from(`${mark}{"model": {"architecture": "dcgan"}, "data": {"source": "digits"}}`, 'utf16le');
      const file = join(folder.path, 'wide.gan.json');
      await writeFile(file, swap ? bytes.swap16() : bytes);
      await fails(
        loadConfig(file),
        'config/invalid',
        /^[^\n]*:1:1 error json\/encoding This file is saved as UTF-16; save it as UTF-8 [^\n]*$/,
      );
      const found = await diagnose(await readConfigText(file), file);
      assert.deepEqual(
        found.map(({ code }) => code),
        ['json/encoding'],
      );
    });
  }

  it('reads a config with the byte order mark of UTF-8', async () => {
    const file = join(folder.path, 'marked.gan.json');
    await writeFile(file, '\ufeff{"model": {"architecture": "dcgan"}, "data": {"source": "digits"}}');
    assert.equal((await loadConfig(file)).model.architecture, 'dcgan');
  });

  it('reads a file that begins with a byte order mark', async () => {
    assert.equal((await load(`\uFEFF${JSON.stringify(digits)}`)).name, 'project');
  });
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
