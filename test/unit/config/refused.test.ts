/** Every combination of keys that cannot work, or has no effect: its diagnostic, place, severity and way out. */
import assert from 'node:assert/strict';
import { applyEdits } from 'jsonc-parser';
import { type Diagnostic, diagnose, diagnoseText, readConfig } from '../../../sidecar/config/diagnose.ts';

interface Case {
  /** The config but for its data, which are drawn digits; the place of the diagnostic stands between « and ». */
  readonly config: string;
  readonly code: string;
  /** How a person gets out: the one right fix, a choice of some, or by thinking. Default 'fix'. */
  readonly out?: 'fix' | 'choices' | 'none';
}

const dcgan = '"model": {"architecture": "dcgan"}';
const unnormalised = '"model": {"architecture": "dcgan", "normalization": {"discriminator": "none"}}';
const model = (rest: string, architecture = 'dcgan') => `"model": {"architecture": "${architecture}", ${rest}}`;
const objective = (rest: string) => `"objective": {${rest}}`;

const errors: readonly Case[] = [
  // Batch normalisation in a critic whose slope is penalised.
  ...['gradient', 'divergence', 'r1', 'r2', 'dragan'].flatMap((penalty): Case[] => {
    const code = 'model/batch-norm-penalty';
    const penalised = `"penalties": {"${penalty}": 1}`;
    const loss = penalty === 'gradient' || penalty === 'divergence' ? '"loss": "wasserstein", ' : '';
    return [
      {
        config: `${model('"normalization": {"discriminator": «"batch"»}')}, ${objective(loss + penalised)}`,
        code,
        out: 'choices',
      },
      {
        config: `${dcgan}, ${objective(`${loss}"penalties": {"${penalty}": «1»}`)}`,
        code,
        out: 'choices',
      },
    ];
  }),
  {
    config: `${model('"conditional": true, "normalization": {"discriminator": «"conditional-batch"»}')}, ${objective('"penalties": {"r1": 1}')}`,
    code: 'model/batch-norm-penalty',
    out: 'choices',
  },

  // The Wasserstein loss and its bound.
  {
    config: `${unnormalised}, ${objective('"loss": «"wasserstein"»')}`,
    code: 'objective/no-lipschitz',
    out: 'choices',
  },
  {
    config: `${model('"spectralNormalization": "generator"')}, ${objective('"loss": «"wasserstein"»')}`,
    code: 'objective/no-lipschitz',
    out: 'choices',
  },
  {
    config: `${model('"latentSize": 64', 'progressive')}, ${objective('"penalties": {"gradient": «0»}')}`,
    code: 'objective/no-lipschitz',
    out: 'choices',
  },
  ...['non-saturating', 'minimax', 'least-squares', 'hinge', 'relativistic'].map(
    (loss): Case => ({
      config: `${unnormalised}, ${objective(`"loss": "${loss}", "weightClip": «0.01»`)}`,
      code: 'objective/weight-clip',
      out: 'choices',
    }),
  ),
  {
    config: `${unnormalised}, ${objective('"loss": "wasserstein", "weightClip": «0.01», "penalties": {"gradient": 10}')}`,
    code: 'objective/clip-and-penalty',
    out: 'choices',
  },

  // Label smoothing needs a target.
  ...['hinge', 'relativistic'].map(
    (loss): Case => ({
      config: `${dcgan}, ${objective(`"loss": "${loss}", "labelSmoothing": «0.1»`)}`,
      code: 'objective/label-smoothing',
    }),
  ),
  {
    config: `${dcgan}, ${objective('"loss": "wasserstein", "weightClip": 0.01, "labelSmoothing": «0.1»')}`,
    code: 'objective/label-smoothing',
  },
  {
    config: `${model('"generators": 2')}, ${objective('"labelSmoothing": «0.1»')}`,
    code: 'objective/label-smoothing',
  },

  // Losses of other families.
  ...['non-saturating', 'minimax', 'least-squares', 'hinge', 'wasserstein', 'relativistic', 'likelihood'].map(
    (loss): Case => ({
      config: `"model": {"architecture": "vae"}, ${objective(`"loss": «"${loss}"»`)}`,
      code: 'objective/loss-family',
    }),
  ),
  ...['hinge', 'elbo'].map(
    (loss): Case => ({
      config: `"model": {"architecture": "pixelcnn"}, ${objective(`"loss": «"${loss}"»`)}`,
      code: 'objective/loss-family',
    }),
  ),
  ...['dcgan', 'r3gan', 'progressive', 'super-resolution', 'image-to-image'].flatMap((architecture) =>
    ['elbo', 'likelihood'].map(
      (loss): Case => ({
        config: `"model": {"architecture": "${architecture}"}, ${objective(`"loss": «"${loss}"»`)}`,
        code: 'objective/loss-family',
      }),
    ),
  ),

  // Packs and parts of a batch.
  { config: `${model('"pac": 3')}, "training": {"batchSize": «64»}`, code: 'training/batch-parts' },
  { config: `${model('"pac": «3»')}`, code: 'training/batch-parts' },
  { config: `${model('"generators": 3')}, "training": {"batchSize": «64»}`, code: 'training/batch-parts' },
  { config: `${model('"generators": «3»')}`, code: 'training/batch-parts' },
  { config: `${model('"generators": 3, "pac": 2')}, "training": {"batchSize": «33»}`, code: 'training/batch-parts' },
  {
    config: model('"conditional": true, "conditioning": "auxiliary-classifier", "pac": «2»'),
    code: 'model/pac-classifier',
    out: 'choices',
  },
  ...['super-resolution', 'image-to-image'].flatMap((architecture): Case[] => [
    { config: model('"pac": «2»', architecture), code: 'model/pac-translation' },
    { config: model('"generators": «2»', architecture), code: 'model/generators-translation' },
    { config: model('"minibatch": «"discrimination"»', architecture), code: 'model/discrimination-translation' },
  ]),

  // Several generators have a loss of their own.
  ...['minimax', 'least-squares', 'hinge', 'relativistic'].map(
    (loss): Case => ({
      config: `${model('"generators": 2')}, ${objective(`"loss": «"${loss}"»`)}`,
      code: 'objective/generators',
      out: 'choices',
    }),
  ),
  {
    config: `${model('"generators": 2')}, ${objective('"loss": «"wasserstein"», "weightClip": 0.01')}`,
    code: 'objective/generators',
    out: 'choices',
  },
  { config: model('"generators": «2»', 'resnet'), code: 'objective/generators', out: 'choices' },
  {
    config: model('"generators": 2, "conditional": true, "conditioning": «"projection"»'),
    code: 'model/projection-generators',
    out: 'choices',
  },

  // Classes.
  ...['projection', 'auxiliary-classifier'].map(
    (conditioning): Case => ({
      config: model(`"conditioning": «"${conditioning}"»`),
      code: 'model/conditioning-without-classes',
      out: 'choices',
    }),
  ),
  ...['vae', 'pixelcnn'].flatMap((architecture) =>
    ['embedding', 'projection', 'auxiliary-classifier'].map(
      (conditioning): Case => ({
        config: model(`"conditional": true, "conditioning": «"${conditioning}"»`, architecture),
        code: 'model/conditioning-family',
      }),
    ),
  ),
  ...['generator', 'discriminator'].map(
    (network): Case => ({
      config: model(`"normalization": {"${network}": «"conditional-batch"»}`),
      code: 'model/conditional-batch',
      out: 'choices',
    }),
  ),
  {
    config: model(
      '"conditional": true, "conditioning": "auxiliary-classifier", "normalization": {"discriminator": «"conditional-batch"»}',
    ),
    code: 'model/class-told',
    out: 'choices',
  },

  // What the layers of an architecture do not go with.
  ...['batch', 'layer', 'instance', 'group', 'pixel'].flatMap((kind) =>
    ['generator', 'discriminator'].map(
      (network): Case => ({
        config: model(`"normalization": {"${network}": «"${kind}"»}`, 'r3gan'),
        code: 'model/r3gan-normalization',
      }),
    ),
  ),
  { config: model('"spectralNormalization": «"both"»', 'r3gan'), code: 'model/r3gan-spectral-norm' },
  { config: model('"baseChannels": «20»', 'r3gan'), code: 'model/r3gan-groups' },
  {
    config: `${model('"normalization": {"discriminator": «"batch"»}', 'progressive')}, ${objective('"loss": "non-saturating", "penalties": {"gradient": 0}')}`,
    code: 'model/progressive-batch-norm',
  },
  ...['generator', 'discriminator', 'both'].map(
    (which): Case => ({
      config: model(`"spectralNormalization": «"${which}"»`, 'progressive'),
      code: 'model/progressive-spectral-norm',
    }),
  ),
  { config: model('"minibatch": «"discrimination"»', 'progressive'), code: 'model/discrimination-progressive' },
  ...['batch', 'layer', 'instance', 'group'].map(
    (kind): Case => ({
      config: model(`"normalization": {"generator": «"${kind}"»}`, 'pixelcnn'),
      code: 'model/pixelcnn-normalization',
      out: 'choices',
    }),
  ),
  ...['chapter-mlp-conv', 'chapter-deep'].map(
    (architecture): Case => ({
      config: model('"normalization": {"generator": «"instance"»}', architecture),
      code: 'model/instance-norm',
      out: 'choices',
    }),
  ),
  { config: model('"selfAttention": «true»', 'chapter-mlp-conv'), code: 'model/self-attention' },
  { config: model('"generators": «2»', 'fastgan'), code: 'model/generators-patches' },
  {
    config: model('"minibatch": «"discrimination"»', 'fastgan'),
    code: 'model/discrimination-patches',
    out: 'choices',
  },

  // Augmentation.
  { config: `${dcgan}, "augmentation": {"adaptive": «true»}`, code: 'augmentation/nothing-to-adapt', out: 'choices' },
  {
    config: `${model('"generators": 2')}, "augmentation": {"operations": ["cutout"], "adaptive": «true», "probability": 0}`,
    code: 'augmentation/adaptive-generators',
    out: 'choices',
  },
  ...['["translation"]', '["translation", "cutout"]'].map(
    (operations): Case => ({
      config: `${model('"baseChannels": 16', 'image-to-image')}, "augmentation": {«"operations"»: ${operations}}`,
      code: 'augmentation/pairs',
    }),
  ),
];

const warnings: readonly Case[] = [
  ...['gradient', 'divergence', 'r1', 'r2', 'dragan'].map(
    (penalty): Case => ({
      config: `${model('"minibatch": «"discrimination"», "normalization": {"discriminator": "none"}')}, ${objective(`"penalties": {"${penalty}": 1}`)}`,
      code: 'model/discrimination-penalty',
      out: 'choices',
    }),
  ),
  {
    config: `${model('"minibatch": "standard-deviation"')}, "training": {"batchSize": «7»}`,
    code: 'training/minibatch-group',
  },
  {
    config: `${model('"minibatch": "discrimination", "pac": 2')}, "training": {"batchSize": «2»}`,
    code: 'training/minibatch-group',
  },
];

const remarks: readonly Case[] = [
  { config: `${dcgan}, ${objective('"loss": «"minimax"»')}`, code: 'objective/minimax', out: 'choices' },
  {
    config: `${dcgan}, ${objective('"loss": "wasserstein", "weightClip": «0.01»')}`,
    code: 'optimizer/clip-momentum',
    out: 'choices',
  },
  {
    config: `${dcgan}, ${objective('"loss": "wasserstein", "weightClip": 0.01')}, "optimizer": {"discriminator": {"kind": "sgd", "momentum": «0.9»}}`,
    code: 'optimizer/clip-momentum',
    out: 'choices',
  },
  { config: `${dcgan}, "augmentation": {«"operations"»: ["color"]}`, code: 'augmentation/grey', out: 'none' },
];

/** Keys that change nothing: underlined by their name, and removed by the fix. */
const idle: readonly string[] = [
  // Of other architectures.
  ...['chapter-mlp-conv', 'chapter-deep'].map((name) => model('«"baseChannels"»: 32', name)),
  model('«"latentSize"»: 32', 'pixelcnn'),
  model('«"latentSize"»: 32', 'super-resolution'),
  model('«"levels"»: 4'),
  model('«"blocks"»: 2'),
  model('«"scale"»: 2'),
  model('«"scale"»: 2', 'image-to-image'),
  ...['vae', 'pixelcnn'].flatMap((name) => [
    model('«"spectralNormalization"»: "both"', name),
    model('«"selfAttention"»: true', name),
    model('«"minibatch"»: "standard-deviation"', name),
    model('«"pac"»: 2', name),
    model('«"generators"»: 2', name),
    model('"normalization": {«"discriminator"»: "batch"}', name),
    `"model": {"architecture": "${name}"}, ${objective('«"penalties"»: {"r1": 1}')}`,
    `"model": {"architecture": "${name}"}, ${objective('«"weightClip"»: 0.01')}`,
    `"model": {"architecture": "${name}"}, ${objective('«"labelSmoothing"»: 0.1')}`,
    `"model": {"architecture": "${name}"}, ${objective('«"discriminatorSteps"»: 2')}`,
    `"model": {"architecture": "${name}"}, ${objective('«"featureMatching"»: 1')}`,
    `"model": {"architecture": "${name}"}, ${objective('«"diversity"»: 1')}`,
    `"model": {"architecture": "${name}"}, ${objective('«"classification"»: 1')}`,
    `"model": {"architecture": "${name}"}, «"augmentation"»: {"instanceNoise": 0.1}`,
    `"model": {"architecture": "${name}"}, "optimizer": {«"discriminator"»: {"learningRate": 0.1}}`,
  ]),
  `"model": {"architecture": "super-resolution"}, ${objective('«"diversity"»: 1')}`,
  `"model": {"architecture": "image-to-image"}, ${objective('«"diversity"»: 1')}`,
  `${dcgan}, ${objective('«"content"»: 1')}`,
  `${dcgan}, ${objective('«"beta"»: 1')}`,
  `${dcgan}, ${objective('«"likelihood"»: "gaussian"')}`,
  `"model": {"architecture": "pixelcnn"}, ${objective('«"beta"»: 1')}`,
  `${dcgan}, "training": {«"growEvery"»: 1000}`,
  // Of a model without classes, or without a classifier.
  model('«"conditioning"»: "concat"'),
  model('«"conditioning"»: "embedding"'),
  `${model('"conditional": true')}, ${objective('«"classification"»: 1')}`,
  // Of augmentation that does not happen.
  `${dcgan}, "augmentation": {«"probability"»: 0.5}`,
  `${dcgan}, "augmentation": {"operations": ["cutout"], «"target"»: 0.5}`,
  `${dcgan}, "augmentation": {«"instanceNoiseImages"»: 5}`,
  // Of other optimizers.
  ...['generator', 'discriminator'].flatMap((network) => {
    const optimizer = (rest: string) => `${dcgan}, "optimizer": {"${network}": {${rest}}}`;
    return [
      optimizer('«"momentum"»: 0.9'),
      optimizer('«"decay"»: 0.9'),
      optimizer('«"weightDecay"»: 0.1'),
      optimizer('"kind": "adamw", «"momentum"»: 0.9'),
      optimizer('"kind": "rmsprop", «"beta1"»: 0.5'),
      optimizer('"kind": "rmsprop", «"beta2"»: 0.5'),
      optimizer('"kind": "sgd", «"beta1"»: 0.5'),
      optimizer('"kind": "sgd", «"decay"»: 0.9'),
    ];
  }),
  // Of other schedules, and of no burn-in.
  `${dcgan}, "training": {"schedule": {«"factor"»: 0.1}}`,
  `${dcgan}, "training": {"schedule": {"kind": "cosine", «"everyImages"»: 10}}`,
  ...['learningRate', 'penalty', 'beta2'].map((key) => `${dcgan}, "training": {"burnIn": {«"${key}"»: 0.5}}`),
  `${dcgan}, "training": {"burnIn": {"images": 9, «"penalty"»: 2}}`,
  `${dcgan}, "optimizer": {"generator": {"kind": "sgd"}, "discriminator": {"kind": "rmsprop"}}, "training": {"burnIn": {"images": 9, «"beta2"»: 0.5}}`,
];

const sound: Readonly<Record<string, string>> = {
  'WGAN with clipping and RMSProp': `${dcgan}, ${objective('"loss": "wasserstein", "weightClip": 0.01')}, "optimizer": {"discriminator": {"kind": "rmsprop"}}`,
  'WGAN-GP with layer normalisation': `${model('"normalization": {"discriminator": "layer"}')}, ${objective('"loss": "wasserstein", "penalties": {"gradient": 10}')}`,
  'WGAN with spectral normalisation': `${model('"spectralNormalization": "discriminator"')}, ${objective('"loss": "wasserstein"')}`,
  'R1 without normalisation': `${unnormalised}, ${objective('"penalties": {"r1": 1}')}`,
  'LeCam with batch normalisation': `${dcgan}, ${objective('"penalties": {"lecam": 0.1}')}`,
  'smoothing with least squares': `${dcgan}, ${objective('"loss": "least-squares", "labelSmoothing": 0.1')}`,
  'packs of labelled images': `${model('"conditional": true, "pac": 2')}`,
  'generators with an auxiliary classifier': `${model('"generators": 2, "conditional": true, "conditioning": "auxiliary-classifier"')}`,
  'a projection with a relativistic loss': `${model('"conditional": true, "conditioning": "projection"', 'r3gan')}`,
  'adaptive augmentation': `${dcgan}, "augmentation": {"operations": ["translation"], "adaptive": true, "probability": 0, "target": 0.5}`,
  'minibatch deviation beside a gradient penalty': `${model('"minibatch": "standard-deviation", "normalization": {"discriminator": "none"}')}, ${objective('"loss": "wasserstein", "penalties": {"gradient": 10}')}`,
  'a conditional VAE': `${model('"conditional": true', 'vae')}, ${objective('"likelihood": "gaussian", "beta": 2')}`,
  'a PixelCNN of few levels': model('"levels": 4', 'pixelcnn'),
  'batch normalisation in the generator beside penalties': `${model('"normalization": {"generator": "batch", "discriminator": "none"}')}, ${objective('"penalties": {"r1": 1, "r2": 1}')}`,
  'a burn-in': `${unnormalised}, ${objective('"penalties": {"r1": 1}')}, "training": {"burnIn": {"images": 9, "penalty": 2, "learningRate": 2, "beta2": 0.5}}`,
};

const textOf = (config: string) => `{${config}, "data": {"source": "digits"}}`;
const found = (text: string) => diagnoseText(readConfig(text));

const edited = (text: string, fix: NonNullable<Diagnostic['fix']>) =>
  applyEdits(
    text,
    fix.edits.map(({ text: content, ...place }) => ({ ...place, content })),
  );

/** The diagnostic of this code, at the marked place; every way out leads out. */
const check = (severity: Diagnostic['severity'], { config, code, out = 'fix' }: Case) =>
  it(`${code} of ${config.replace(/[«»]/g, '')}`, () => {
    const marked = textOf(config);
    const text = marked.replace(/[«»]/g, '');
    const all = found(text);
    assert.deepEqual(
      all.filter(({ layer }) => layer === 'schema'),
      [],
    );
    const diagnostic = all.find((each) => each.code === code);
    assert.ok(diagnostic, `found ${JSON.stringify(all)}`);
    const offset = marked.indexOf('«');
    const place = text.slice(diagnostic.offset, diagnostic.offset + diagnostic.length);
    assert.deepEqual([place, diagnostic.offset], [marked.slice(offset + 1, marked.indexOf('»')), offset]);
    assert.equal(diagnostic.severity, severity);
    assert.equal(diagnostic.fix ? 'fix' : diagnostic.choices ? 'choices' : 'none', out);
    assert.equal(all.filter((each) => each.code === code && each.offset === diagnostic.offset).length, 1, 'said once');
    for (const fix of [...(diagnostic.fix ? [diagnostic.fix] : []), ...(diagnostic.choices ?? [])]) {
      const rest = found(edited(text, fix)).map(({ message }) => message);
      assert.ok(!rest.includes(diagnostic.message), `${fix.title} leaves it`);
    }
  });

describe('What cannot work is refused:', () => {
  for (const test of errors) check('error', test);

  it('with a source: a paper with its year', () => {
    for (const { config, code } of errors) {
      const message = found(textOf(config).replace(/[«»]/g, '')).find((each) => each.code === code)?.message ?? '';
      const needsNone = ['objective/loss-family', 'model/conditioning-family', 'training/batch-parts'].includes(code);
      assert.ok(needsNone || /\b(19|20)\d\d\b/.test(message), `${code}: ${message}`);
    }
  });

  const sizes = {
    'progressive with a size that is no power of two': ['"model": {"architecture": "progressive"}', 24, 16],
    'super-resolution of a size that its scale does not divide': [model('"scale": 4', 'super-resolution'), 30, 32],
    'image-to-image of a size that cannot be halved': ['"model": {"architecture": "image-to-image"}', 30, 32],
    'r3gan of a size that doubling does not make': ['"model": {"architecture": "r3gan"}', 30, 28],
  } as const;
  for (const [what, [config, size, fitting]] of Object.entries(sizes)) {
    it(`model/image-size of ${what}`, async () => {
      const text = `{${config}, "data": {"source": "digits", "imageSize": ${size}}}`;
      const [first, ...rest] = await diagnose(text, '/nowhere/gan.config.json');
      assert.deepEqual([first?.code, first?.severity, rest], ['model/image-size', 'error', []]);
      assert.equal(edited(text, first!.fix!), text.replace(`${size}`, `${fitting}`));
    });
  }
});

describe('What works badly is warned of:', () => {
  for (const test of warnings) check('warning', test);
});

describe('What is worth a second thought is remarked:', () => {
  for (const test of remarks) check('info', test);
});

describe('A key that changes nothing is said to:', () => {
  for (const config of idle) check('warning', { config, code: 'config/ignored-key' });
});

describe('Sound combinations:', () => {
  for (const [what, config] of Object.entries(sound)) {
    it(what, () => assert.deepEqual(found(textOf(config)), []));
  }
});
