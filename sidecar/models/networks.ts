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
import { rasterOf } from './raster.ts';

/** `label` is one-hot [classes]; what the model does not use is null. */
export type GenerateInputs<V> = Omit<GeneratorInputs<V>, 'condition'>;

/**
 * `judged`: the stage's shape with its last dimension · pac, the examples judged together side by side
 * there; `label`: one-hot [classes · pac], theirs in the same order.
 */
export type DiscriminateInputs<V> = Omit<DiscriminatorInputs<V>, 'condition'>;

/** An example of `spec.stage`. */
export function generate<V>(
  layers: Layers<V>,
  architecture: AdversarialArchitecture,
  inputs: GenerateInputs<V>,
  spec: ModelSpec,
): V {
  return architecture.generator(layers, { ...inputs, ...generatorCondition(layers, inputs.label, spec) }, spec);
}

/** `reconstructs`: whether its decoder, if it has one, is to make the examples again. */
export function discriminate<V>(
  layers: Layers<V>,
  architecture: AdversarialArchitecture,
  inputs: DiscriminateInputs<V>,
  spec: ModelSpec,
  reconstructs = false,
): Judgement<V> {
  const told = { ...inputs, ...discriminatorCondition(layers, inputs.label, spec) };
  const features = architecture.discriminator(layers, told, spec);
  const judgement = judge(layers, architecture, features, inputs.label, spec);
  const reconstruction = reconstructs ? architecture.reconstruct?.(layers, features, told, spec) : null;
  return { ...judgement, reconstruction: reconstruction ?? null };
}

/** Raster in [−1, 1] of `levels` values → logits [h, w, values · levels], each of what came before it. */
export function valueLogits<V>(
  layers: Layers<V>,
  architecture: AutoregressiveArchitecture,
  raster: V,
  condition: V | null,
  spec: ModelSpec,
): V {
  const rows = architecture.rows?.(layers, raster, condition, spec) ?? [];
  const features = architecture.positions(layers, raster, rows, condition, spec);
  const values = layers.split(raster, rasterOf(spec.example).values);
  return layers.concat(values.map((_, at) => architecture.value(layers, features, values.slice(0, at), spec)));
}

/** Names of the generators: "generator", or "generator_1" and so on where there are several. */
export const generatorNames = ({ generators }: ModelSpec): readonly string[] =>
  generators === 1 ? ['generator'] : Array.from({ length: generators }, (_, i) => `generator_${i + 1}`);

/** Whether a network's kernels are divided by their largest singular value. */
export const isSpectral = ({ spectralNormalization }: ModelSpec, network: 'generator' | 'discriminator'): boolean =>
  spectralNormalization === 'both' || spectralNormalization === network;
