import assert from 'node:assert/strict';
import type { ArchitectureName, LossName } from '../../sidecar/config/resolved-config.ts';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { penaltyNames } from '../../sidecar/objectives/abouts.ts';
import { objectives } from '../../sidecar/objectives/index.ts';
import { createEagerEngine } from './engines.ts';
import { close, noiseDataset, type Overrides, tinyConfig } from './fixtures.ts';
import { batchAt, open } from './gan-fixtures.ts';

const losses = Object.keys(objectives) as LossName[];

/** What else a step may have: each with every loss or penalty would tell nothing more. */
const further: Readonly<Record<string, Overrides>> = {
  'critic steps and clipped weights': { objective: { loss: 'wasserstein', discriminatorSteps: 3, weightClip: 0.01 } },
  'feature matching and label smoothing': { objective: { featureMatching: 1, labelSmoothing: 0.1 } },
  diversity: { objective: { diversity: 1 } },
  pac: { model: { pac: 2 }, objective: { penalties: { r1: 1 } } },
  'an embedded label': { model: { conditional: true, conditioning: 'embedding' } },
  'a projected label': { model: { conditional: true, conditioning: 'projection' } },
  'an auxiliary classifier': { model: { conditional: true, conditioning: 'auxiliary-classifier' } },
  'several generators': { model: { generators: 2, conditional: true } },
  'minibatch discrimination': { model: { minibatch: 'discrimination' } },
  'spectral normalisation': { model: { spectralNormalization: 'both' } },
  'augmentation and instance noise': {
    augmentation: { operations: ['color', 'translation', 'cutout'], adaptive: true, instanceNoise: 0.1 },
    objective: { penalties: { r1: 1 } },
  },
  'other optimizers': {
    optimizer: { generator: { kind: 'sgd', momentum: 0.9 }, discriminator: { kind: 'rmsprop', l2: 0.1, clipNorm: 1 } },
  },
  'a burn-in': {
    training: { emaHalfLife: 100, burnIn: { images: 40, penalty: 10 } },
    objective: { penalties: { r1: 1 } },
  },
};

const cases: [string, Overrides][] = [
  ...losses.flatMap((loss) => [
    [loss, { objective: { loss } }] as [string, Overrides],
    ...penaltyNames.map(
      (each) => [`${loss} with ${each}`, { objective: { loss, penalties: { [each]: 1 } } }] as [string, Overrides],
    ),
  ]),
  ...Object.entries(further),
];

/** The smallest images that each architecture makes, as its defaults have it. */
const sizes: Readonly<Record<string, readonly [size: number, channels: number, inputChannels?: number]>> = {
  'chapter-deep': [8, 1],
  dcgan: [16, 3],
  resnet: [16, 3],
  r3gan: [16, 4],
  fastgan: [16, 3],
  progressive: [16, 3],
  'super-resolution': [16, 3],
  'image-to-image': [16, 3, 1],
};

describe('adversarial steps', () => {
  for (const [name, change] of cases) {
    it(`${name}: two steps are finite and move both networks`, async () => {
      const opened = await open(tinyConfig(change), noiseDataset(), () => createEngine('cpu'));
      try {
        const before = await opened.variables.read();
        for (const { metrics, notFinite } of await opened.steps(2)) {
          assert.equal(notFinite, null);
          for (const [metric, value] of Object.entries(metrics)) assert.ok(Number.isFinite(value), metric);
          for (const { metric } of opened.trainer.curves) assert.ok(metric in metrics, metric);
        }
        const after = await opened.variables.read();
        for (const name of Object.keys(before).filter((each) => /^(generator|discriminator)\S*\/kernel$/.test(each))) {
          assert.notDeepEqual(after[name]?.data, before[name]?.data, name);
        }
      } finally {
        await opened.close();
      }
    });
  }

  for (const [architecture, [size, channels, inputChannels]] of Object.entries(sizes)) {
    it(`${architecture} with its defaults: two steps are finite, images are made`, async () => {
      const model = { architecture: architecture as ArchitectureName, baseChannels: 8 };
      const data = noiseDataset(size, channels, 16, inputChannels);
      const opened = await open(tinyConfig({ model, monitor: { gridSize: 3 } }), data, () => createEngine('cpu'));
      try {
        for (const { notFinite } of await opened.steps(2)) assert.equal(notFinite, null);
        const grid = await opened.picture(2);
        assert.deepEqual([grid.width, grid.height, grid.channels], [3 * (size + 2) + 2, 3 * (size + 2) + 2, channels]);
        const request = { count: 5, labels: null, seed: 3 };
        const images = await opened.generate(request, 2);
        assert.equal(images.length, 5 * size * size * channels);
        assert.ok(images.every((x) => x >= -1 && x <= 1));
        assert.deepEqual(await opened.generate(request, 2), images);
      } finally {
        await opened.close();
      }
    });
  }

  it('makes real examples again in the pass that a penalty shares, and learns it', async () => {
    const config = tinyConfig({
      model: {
        architecture: 'fastgan',
        baseChannels: 8,
        normalization: { generator: 'batch', discriminator: 'layer' },
      },
      objective: { penalties: { r1: 1 } },
    });
    const opened = await open(config, noiseDataset(16, 3, 16), () => createEngine('cpu'));
    try {
      const errors = (await opened.steps(20)).map(({ metrics, notFinite }) => {
        assert.equal(notFinite, null);
        return metrics.decoderError ?? Number.NaN;
      });
      assert.ok((errors.at(-1) ?? 1) < (errors[0] ?? 0), `${errors}`);
    } finally {
      await opened.close();
    }
  });

  it('takes a batch of its own for each update of the discriminator', async () => {
    const config = tinyConfig({ objective: { loss: 'wasserstein', discriminatorSteps: 3 } });
    const dataset = noiseDataset();
    const biasAfter = async (darkened: number | null) => {
      const opened = await open(config, dataset, () => createEngine('cpu'));
      try {
        assert.equal(opened.trainer.examplesPerStep, 12);
        const batch = await batchAt(dataset, 0, 12);
        if (darkened !== null) batch.examples.data.fill(-1, darkened * 64, (darkened + 1) * 64);
        await opened.trainer.step(0, batch);
        return (await opened.variables.read())['discriminator/conv_1/bias']?.data;
      } finally {
        await opened.close();
      }
    };
    const plain = await biasAfter(null);
    for (const image of [0, 11]) assert.notDeepEqual(await biasAfter(image), plain, `image ${image}`);
  });

  it('takes three updates of the critic for one of the generator', async () => {
    // SGD without momentum: what the critic's weights move by is the sum of its updates.
    const sgd = { kind: 'sgd', momentum: 0, learningRate: 1e-3 } as const;
    const moved = async (discriminatorSteps: number) => {
      const config = tinyConfig({
        model: { dropout: 0 },
        objective: { loss: 'wasserstein', discriminatorSteps },
        optimizer: { discriminator: sgd, generator: { ...sgd, learningRate: 0 } },
      });
      const opened = await open(config, noiseDataset(), () => createEngine('cpu'));
      try {
        const name = 'discriminator/conv_1/bias';
        const before = (await opened.variables.read())[name]?.data ?? [];
        await opened.steps(1);
        const after = (await opened.variables.read())[name]?.data ?? [];
        return Math.hypot(...[...after].map((x, i) => x - (before[i] as number)));
      } finally {
        await opened.close();
      }
    };
    const ratio = (await moved(3)) / (await moved(1));
    assert.ok(ratio > 2 && ratio < 4, `${ratio}`);
  });

  it('bounds the critic’s weights by weightClip, and no others', async () => {
    const config = tinyConfig({ objective: { loss: 'wasserstein', weightClip: 0.01 } });
    const opened = await open(config, noiseDataset(), () => createEngine('cpu'));
    try {
      await opened.steps(2);
      for (const [name, { data }] of Object.entries(await opened.variables.read())) {
        const largest = Float32Array.from(data).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        if (name.startsWith('discriminator/')) assert.ok(largest <= Math.fround(0.01), `${name}: ${largest}`);
        if (name === 'generator/dense_1/kernel') assert.ok(largest > 0.02);
      }
    } finally {
      await opened.close();
    }
  });

  it('MAD-GAN: every generator learns, and the discriminator names them', async () => {
    const config = tinyConfig({ model: { generators: 2 } });
    const opened = await open(config, noiseDataset(), () => createEngine('cpu'));
    try {
      const { 'generator_1/dense_1/kernel': one, 'generator_2/dense_1/kernel': two } = await opened.variables.read();
      assert.notDeepEqual(one?.data, two?.data);
      const outcomes = await opened.steps(30);
      const accuracy = outcomes.slice(-5).reduce((sum, { metrics }) => sum + (metrics.generatorAccuracy ?? 0) / 5, 0);
      assert.ok(accuracy > 0.7, `${accuracy}`);
      const after = await opened.variables.read();
      assert.notDeepEqual(after['generator_1/dense_1/kernel']?.data, one?.data);
      assert.notDeepEqual(after['generator_2/dense_1/kernel']?.data, two?.data);
    } finally {
      await opened.close();
    }
  });

  // Sums in another order: the loss of the second step has been through the first one's update.
  for (const name of [
    'hinge with dragan',
    'wasserstein with gradient',
    'relativistic with r1',
    'least-squares with r2',
    'pac',
    'several generators',
    'augmentation and instance noise',
    'spectral normalisation',
    'an auxiliary classifier',
    'diversity',
  ]) {
    it(`${name}: agrees with TensorFlow.js’ own cpu backend`, async () => {
      const change = cases.find(([each]) => each === name)?.[1];
      assert.ok(change);
      const config = tinyConfig({ ...change, optimizer: { generator: slow, discriminator: slow } });
      const follow = async (createOne: () => Promise<Engine>) => {
        const opened = await open(config, noiseDataset(), createOne);
        try {
          return (await opened.steps(2)).map(({ metrics }) => metrics);
        } finally {
          await opened.close();
        }
      };
      const actual = await follow(() => createEngine('cpu'));
      const expected = await follow(() => createEagerEngine('cpu'));
      for (const [step, metrics] of actual.entries()) {
        assert.deepEqual(Object.keys(metrics), Object.keys(expected[step] ?? {}));
        for (const [metric, value] of Object.entries(metrics)) {
          close(value, expected[step]?.[metric] ?? Number.NaN, 1e-4);
        }
      }
    });
  }
});

/** A step that Adam cannot make large out of rounding errors. */
const slow = { kind: 'sgd', momentum: 0, learningRate: 1e-3 } as const;
