/** What both updates of an adversarial step have in common. */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { StepRandom, TensorMap } from '../../engine/engine.ts';
import type { Mode } from '../../sampling/layers/mode.ts';
import type { Metrics } from '../../terms/metrics.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Watch } from '../update/watch.ts';
import type { Losses } from './losses.ts';
import type { GanNetworks, Judgement } from './networks.ts';
import type { Reals } from './reals.ts';
import type { Regulation } from './regulation.ts';

/** What the steps of a run, or of one stage of it, are made of. */
export interface GanSetup {
  readonly config: ResolvedConfig;
  readonly networks: GanNetworks;
  readonly losses: Losses;
  /** Weights that have a part in this stage. */
  readonly weights: { readonly generator: tf.Variable[]; readonly discriminator: tf.Variable[] };
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer };
  readonly regulation: Regulation;
}

/** Scalars for the metrics. */
export type Named = Readonly<Metrics<tf.Scalar>>;

/** What one step is given: its inputs, its random numbers, its modes. */
export interface StepContext {
  readonly inputs: TensorMap;
  readonly random: StepRandom;
  /** Share of a growing network's newest stage; null without growing. */
  readonly fade: tf.Scalar | null;
  readonly watch: Watch;
  /** Both networks train, and their statistics stand still. */
  readonly training: Mode;
  /** Both networks train, and the statistics of the one that is updated follow. */
  readonly updating: Mode;
  /** Does to examples what is done to all that the discriminator sees. */
  augment(examples: tf.Tensor): tf.Tensor;
}

/** Generated examples with what they were made from. */
export interface Fakes {
  readonly examples: tf.Tensor;
  /** z [n, latentSize]; null where they are made from something else. */
  readonly latents: tf.Tensor2D | null;
}

/** Examples of the classes and from the sources of `reals`, each generator an equal part of them. */
export function generate({ networks }: GanSetup, { random, fade }: StepContext, reals: Reals, mode: Mode): Fakes {
  const { spec, from } = networks;
  const [n = 0] = reals.examples.shape;
  const latents = from === 'latent' ? (random.normal([n, spec.latentSize]) as tf.Tensor2D) : null;
  const share = n / spec.generators;
  const parts = Array.from({ length: spec.generators }, (_, which) => {
    const part = <T extends tf.Tensor>(whole: T | null): T | null =>
      whole === null ? null : rows(whole, which, share);
    const inputs = { latent: part(latents), labels: part(reals.labels), source: part(reals.source), fade };
    return networks.generate(which, inputs, mode);
  });
  return { examples: parts.length === 1 ? (parts[0] as tf.Tensor) : tf.concat(parts, 0), latents };
}

function rows<T extends tf.Tensor>(whole: T, at: number, count: number): T {
  const rest = whole.shape.slice(1);
  if (count === whole.shape[0]) return whole;
  return tf.slice(whole, [at * count, ...rest.map(() => 0)], [count, ...rest]) as tf.Tensor as T;
}

/** What the discriminator says of examples of the classes and sources of `reals`. */
export function judge(
  { networks }: GanSetup,
  context: StepContext,
  examples: tf.Tensor,
  reals: Reals,
  mode: Mode,
  reconstructs = false,
): Judgement {
  const { labels, source } = reals;
  return networks.discriminate(context.augment(examples), { labels, source, fade: context.fade }, mode, reconstructs);
}
