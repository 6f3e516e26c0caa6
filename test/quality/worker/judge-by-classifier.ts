/** Judges generated images by a classifier that was trained on the real ones. */
import type { DataConfig } from '../../../sidecar/config/resolved-config.ts';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import { toGreyImages } from '../../../sidecar/evaluation/features/grey-images.ts';
import { type Answers, type Classifier, FEATURES } from '../../../sidecar/evaluation/features/image-classifier.ts';
import { storedClassifier } from '../../../sidecar/evaluation/features/image-classifier-store.ts';
import { type LabelledImages, trainClassifier } from '../../../sidecar/evaluation/features/train-image-classifier.ts';
import { accuracy, classShares } from '../../../sidecar/evaluation/histogram.ts';
import { measureMetric } from '../../../sidecar/evaluation/measure.ts';
import type { Evidence, Metric } from '../../../sidecar/evaluation/metric.ts';
import { classAccuracy } from '../../../sidecar/evaluation/metrics/class-accuracy.ts';
import { classDivergence } from '../../../sidecar/evaluation/metrics/class-divergence.ts';
import { classVariation } from '../../../sidecar/evaluation/metrics/class-variation.ts';
import { frechetDistance } from '../../../sidecar/evaluation/metrics/frechet-distance.ts';
import { countModes } from '../../../sidecar/evaluation/modes.ts';
import type { Family } from '../presets.ts';
import type { ClassifierMetrics, ModeMetrics } from '../results.ts';
import type { Generated } from './generate.ts';
import { drawn, type RealImages, readReal } from './real-images.ts';

const CLASSES = 10;
/** Of every classifier, whatever the run's seed, so that all runs are judged alike. */
const SEED = 0;
/** Images that a classifier learns from: six epochs of MNIST, three of the drawn digits. */
const LEARNED = { mnist: 360_000, 'fashion-mnist': 360_000, digits: 120_000 } as const;
/** Epochs of a classifier that learns from as many images as were generated. */
const SMALL_EPOCHS = 15;

export interface JudgeOptions {
  readonly engine: Engine;
  readonly family: Family;
  /** Folder of the datasets. */
  readonly data: string;
  /** Folder in which trained classifiers stay. */
  readonly cache: string;
  /** How the run brought its images to size. */
  readonly dataConfig: DataConfig;
}

const grey = (images: RealImages): LabelledImages => ({ images: toGreyImages(images), labels: images.labels });

/** The classifier of real images, and what it says of the test set as the run would have been given it. */
async function openJudge({ engine, family, data, cache, dataConfig }: JudgeOptions, size: number) {
  const train = await readReal(family, 'train', data, dataConfig, null);
  console.log('  the classifier of real images …');
  const classifier = await storedClassifier(engine, cache, family, grey(train), {
    name: 'classifier',
    classes: CLASSES,
    images: LEARNED[family],
    seed: SEED,
  });
  const plainTest = grey(await readReal(family, 'test', data, dataConfig, null));
  const { labels } = await classifier.answer(plainTest.images);
  const classifierAccuracy = accuracy(labels, plainTest.labels);
  console.log(`  ${(100 * classifierAccuracy).toFixed(2)}% of the test set are right`);
  const sized = size === train.size ? train : await readReal(family, 'train', data, dataConfig, size);
  const test = grey(await readReal(family, 'test', data, dataConfig, size));
  return { classifier, classifierAccuracy, train: sized, plainTest, test: await classifier.answer(test.images) };
}

const evidence = ({ labels, features }: Answers) => ({
  features: { values: features, dimensions: FEATURES },
  labels: { values: labels, classes: CLASSES },
});

const value = (metric: Metric, real: Partial<Evidence>, synthetic: Partial<Evidence>): number =>
  measureMetric(metric, real, synthetic, { seed: SEED }).value;

export async function judgeByClassifier(images: Generated, options: JudgeOptions): Promise<ClassifierMetrics> {
  const { engine, cache, family } = options;
  const judge = await openJudge(options, images.size);
  const { classifier, classifierAccuracy, train, plainTest, test } = judge;
  const seen = toGreyImages(images);
  const samples = images.pixels.length / (images.size * images.size * images.channels);
  const answers = await classifier.answer(seen);
  const some = grey(drawn(train, samples, SEED));
  const generated = evidence(answers);
  const real = { labels: { values: train.labels, classes: CLASSES } };

  let conditional: ClassifierMetrics['conditional'] = null;
  if (images.labels !== null) {
    console.log('  a classifier of generated images, and one of as many real ones …');
    const training = { classes: CLASSES, images: SMALL_EPOCHS * samples, seed: SEED };
    const onTest = async (small: Classifier) => {
      const { labels } = await small.answer(plainTest.images);
      small.dispose();
      return accuracy(labels, plainTest.labels);
    };
    const learned = { images: seen, labels: images.labels };
    const asked = { values: images.labels, classes: CLASSES };
    conditional = {
      accuracy: value(classAccuracy, {}, { ...generated, asked }),
      syntheticToReal: await onTest(await trainClassifier(engine, learned, { name: 'generated', ...training })),
      realToReal: await onTest(
        await storedClassifier(engine, cache, `${family}-${samples}`, some, { name: 'small', ...training }),
      ),
    };
  }
  const metrics: ClassifierMetrics = {
    kind: 'classifier',
    samples,
    classifierAccuracy,
    distance: value(frechetDistance, evidence(test), evidence(answers)),
    realDistance: value(frechetDistance, evidence(test), evidence(await classifier.answer(some.images))),
    classShares: [...classShares(answers.labels, CLASSES)],
    classVariation: value(classVariation, real, generated),
    classDivergence: value(classDivergence, real, generated),
    conditional,
  };
  classifier.dispose();
  return metrics;
}

/** Three grey digits an image; `real` has as many images as were generated. */
export async function judgeByModes(images: Generated, real: Generated, options: JudgeOptions): Promise<ModeMetrics> {
  const { classifier, classifierAccuracy, test } = await openJudge(options, images.size);
  const answers = await classifier.answer(toGreyImages(images));
  const realAnswers = await classifier.answer(toGreyImages(real));
  classifier.dispose();
  const { found, all, divergence } = countModes(answers.labels, images.channels, CLASSES);
  const realModes = countModes(realAnswers.labels, real.channels, CLASSES);
  return {
    kind: 'modes',
    samples: images.pixels.length / (images.size * images.size * images.channels),
    classifierAccuracy,
    distance: value(frechetDistance, evidence(test), evidence(answers)),
    realDistance: value(frechetDistance, evidence(test), evidence(realAnswers)),
    found,
    all,
    divergence,
    realDivergence: realModes.divergence,
    realFound: realModes.found,
  };
}
