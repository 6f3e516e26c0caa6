/** One update of the discriminator: its loss on real and generated images, and what regularises it. */
import * as tf from '@tensorflow/tfjs-core';
import { classification } from '../../objectives/generator-terms.ts';
import { dragan, gradientPenalty, zeroCentredPenalty } from '../../objectives/penalties.ts';
import type { Metrics } from '../../terms/metrics.ts';
import { descend } from '../update/descend.ts';
import { type Game, generate, judge, type Named, type Turn } from './game.ts';
import type { Judgement } from './networks.ts';
import { pack, unpack } from './pack.ts';
import type { Reals } from './reals.ts';

/** Update `at` of the step's. Returns the scalars for its metrics. */
export function updateDiscriminator(game: Game, turn: Turn, reals: Reals, at: number): Named {
  const { losses } = game;
  const { inputs, watch } = turn;
  const fakes = generate(game, turn, reals, turn.training).examples;
  const scratch: tf.Tensor[] = [];

  const descent = descend(game.weights.discriminator, () => {
    const { real, fake, penalties } = judgeBoth(game, turn, reals, fakes, scratch);
    const terms = { ...penalties, ...classifications(reals, real, fake) };
    const first = losses.discriminator(real.logits, fake.logits);
    const loss = Object.entries(terms).reduce<tf.Scalar>(
      (sum, [name, term]) => tf.add(sum, weighted(game, turn, name, term)),
      first,
    );
    return { loss, kept: { real: real.logits, fake: fake.logits, ...terms } };
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
  game.optimizers.discriminator.apply(gradients, inputs.discriminator as tf.Tensor, at);
  clipWeights(game);
  const followed = game.regulation.follow(losses.realLogits(real), losses.realLogits(fake));
  for (const weight of game.weights.discriminator) watch.add(weight.name, weight);

  const shown = Object.entries<tf.Tensor>(terms).map(([name, term]) => [name, tf.clone(term) as tf.Scalar] as const);
  descent.dispose();
  tf.dispose(scratch);
  return { ...statistics, ...Object.fromEntries(shown), ...followed, discriminatorLoss: loss };
}

/**
 * Both batches judged, with the regularisers of this judgement, not weighted. What must outlive the
 * gradients inside of some regularisers is kept, and added to `scratch`.
 */
function judgeBoth(game: Game, turn: Turn, reals: Reals, fakes: tf.Tensor, scratch: tf.Tensor[]) {
  const { networks, losses, regulation } = game;
  const { gradient, r1, r2, dragan: around, lecam } = game.config.objective.penalties;
  const { pac } = networks.spec;
  const penalties: Metrics<tf.Scalar> = {};

  const judgeWith = (name: 'r1' | 'r2', weight: number, examples: tf.Tensor): Judgement => {
    if (weight === 0) return judge(game, turn, examples, reals, turn.owner);
    let judgement: Judgement | undefined;
    const { penalty } = zeroCentredPenalty(
      (packed) => {
        // One pass gives the logits of the loss and the gradient of the penalty.
        judgement = judge(game, turn, unpack(packed, pac), reals, turn.owner);
        for (const tensor of [judgement.logits, judgement.classLogits]) if (tensor) scratch.push(tf.keep(tensor));
        return losses.realLogits(judgement.logits);
      },
      pack(examples, pac),
    );
    penalties[name] = penalty;
    return judgement as unknown as Judgement;
  };
  /** A pass that is there for a penalty alone. */
  const critic = (packed: tf.Tensor) =>
    losses.realLogits(judge(game, turn, unpack(packed, pac), reals, turn.training).logits);

  const real = judgeWith('r1', r1, reals.examples);
  const fake = judgeWith('r2', r2, fakes);
  if (gradient > 0) {
    penalties.gradientPenalty = gradientPenalty(critic, pack(reals.examples, pac), pack(fakes, pac), turn.random);
  }
  if (around > 0) penalties.dragan = dragan(critic, pack(reals.examples, pac), turn.random);
  if (lecam > 0) {
    penalties.lecam = regulation.leCam(losses.realLogits(real.logits), losses.realLogits(fake.logits));
  }
  return { real, fake, penalties };
}

/** Cross-entropy of what an auxiliary classifier says of both batches (Odena et al. 2017). */
function classifications({ labels }: Reals, real: Judgement, fake: Judgement): Named {
  if (real.classLogits === null || fake.classLogits === null || labels === null) return {};
  return { classification: tf.add(classification(real.classLogits, labels), classification(fake.classLogits, labels)) };
}

/** A term times its weight in the config, which a burn-in may change. */
function weighted({ config }: Game, { inputs }: Turn, name: string, term: tf.Scalar): tf.Scalar {
  const { penalties, classification } = config.objective;
  const weights = new Map(Object.entries({ ...penalties, gradientPenalty: penalties.gradient, classification }));
  const weight = weights.get(name);
  if (weight === undefined) throw new Error(`objective has no weight for ${name}`);
  const product = tf.mul<tf.Scalar>(term, weight);
  const changes = (name === 'r1' || name === 'r2') && inputs.penalty !== undefined;
  return changes ? tf.mul(product, inputs.penalty as tf.Scalar) : product;
}

/** WGAN (Arjovsky et al. 2017): a bound of every weight bounds the slope. */
function clipWeights({ config, weights }: Game): void {
  const { weightClip } = config.objective;
  if (weightClip === 0) return;
  for (const weight of weights.discriminator) weight.assign(tf.clipByValue(weight, -weightClip, weightClip));
}
