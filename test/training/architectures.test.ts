/**
 * Gradients reach every weight of every architecture, and are right: tfjs cpu finds the same where it
 * can. Its gradients of resizing are wrong (nearest: from the second image of a batch on; bilinear: of
 * half-pixel centres), so that networks which resize are compared with finite differences instead.
 */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { architectureDefaults } from '../../sidecar/config/defaults.ts';
import type { ArchitectureName, ModelConfig } from '../../sidecar/config/resolved-config.ts';
import type { Engine, HostTensor, HostTensorMap } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import type { AdversarialArchitecture, Architecture, ModelSpec } from '../../sidecar/models/architecture.ts';
import { describeModel } from '../../sidecar/models/describe.ts';
import { architectures } from '../../sidecar/models/index.ts';
import { discriminate, generate, generatorNames, isSpectral, valueLogits } from '../../sidecar/models/networks.ts';
import type { WeightSpec } from '../../sidecar/models/shape-layers.ts';
import { specOf } from '../../sidecar/models/spec.ts';
import { uniforms } from '../../sidecar/sampling/counter-random.ts';
import type { Mode } from '../../sidecar/sampling/layers/mode.ts';
import { TensorLayers } from '../../sidecar/sampling/layers/tensor-layers.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { createEagerEngine } from './engines.ts';

const BATCH = 4;
const SEED = 3;
/** Length of the step to both sides for finite differences, all weights together. */
const STEP = 1e-3;
/** Where the chapter has a bias that batch normalisation takes away again: no gradient but rounding. */
const idle = /^generator\/dense_[12]\/bias$/;

interface Case {
  readonly name: ArchitectureName;
  readonly model?: Partial<ModelConfig>;
  readonly imageSize?: number;
  readonly channels?: number;
  readonly resolution?: number;
  /** What shows that the gradients are right. */
  readonly like?: 'tfjs cpu' | 'differences';
}

const layered = { generator: 'layer', discriminator: 'instance' } as const;
const byClass = { generator: 'conditional-batch', discriminator: 'group' } as const;
const none = { generator: 'none', discriminator: 'none' } as const;

const cases: readonly Case[] = [
  { name: 'chapter-mlp-conv', imageSize: 8, model: { minibatch: 'discrimination' }, like: 'tfjs cpu' },
  { name: 'chapter-deep', imageSize: 8, model: { conditional: true, conditioning: 'embedding' } },
  { name: 'dcgan', channels: 3, model: { conditional: true }, like: 'tfjs cpu' },
  { name: 'dcgan', model: { normalization: layered, selfAttention: true, spectralNormalization: 'both', pac: 2 } },
  { name: 'dcgan', model: { generators: 2, dropout: 0.25, minibatch: 'standard-deviation' } },
  {
    name: 'resnet',
    model: { conditional: true, conditioning: 'projection', normalization: byClass },
    like: 'differences',
  },
  { name: 'resnet', imageSize: 20, channels: 4, model: { selfAttention: true } },
  { name: 'r3gan', imageSize: 28, like: 'differences' },
  { name: 'r3gan', channels: 3, model: { conditional: true, conditioning: 'auxiliary-classifier' } },
  { name: 'r3gan', model: { conditional: true, conditioning: 'projection', pac: 2 } },
  { name: 'fastgan', imageSize: 32, channels: 3, model: { normalization: layered }, like: 'differences' },
  { name: 'fastgan', imageSize: 28, model: { conditional: true, conditioning: 'projection', selfAttention: true } },
  { name: 'fastgan', model: { conditional: true, normalization: byClass, minibatch: 'standard-deviation', pac: 1 } },
  { name: 'progressive', resolution: 4, like: 'tfjs cpu' },
  { name: 'progressive', resolution: 8, channels: 3, model: { conditional: true }, like: 'differences' },
  { name: 'progressive', model: { conditional: true, conditioning: 'projection', selfAttention: true } },
  { name: 'super-resolution', channels: 3, like: 'tfjs cpu' },
  { name: 'super-resolution', imageSize: 18, model: { scale: 2, normalization: none, conditional: true } },
  { name: 'image-to-image', channels: 3, like: 'tfjs cpu' },
  {
    name: 'image-to-image',
    imageSize: 28,
    model: { conditional: true, conditioning: 'auxiliary-classifier', minibatch: 'standard-deviation' },
  },
  {
    name: 'image-to-image',
    imageSize: 48,
    model: { conditional: true, conditioning: 'projection', normalization: none },
  },
  { name: 'vae', model: { conditional: true } },
  { name: 'residual-vae', model: { conditional: true }, like: 'tfjs cpu' },
  { name: 'residual-vae', imageSize: 20, channels: 3, model: { blocks: 2 }, like: 'differences' },
  { name: 'residual-vae', model: { normalization: { generator: 'batch', discriminator: 'none' } } },
  { name: 'pixelcnn', channels: 3, model: { levels: 4, normalization: none, conditional: true } },
];

function specIn({ name, model, imageSize = 16, channels = 1, resolution }: Case): ModelSpec {
  const tiny = { baseChannels: name === 'r3gan' ? 8 : 4, latentSize: 6 };
  const square = (size: number, depth: number) => [size, size, depth];
  const examples = {
    shape: square(imageSize, channels),
    sourceShape: name === 'image-to-image' ? square(imageSize, 1) : null,
    classNames: ['a', 'b', 'c'],
  };
  const spec = specOf({ ...architectureDefaults[name].model, ...tiny, ...model }, examples);
  return { ...spec, stage: square(resolution ?? imageSize, channels) };
}

/** Noise for everything that the networks of a spec may take; the program uses what it needs. */
function inputsFor(architecture: Architecture, spec: ModelSpec): HostTensorMap {
  const { from } = architecture.about;
  const { stages = null } = architecture.family === 'adversarial' ? architecture : {};
  const { pac, classes } = spec;
  const [resolution = 0, , channels = 0] = spec.stage;
  const noise = (name: string, shape: number[]): HostTensor => ({
    dtype: 'float32',
    shape,
    data: uniforms(
      SEED,
      name,
      shape.reduce((n, size) => n * size, 1),
    ).map((x) => 2 * x - 1),
  });
  const low = (spec.example[0] ?? 0) / spec.scale;
  const labels = (count: number): HostTensor => ({
    dtype: 'float32',
    shape: [BATCH, count],
    data: Float32Array.from({ length: BATCH * count }, (_, i) =>
      Number((i % count) % classes === Math.floor(i / count) % classes),
    ),
  });
  return {
    latent: noise('latent', [BATCH, spec.latentSize]),
    real: noise('real', [BATCH, resolution, resolution, channels * pac]),
    ...(classes > 0 && { label: labels(classes), labels: labels(classes * pac) }),
    ...(from === 'reduced' && { source: noise('image', [BATCH, low, low, channels]) }),
    ...(from === 'paired' && { source: noise('image', [BATCH, ...(spec.source ?? [])]) }),
    ...(stages !== null && resolution > 4 && { fade: { dtype: 'float32', shape: [], data: Float32Array.of(0.3) } }),
  };
}

type Inputs = Readonly<Record<string, tf.Tensor>>;

/** A number that depends on every weight: not a loss to train with, but its gradients show what is connected. */
function objective(architecture: Architecture, spec: ModelSpec, variables: Variables, inputs: Inputs, mode: Mode) {
  const square = (x: tf.Tensor) => tf.mean<tf.Scalar>(tf.square(x));
  const condition = inputs.label ?? null;
  const layers = (network: string, kind: 'generator' | 'discriminator' = 'generator') =>
    new TensorLayers(variables, network, mode, { spectralNormalization: isSpectral(spec, kind) });
  switch (architecture.family) {
    case 'variational': {
      const { mean, logVariance } = architecture.encoder<tf.Tensor>(layers('encoder'), inputs.real!, condition, spec);
      const z = tf.add(mean, tf.mul(logVariance, inputs.latent!));
      const decoded = architecture.decoder<tf.Tensor>(layers('decoder'), z, condition, spec);
      return tf.addN([square(mean), square(logVariance), square(decoded)]) as tf.Scalar;
    }
    case 'autoregressive':
      return square(valueLogits<tf.Tensor>(layers('network'), architecture, inputs.real!, condition, spec));
    case 'adversarial':
      return adversarial(architecture, spec, inputs, layers);
  }
}

function adversarial(
  architecture: AdversarialArchitecture,
  spec: ModelSpec,
  inputs: Inputs,
  layers: (network: string, kind: 'generator' | 'discriminator') => TensorLayers,
): tf.Scalar {
  const { latent = null, label = null, labels = null, source = null, fade = null } = inputs;
  const beside = { source, fade };
  const fakes = generatorNames(spec).map((name) =>
    generate<tf.Tensor>(layers(name, 'generator'), architecture, { ...beside, latent, label }, spec),
  );
  assert.deepEqual(fakes[0]?.shape, [BATCH, ...spec.stage]);
  const judged = [inputs.real!, ...fakes.map((fake) => tf.tile(fake, [1, 1, 1, spec.pac]))];
  const terms = judged.flatMap((images, i) => {
    const discriminator = layers('discriminator', 'discriminator');
    const { logits, classLogits, reconstruction } = discriminate<tf.Tensor>(
      discriminator,
      architecture,
      { ...beside, judged: images, label: labels },
      spec,
      i === 0,
    );
    assert.equal(logits.shape.at(-1), spec.generators > 1 ? spec.generators + 1 : 1);
    const weights = tf.range(1, 1 + (logits.shape.at(-1) ?? 1));
    const term = tf.mean<tf.Scalar>(tf.softplus(tf.mul(logits, tf.mul(weights, i === 0 ? -1 : 1))));
    const further = [
      ...(classLogits === null ? [] : [[classLogits, label!] as const]),
      ...(reconstruction === null ? [] : [[reconstruction.made, reconstruction.wanted] as const]),
    ];
    return [term, ...further.map(([a, b]) => tf.mean<tf.Scalar>(tf.square(tf.sub(a, b))))];
  });
  return tf.addN(terms) as tf.Scalar;
}

interface Found {
  /** By the weight's name. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
  /** Where asked for: the slope of the objective along its gradients, from its values on both sides. */
  readonly slope: number;
}

async function differentiate(engine: Engine, each: Case): Promise<Found> {
  const spec = specIn(each);
  const architecture = architectures[each.name];
  const variables = new Variables();
  const names: string[] = [];
  for (const [network, { weights, current }] of Object.entries(describeModel(each.name, spec, BATCH).networks)) {
    variables.addWeights(network, weights.map(awake), SEED);
    for (const { name, trainable } of weights) if (trainable && current.has(name)) names.push(`${network}/${name}`);
  }
  const weights = names.map((name) => variables.get(name));
  const step = engine.compile('gradients', (given, random) => {
    const { along, ...inputs } = given as Inputs;
    const mode = { training: true, random, keepStatistics: false } as const;
    const value = () => objective(architecture, spec, variables, inputs, mode);
    const { value: here, grads } = tf.variableGrads(value, weights);
    const before = weights.map((weight) => tf.clone(weight));
    const square = tf.addN(names.map((name) => tf.sum(tf.square(grads[name] ?? tf.scalar(0)))));
    const unit = tf.div(along as tf.Tensor, tf.sqrt(square));
    for (const [i, name] of names.entries()) {
      weights[i]?.assign(tf.add(before[i] as tf.Tensor, tf.mul(grads[name] ?? tf.scalar(0), unit)));
    }
    const there = value();
    for (const [i, weight] of weights.entries()) weight.assign(before[i] as tf.Tensor);
    const found = names.flatMap((name, i) => (grads[name] ? [[`${i}`, grads[name]] as const] : []));
    return { ...Object.fromEntries(found), here, there };
  });
  const inputs = inputsFor(architecture, spec);
  const run = async (length: number) => {
    const along: HostTensor = { dtype: 'float32', shape: [], data: Float32Array.of(length) };
    return step.run({ ...inputs, along }, { seed: SEED, step: 0 });
  };
  const up = await run(STEP);
  const down = each.like === 'differences' ? await run(-STEP) : up;
  step.dispose();
  variables.dispose();
  return {
    gradients: new Map(names.map((name, i) => [name, (up[`${i}`]?.data ?? new Float32Array()) as Float32Array])),
    slope: ((up.there?.data[0] ?? Number.NaN) - (down.there?.data[0] ?? Number.NaN)) / (2 * STEP),
  };
}

/** What begins at 0 would hide what lies behind it, and 0.02 is little for so few channels. */
function awake(spec: WeightSpec): WeightSpec {
  if (spec.trainable && spec.init === 'zeros') return { ...spec, init: 'normal', gain: 0.3 };
  return spec.init === 'normal-0.02' ? { ...spec, init: 'he-normal' } : spec;
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe('architectures', () => {
  let engine: Engine;
  let reference: Engine;
  before(async () => {
    reference = await createEagerEngine('cpu');
    engine = await createEngine('cpu');
  });
  after(async () => {
    await engine.dispose();
    await reference.dispose();
  });

  for (const each of cases) {
    const { name, like, ...rest } = each;
    const right = like === undefined ? '' : like === 'differences' ? ', as steep as the objective' : ', as on tfjs cpu';
    it(`${name}: gradients reach every weight${right} ${JSON.stringify(rest)}`, async () => {
      const { gradients, slope } = await differentiate(engine, each);
      for (const [weight, values] of gradients) {
        assert.ok(values.length > 0, `${weight} has no part in the objective`);
        assert.ok(values.every(Number.isFinite), `the gradient of ${weight} is not finite`);
        if (name === 'chapter-mlp-conv' && idle.test(weight)) continue;
        assert.ok(norm(values) > 1e-7, `the gradient of ${weight} is ${norm(values)}`);
      }
      if (like === 'differences') {
        const expected = Math.sqrt([...gradients.values()].reduce((sum, values) => sum + norm(values) ** 2, 0));
        // A step that is long enough for float32 crosses some corners of the ReLUs.
        assert.ok(Math.abs(slope / expected - 1) < 0.02, `${slope} instead of ${expected}`);
      }
      if (like === 'tfjs cpu') {
        const expected = (await differentiate(reference, each)).gradients;
        for (const [weight, values] of gradients) {
          if (name === 'chapter-mlp-conv' && idle.test(weight)) continue;
          const difference = norm(values.map((value, i) => value - (expected.get(weight)?.[i] ?? Number.NaN)));
          // Sums in another order, through normalisations that divide by small deviations.
          assert.ok(difference < 2e-3 * norm(values), `${weight} differs by ${difference / norm(values)}`);
        }
      }
    });
  }
});
