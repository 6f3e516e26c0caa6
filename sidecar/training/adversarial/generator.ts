/** One update of the generator, against the discriminator as it is now. */
import * as tf from '@tensorflow/tfjs-core';
import { classification, contentLoss, featureMatching, modeSeeking } from '../../objectives/generator-terms.ts';
import type { Metrics } from '../../terms/metrics.ts';
import { descend } from '../update/descend.ts';
import type { Judgement } from './networks.ts';
import type { Reals } from './reals.ts';
import { type Fakes, type GanSetup, generate, judge, type Named, type StepContext } from './step-context.ts';

/** Returns the scalars for its metrics. */
export function updateGenerator(setup: GanSetup, context: StepContext, reals: Reals): Named {
  const { inputs, watch } = context;
  const descent = descend(setup.weights.generator, () => {
    const fakes = generate(setup, context, reals, context.updating);
    const judged = judge(setup, context, fakes.examples, reals, context.training);
    const real = judgeReals(setup, context, reals);
    const terms = furtherTerms(setup, context, reals, fakes, judged, real);
    const weighted = Object.entries(terms).map(([name, { term, weight }]) => [name, tf.mul(term, weight)] as const);
    const first = setup.losses.generator(judged.logits, real?.logits ?? null);
    const loss = weighted.reduce<tf.Scalar>((sum, [, term]) => tf.add(sum, term), first);
    const kept = Object.fromEntries(Object.entries(terms).map(([name, { term }]) => [name, term]));
    return { loss, kept: { examples: fakes.examples, logits: judged.logits, ...kept } };
  });

  const { loss, gradients } = descent;
  const { examples, logits, ...terms } = descent.kept;
  watch.add('examples generated for the generator', examples);
  watch.add('logits of examples generated for the generator', logits);
  for (const [name, term] of Object.entries<tf.Tensor>(terms)) watch.add(name, term);
  watch.add('generator loss', loss);
  watch.addGradients(gradients);
  setup.optimizers.generator.apply(gradients, inputs.generator as tf.Tensor);
  for (const weight of setup.weights.generator) watch.add(weight.name, weight);

  const shown = Object.entries<tf.Tensor>(terms).map(([name, term]) => [name, tf.clone(term) as tf.Scalar] as const);
  descent.dispose();
  return { ...Object.fromEntries(shown), generatorLoss: loss };
}

/** Real images judged, where the generator's loss looks at them. */
function judgeReals(setup: GanSetup, context: StepContext, reals: Reals): Judgement | null {
  const wanted = setup.losses.relativistic || setup.config.objective.featureMatching > 0;
  return wanted ? judge(setup, context, reals.examples, reals, context.training) : null;
}

interface Term {
  readonly term: tf.Scalar;
  readonly weight: number;
}

/** What the generator minimises besides the objective, as far as the config asks for it. */
function furtherTerms(
  setup: GanSetup,
  context: StepContext,
  reals: Reals,
  { examples, latents }: Fakes,
  judged: Judgement,
  real: Judgement | null,
): Metrics<Term> {
  const { objective } = setup.config;
  const terms: Metrics<Term> = {};
  if (judged.classLogits !== null && reals.labels !== null) {
    const term = classification(judged.classLogits, reals.labels);
    terms.fakeClassification = { term, weight: objective.classification };
  }
  if (objective.featureMatching > 0 && real !== null) {
    const term = featureMatching(real.features, judged.features);
    terms.featureMatching = { term, weight: objective.featureMatching };
  }
  if (objective.diversity > 0 && latents !== null) {
    const other = generate(setup, context, reals, context.training);
    const term = modeSeeking(latents, other.latents as tf.Tensor2D, examples, other.examples);
    terms.diversity = { term, weight: objective.diversity };
  }
  if (objective.content > 0 && reals.source !== null) {
    terms.content = { term: contentLoss(examples, reals.examples), weight: objective.content };
  }
  return terms;
}
