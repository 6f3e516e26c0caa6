/** Metrics that are no losses: their names for people, what they say, and how they are written. */
import type { MetricsRow } from '../../sidecar/protocol.ts';
import { PACE_WINDOW } from '../../sidecar/runs/pace.ts';
import { formatLoss, formatShare } from '../base/format.ts';
import type { RunCurve } from '../run/curves.ts';

interface Statistic {
  readonly name: string;
  readonly explanation: string;
  /** Written in percent. */
  readonly share?: true;
}

const REAL = 'for real images';
const GENERATED = 'for generated images';

const STATISTICS: Readonly<Record<string, Statistic>> = {
  realScore: {
    name: 'Real score',
    explanation: 'Mean probability the discriminator gives real images of being real. Near 1: it is sure of them.',
  },
  fakeScore: {
    name: 'Fake score',
    explanation: 'Mean probability it gives generated images of being real. Near 0: it is not deceived.',
  },
  criticReal: { name: 'Output, real', explanation: `Mean output of the discriminator ${REAL}.` },
  criticFake: { name: 'Output, generated', explanation: `Mean output of the discriminator ${GENERATED}.` },
  wassersteinDistance: {
    name: 'Wasserstein distance',
    explanation:
      'As the critic estimates it: its mean output for real less that for generated images. Falls as images improve.',
  },
  margin: {
    name: 'Margin',
    explanation:
      'By how much the discriminator prefers a real image to the generated one beside it. 0: it sees no difference.',
  },
  pairAccuracy: {
    name: 'Pairs told apart',
    explanation: 'Share of pairs in which the discriminator prefers the real image. 50% is guessing.',
    share: true,
  },
  generatorAccuracy: {
    name: 'Generators named',
    explanation:
      'Share of generated images whose generator the discriminator names. Higher: the generators differ more.',
    share: true,
  },
  gradientPenalty: {
    name: 'Gradient penalty',
    explanation: 'How far the critic’s slope is from 1 between real and generated images, squared; before its weight.',
  },
  dragan: {
    name: 'DRAGAN penalty',
    explanation: 'How far the discriminator’s slope is from 1 around real images, squared; before its weight.',
  },
  r1: { name: 'R1 penalty', explanation: `Squared slope of the discriminator ${REAL}, halved; before its weight.` },
  r2: {
    name: 'R2 penalty',
    explanation: `Squared slope of the discriminator ${GENERATED}, halved; before its weight.`,
  },
  lecam: {
    name: 'LeCam penalty',
    explanation: 'How far the discriminator’s outputs are from their running means, squared; before its weight.',
  },
  classification: {
    name: 'Class error',
    explanation:
      'Cross-entropy of the classes that the discriminator names in real and generated images. 0: all right and sure.',
  },
  fakeClassification: {
    name: 'Class error, generated',
    explanation:
      'Cross-entropy of the classes asked for, in what the generator makes. 0: the discriminator names every one.',
  },
  featureMatching: {
    name: 'Feature matching',
    explanation:
      'Distance between the discriminator’s mean features of real and of generated images; before its weight.',
  },
  diversity: {
    name: 'Diversity term',
    explanation: 'How little images differ for latents that differ; smaller is more varied. Before its weight.',
  },
  content: {
    name: 'Content error',
    explanation: 'Mean absolute difference of generated pixels from the wanted ones, from 0 to 2; before its weight.',
  },
  overfitting: {
    name: 'Overfitting',
    explanation:
      'Mean sign of the discriminator’s output for real images. Towards 1: it learns the training images by heart.',
  },
  augmentationProbability: {
    name: 'Augmented',
    explanation: 'Probability with which an image is augmented now; it rises while overfitting is above its target.',
    share: true,
  },
  nats: { name: 'Loss in nats', explanation: 'What is minimised: negative log-likelihood of a value, in nats.' },
};

/** Not of the model, and shown elsewhere. */
const OF_THE_LOOP = ['step', 'seconds', 'images', 'imagesPerSecond', 'stall'];

/** From here on, waiting for data is worth a word. */
export const MUCH_WAITING = 0.02;

/** Names of what a row holds besides the losses, in its own order. */
export const statisticsOf = (row: MetricsRow | undefined, curves: readonly RunCurve[]): string[] =>
  Object.keys(row ?? {}).filter((name) => !OF_THE_LOOP.includes(name) && !curves.some(({ metric }) => metric === name));

/** "realScore" → "Real score", as are names that this file does not know. */
export const statisticName = (name: string): string => STATISTICS[name]?.name ?? sentence(name);

/** One line; null for what this file does not know. */
export const statisticExplanation = (name: string): string | null => STATISTICS[name]?.explanation ?? null;

export const statisticText = (name: string, value: number | undefined): string =>
  STATISTICS[name]?.share ? formatShare(value) : formatLoss(value);

/** Share of the newest rows' time in which training waited for data, 0 to 1; null before it can be told. */
export function waitingShare(rows: readonly MetricsRow[]): number | null {
  const newest = rows.slice(-PACE_WINDOW);
  let waited = 0;
  let elapsed = 0;
  for (const [i, row] of newest.entries()) {
    // The first row of a process holds the time of compiling.
    const seconds = row.seconds - (newest[i - 1]?.seconds ?? Number.NaN);
    if (!(seconds > 0) || !Number.isFinite(row.stall)) continue;
    waited += row.stall * seconds;
    elapsed += seconds;
  }
  return elapsed > 0 ? waited / elapsed : null;
}

const sentence = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
