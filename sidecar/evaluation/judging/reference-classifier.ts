/** The classifier of real images by which generated ones are judged, the same for every run. */
import type { DataConfig } from '../../config/resolved-config.ts';
import type { Engine } from '../../engine/engine.ts';
import { toGreyImages } from '../features/grey-images.ts';
import { type Answers, type Classifier, FEATURES } from '../features/image-classifier.ts';
import { storedClassifier } from '../features/image-classifier-store.ts';
import type { LabelledImages } from '../features/train-image-classifier.ts';
import { accuracy } from '../histogram.ts';
import { measureMetric } from '../measure.ts';
import type { Evidence, Metric } from '../metric.ts';
import { type Family, type RealImages, readReal } from './real-images.ts';

/** Of every dataset that can judge. */
export const CLASSES = 10;
/** Of every classifier, whatever the run's seed, so that all runs are judged alike. */
export const SEED = 0;
/** Images that a classifier learns from: six epochs of MNIST, three of the drawn digits. */
const LEARNED = { mnist: 360_000, 'fashion-mnist': 360_000, digits: 120_000 } as const;

export interface JudgeOptions {
  readonly engine: Engine;
  readonly family: Family;
  /** Folder of the datasets. */
  readonly data: string;
  /** Folder in which trained classifiers stay. */
  readonly cache: string;
  /** How the run brought its images to size. */
  readonly dataConfig: DataConfig;
  /** Images that the classifier of real images learns from, repeated ones counted; by default what suits the family. */
  readonly learned?: number;
  /** Told what takes long. */
  readonly log?: (line: string) => void;
}

export interface OpenJudge {
  /** The caller's to dispose. */
  readonly classifier: Classifier;
  /** On the test set as it is stored, 0 to 1. */
  readonly classifierAccuracy: number;
  /** The training set at the run's size. */
  readonly train: RealImages;
  /** The test set as it is stored. */
  readonly plainTest: LabelledImages;
  /** What the classifier says of the test set at the run's size. */
  readonly test: Answers;
}

/** Images as the classifier takes them, with their classes. */
export const grey = (images: RealImages): LabelledImages => ({ images: toGreyImages(images), labels: images.labels });

/** The classifier of real images, and what it says of the test set as the run would have been given it. */
export async function openJudge(options: JudgeOptions, size: number): Promise<OpenJudge> {
  const { engine, family, data, cache, dataConfig, log } = options;
  const train = await readReal(family, 'train', data, dataConfig, null);
  log?.('the classifier of real images …');
  const classifier = await storedClassifier(engine, cache, family, grey(train), {
    name: 'classifier',
    classes: CLASSES,
    images: options.learned ?? LEARNED[family],
    seed: SEED,
  });
  const plainTest = grey(await readReal(family, 'test', data, dataConfig, null));
  const { labels } = await classifier.answer(plainTest.images);
  const classifierAccuracy = accuracy(labels, plainTest.labels);
  log?.(`${(100 * classifierAccuracy).toFixed(2)}% of the test set are right`);
  const sized = size === train.size ? train : await readReal(family, 'train', data, dataConfig, size);
  const test = grey(await readReal(family, 'test', data, dataConfig, size));
  return { classifier, classifierAccuracy, train: sized, plainTest, test: await classifier.answer(test.images) };
}

/** What a classifier says, as metrics take it. */
export const evidenceOf = ({ labels, features }: Answers): Pick<Evidence, 'features' | 'labels'> => ({
  features: { values: features, dimensions: FEATURES },
  labels: { values: labels, classes: CLASSES },
});

/** A metric's value under the seed of every judgement. */
export const metricValue = (metric: Metric, real: Partial<Evidence>, synthetic: Partial<Evidence>): number =>
  measureMetric(metric, real, synthetic, { seed: SEED }).value;
