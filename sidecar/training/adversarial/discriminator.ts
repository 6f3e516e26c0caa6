/** One update of the discriminator: its loss on real and generated images, and what regularises it. */
import * as tf from '@tensorflow/tfjs-core';
import { type PenaltyName, penaltyAbouts, penaltyNames } from '../../objectives/abouts.ts';
import { classification, contentLoss } from '../../objectives/generator-terms.ts';
import { penalties } from '../../objectives/penalties/index.ts';
import type { MetricName } from '../../terms/metrics.ts';
import { descend } from '../update/descend.ts';
import type { Judgement } from './networks.ts';
import { pack, unpack } from './pack.ts';
import type { Reals } from './reals.ts';
import { type GanSetup, generate, judge, type Named, type StepContext } from './step-context.ts';

/** Update `at` of the step's. Returns the scalars for its metrics. */
export function updateDiscriminator(setup: GanSetup, context: StepContext, reals: Reals, at: number): Named {
  const { losses } = setup;
  const { inputs, watch } = context;
  const fakes = generate(setup, context, reals, context.training).examples;
  const scratch: tf.Tensor[] = [];

  const descent = descend(setup.weights.discriminator, () => {
    const { real, fake, regularisers } = judgeBoth(setup, context, reals, fakes, scratch);
    const terms = [...regularisers, ...classifications(setup, reals, real, fake), ...reconstructions(real)];
    const first = losses.discriminator(real.logits, fake.logits);
    const loss = terms.reduce<tf.Scalar>((sum, each) => tf.add(sum, weighted(context, each)), first);
    const shown = Object.fromEntries(terms.map(({ metric, term }) => [metric, term]));
    return { loss, kept: { real: real.logits, fake: fake.logits, ...shown } };
  });

  const { loss, gradients } = descent;
  const { real, fake, ...terms } = descent.kept;
  watch.add('examples generated for the discriminator', fakes);
  watch.add('logits of real examples', real);
  watch.add('logits of generated examples', fake);
  for (const [name, term] of Object.entries<tf.Tensor>(terms)) watch.add(name, term);
  watch.add('discriminator loss', loss);
  watch.addGradients(gradients);

  const statistics = losses.statistics(real, fake);
  setup.optimizers.discriminator.apply(gradients, inputs.discriminator as tf.Tensor, at);
  clipWeights(setup);
  const followed = setup.regulation.follow(losses.realLogits(real), losses.realLogits(fake));
  for (const weight of setup.weights.discriminator) watch.add(weight.name, weight);

  const shown = Object.entries<tf.Tensor>(terms).map(([name, term]) => [name, tf.clone(term) as tf.Scalar] as const);
  descent.dispose();
  tf.dispose(scratch);
  return { ...statistics, ...Object.fromEntries(shown), ...followed, discriminatorLoss: loss };
}

/** A regulariser or another term beside the loss, not weighted. */
interface Term {
  readonly metric: MetricName;
  readonly term: tf.Scalar;
  readonly weight: number;
  /** Its weight follows the burn-in. */
  readonly burnIn: boolean;
}

/**
 * Both batches judged, with the regularisers of this judgement. What must outlive the gradients inside
 * of some regularisers is kept, and added to `scratch`.
 */
function judgeBoth(setup: GanSetup, context: StepContext, reals: Reals, fakes: tf.Tensor, scratch: tf.Tensor[]) {
  const { networks, losses, regulation } = setup;
  const { pac } = networks.spec;
  const weights = setup.config.objective.penalties;
  const inUse = penaltyNames.filter((name) => weights[name] > 0);
  const regularisers: Term[] = [];
  const add = (name: PenaltyName, term: tf.Scalar) =>
    regularisers.push({
      metric: penalties[name].metric,
      term,
      weight: weights[name],
      burnIn: penaltyAbouts[name].burnIn,
    });

  const judgeAt = (side: 'real' | 'fake', examples: tf.Tensor): Judgement => {
    const judged = (each: tf.Tensor) => judge(setup, context, each, reals, context.updating, side === 'real');
    let judgement: Judgement | undefined;
    for (const name of inUse) {
      const penalty = penalties[name];
      if (penalty.computed !== 'with the logits' || penalty.at !== side) continue;
      // One pass gives the logits of the loss and the gradient of the penalty.
      const { penalty: term } = penalty.of(
        (packed) => {
          judgement = judged(unpack(packed, pac));
          for (const tensor of tensorsOf(judgement)) scratch.push(tf.keep(tensor));
          return losses.realLogits(judgement.logits);
        },
        pack(examples, pac),
      );
      add(name, term);
    }
    return judgement ?? judged(examples);
  };
  /** A pass that is there for a penalty alone. */
  const critic = (packed: tf.Tensor) =>
    losses.realLogits(judge(setup, context, unpack(packed, pac), reals, context.training).logits);

  const real = judgeAt('real', reals.examples);
  const fake = judgeAt('fake', fakes);
  for (const name of inUse) {
    const penalty = penalties[name];
    if (penalty.computed !== 'in a pass of its own') continue;
    add(name, penalty.of(critic, pack(reals.examples, pac), pack(fakes, pac), context.random));
  }
  for (const name of inUse) {
    const penalty = penalties[name];
    if (penalty.computed !== 'from the logits') continue;
    add(name, regulation.onLogits(penalty, losses.realLogits(real.logits), losses.realLogits(fake.logits)));
  }
  return { real, fake, regularisers };
}

/** Cross-entropy of what an auxiliary classifier says of both batches (Odena et al. 2017). */
function classifications({ config }: GanSetup, { labels }: Reals, real: Judgement, fake: Judgement): Term[] {
  if (real.classLogits === null || fake.classLogits === null || labels === null) return [];
  const term: tf.Scalar = tf.add(classification(real.classLogits, labels), classification(fake.classLogits, labels));
  return [{ metric: 'classification', term, weight: config.objective.classification, burnIn: false }];
}

/** Mean absolute difference of real examples from what is made again of them (Liu et al. 2021, section 3.2). */
function reconstructions({ reconstruction }: Judgement): Term[] {
  if (reconstruction === null) return [];
  const term = contentLoss(reconstruction.made, reconstruction.wanted);
  return [{ metric: 'decoderError', term, weight: 1, burnIn: false }];
}

/** What the loss and its terms are made of. */
const tensorsOf = ({ logits, classLogits, reconstruction }: Judgement): tf.Tensor[] =>
  [logits, classLogits, reconstruction?.made, reconstruction?.wanted].filter((each) => each instanceof tf.Tensor);

/** A term times its weight in the config, which a burn-in may change. */
function weighted({ inputs }: StepContext, { term, weight, burnIn }: Term): tf.Scalar {
  const product = tf.mul<tf.Scalar>(term, weight);
  return burnIn && inputs.penalty !== undefined ? tf.mul(product, inputs.penalty as tf.Scalar) : product;
}

/** WGAN (Arjovsky et al. 2017): a bound of every weight bounds the slope. */
function clipWeights({ config, weights }: GanSetup): void {
  const { weightClip } = config.objective;
  if (weightClip === 0) return;
  for (const weight of weights.discriminator) weight.assign(tf.clipByValue(weight, -weightClip, weightClip));
}
