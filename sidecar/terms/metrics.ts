/**
 * Every metric that a row may hold, in words: the only place where a metric is named for people. Trainers
 * and objectives are typed by it, so that a metric without a description does not compile.
 */

/** Shares are written in percent, nats and bits as numbers. */
export type MetricUnit = 'share' | 'nats' | 'bits' | 'images/s';

export interface MetricDescription {
  /** In sentence case, short enough for a column's head. */
  readonly label: string;
  /** One or two sentences: what is measured, and what its values say. */
  readonly explanation: string;
  /** Left out: a number without a unit. */
  readonly unit?: MetricUnit;
}

const BEFORE_WEIGHT = 'Before its weight.';

/** What models report, in no order. */
export const METRICS = {
  // Adversarial losses and outputs
  generatorLoss: {
    label: 'Generator loss',
    explanation: 'What the generator minimises, further terms included.',
  },
  discriminatorLoss: {
    label: 'Discriminator loss',
    explanation: 'What the discriminator minimises, penalties and further terms included.',
  },
  realScore: {
    label: 'Real score',
    explanation: 'Mean probability the discriminator gives real examples of being real. Near 1: it is sure of them.',
  },
  fakeScore: {
    label: 'Fake score',
    explanation: 'Mean probability it gives generated examples of being real. Near 0: it is not deceived.',
  },
  criticReal: { label: 'Output, real', explanation: 'Mean output of the discriminator for real examples.' },
  criticFake: { label: 'Output, generated', explanation: 'Mean output of the discriminator for generated examples.' },
  wassersteinDistance: {
    label: 'Wasserstein distance',
    explanation:
      'As the critic estimates it: its mean output for real minus that for generated examples. Falls as they become alike.',
  },
  margin: {
    label: 'Margin',
    explanation:
      'By how much the discriminator prefers a real example to the generated one paired with it. 0: it sees no difference.',
  },
  pairAccuracy: {
    label: 'Pairs told apart',
    explanation: 'Share of pairs in which the discriminator prefers the real example. 50% is guessing.',
    unit: 'share',
  },
  generatorAccuracy: {
    label: 'Generators named',
    explanation:
      'Share of generated examples whose generator the discriminator names. Higher: the generators differ more.',
    unit: 'share',
  },

  // Penalties
  gradientPenalty: {
    label: 'Gradient penalty',
    explanation: `How far the critic’s slope is from 1 between real and generated examples, squared. ${BEFORE_WEIGHT}`,
  },
  divergence: {
    label: 'Wasserstein divergence',
    explanation: `Sixth power of the critic’s slope between real and generated examples. ${BEFORE_WEIGHT}`,
  },
  dragan: {
    label: 'DRAGAN penalty',
    explanation: `How far the discriminator’s slope is from 1 around real examples, squared. ${BEFORE_WEIGHT}`,
  },
  r1: {
    label: 'R1 penalty',
    explanation: `Squared slope of the discriminator at real examples, halved. ${BEFORE_WEIGHT}`,
  },
  r2: {
    label: 'R2 penalty',
    explanation: `Squared slope of the discriminator at generated examples, halved. ${BEFORE_WEIGHT}`,
  },
  lecam: {
    label: 'LeCam penalty',
    explanation: `How far outputs for real examples are from the running mean for generated ones, and the reverse, squared. ${BEFORE_WEIGHT}`,
  },

  // Further terms
  classification: {
    label: 'Class error',
    explanation:
      'Cross-entropy of the classes that the discriminator names in real and generated examples. 0: all right and sure.',
    unit: 'nats',
  },
  fakeClassification: {
    label: 'Class error, generated',
    explanation:
      'Cross-entropy of the classes asked for, in what the generator makes. 0: the discriminator names every one.',
    unit: 'nats',
  },
  decoderError: {
    label: 'Decoder error',
    explanation:
      'Mean absolute difference of real examples from what the discriminator’s decoder makes of its features, from 0 to 2.',
  },
  featureMatching: {
    label: 'Feature matching',
    explanation: `Squared distance between the discriminator’s mean features of real and of generated examples. ${BEFORE_WEIGHT}`,
  },
  diversity: {
    label: 'Diversity term',
    explanation: `How little examples differ for latents that differ; smaller is more varied. ${BEFORE_WEIGHT}`,
  },
  content: {
    label: 'Content error',
    explanation: `Mean absolute difference of generated values from the wanted ones, from 0 to 2. ${BEFORE_WEIGHT}`,
  },

  // Augmentation
  overfitting: {
    label: 'Overfitting',
    explanation:
      'Mean sign of the discriminator’s output for real examples. Towards 1: it memorises the training data.',
  },
  augmentationProbability: {
    label: 'Augmented',
    explanation: 'Probability with which an example is augmented now; it rises while overfitting is above its target.',
    unit: 'share',
  },

  // Likelihood
  loss: {
    label: 'Loss',
    explanation: 'What is minimised: the reconstruction and the KL divergence times its weight, an example’s mean.',
    unit: 'nats',
  },
  reconstruction: {
    label: 'Reconstruction',
    explanation: 'Negative log-likelihood of an example, given the latent that it was encoded as.',
    unit: 'nats',
  },
  kl: {
    label: 'KL divergence',
    explanation:
      'How far the distribution an example is encoded as lies from the prior. Near 0: the latents say nothing.',
    unit: 'nats',
  },
  bitsPerDimension: {
    label: 'Bits per dimension',
    explanation: 'Negative log-likelihood of an example, divided by the number of its values.',
    unit: 'bits',
  },
  nats: {
    label: 'Loss in nats',
    explanation: 'What is minimised: the negative log-likelihood of a whole example, of all its values together.',
    unit: 'nats',
  },
} as const satisfies Readonly<Record<string, MetricDescription>>;

/** A metric that a model may report. */
export type MetricName = keyof typeof METRICS;

/** Values by the names of their metrics. */
export type Metrics<Value> = { [Name in MetricName]?: Value };

/** What the training loop itself measures, in every row. */
export const LOOP_METRICS = {
  step: { label: 'Step', explanation: 'Updates done.' },
  seconds: { label: 'Elapsed', explanation: 'Time of training since the run began, pauses left out.' },
  images: { label: 'Images', explanation: 'Real images seen so far.' },
  imagesPerSecond: {
    label: 'Images/s',
    explanation: 'Real images trained on in a second, since the row before.',
    unit: 'images/s',
  },
  stall: {
    label: 'Waiting for data',
    explanation: 'Share of the time since the row before in which training waited for data.',
    unit: 'share',
  },
} as const satisfies Readonly<Record<string, MetricDescription>>;

export type LoopMetricName = keyof typeof LOOP_METRICS;

const described: Readonly<Record<string, MetricDescription | undefined>> = { ...METRICS, ...LOOP_METRICS };

/** Undefined for what another version of the program may have recorded. */
export const describeMetric = (name: string): MetricDescription | undefined =>
  Object.hasOwn(described, name) ? described[name] : undefined;
