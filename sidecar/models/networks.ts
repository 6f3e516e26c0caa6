/**
 * Networks as a whole. Of an adversarial architecture: what they are told of the label, the
 * architecture's own layers, and the head; of an autoregressive one: its parts. Run over shapes and over tensors alike, so that what is
 * described is what is trained.
 */
import type {
  AdversarialArchitecture,
  AutoregressiveArchitecture,
  DiscriminatorInputs,
  GeneratorInputs,
  ModelSpec,
} from './architecture.ts';
import { discriminatorCondition, generatorCondition } from './conditioning.ts';
import { type Judgement, judge } from './heads.ts';
import type { Layers } from './layers.ts';

/** `label` is one-hot [classes]; what the model does not use is null. */
export type GenerateInputs<V> = Omit<GeneratorInputs<V>, 'condition'>;

/**
 * `judged`: [resolution, resolution, channels · pac], the images judged together side by side in the
 * channels; `label`: one-hot [classes · pac], theirs in the same order.
 */
export type DiscriminateInputs<V> = Omit<DiscriminatorInputs<V>, 'condition'>;

/** An image [resolution, resolution, channels]. */
export function generate<V>(
  layers: Layers<V>,
  architecture: AdversarialArchitecture,
  inputs: GenerateInputs<V>,
  spec: ModelSpec,
): V {
  return architecture.generator(layers, { ...inputs, ...generatorCondition(layers, inputs.label, spec) }, spec);
}

export function discriminate<V>(
  layers: Layers<V>,
  architecture: AdversarialArchitecture,
  inputs: DiscriminateInputs<V>,
  spec: ModelSpec,
): Judgement<V> {
  const told = { ...inputs, ...discriminatorCondition(layers, inputs.label, spec) };
  return judge(layers, architecture, architecture.discriminator(layers, told, spec), inputs.label, spec);
}

/** Image in [−1, 1] of `levels` values → logits [size, size, channels · levels], each of what came before it. */
export function pixelLogits<V>(
  layers: Layers<V>,
  architecture: AutoregressiveArchitecture,
  image: V,
  condition: V | null,
  spec: ModelSpec,
): V {
  const rows = architecture.rows(layers, image, condition, spec);
  const features = architecture.pixels(layers, image, rows, condition, spec);
  const channels = layers.split(image, spec.channels);
  return layers.concat(
    channels.map((_, channel) => architecture.channel(layers, features, channels.slice(0, channel), spec)),
  );
}

/** Names of the generators: "generator", or "generator_1" and so on where there are several. */
export const generatorNames = ({ generators }: ModelSpec): readonly string[] =>
  generators === 1 ? ['generator'] : Array.from({ length: generators }, (_, i) => `generator_${i + 1}`);

/** Whether a network's kernels are divided by their largest singular value. */
export const isSpectral = ({ spectralNormalization }: ModelSpec, network: 'generator' | 'discriminator'): boolean =>
  spectralNormalization === 'both' || spectralNormalization === network;
