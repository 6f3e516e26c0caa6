/** Judges generated images by a classifier that was trained on the real ones. */
import { toGreyImages } from '../features/grey-images.ts';
import type { Classifier } from '../features/image-classifier.ts';
import { storedClassifier } from '../features/image-classifier-store.ts';
import { type GeneratedImages, imagesIn } from '../features/image-set.ts';
import { trainClassifier } from '../features/train-image-classifier.ts';
import { classShares } from '../histogram.ts';
import { classAccuracy } from '../metrics/class-accuracy.ts';
import { classDivergence } from '../metrics/class-divergence.ts';
import { classVariation } from '../metrics/class-variation.ts';
import { frechetDistance } from '../metrics/frechet-distance.ts';
import { syntheticToReal } from '../metrics/synthetic-to-real.ts';
import type { ClassifierMetrics } from '../report/judgements.ts';
import { drawn } from './real-images.ts';
import { CLASSES, evidenceOf, grey, type JudgeOptions, metricValue, openJudge, SEED } from './reference-classifier.ts';

/** Epochs of a classifier that learns from as many images as were generated. */
const SMALL_EPOCHS = 15;

/** Distances and shares of classes; of a model that is told a class, also whether it keeps to it. */
export async function judgeByClassifier(images: GeneratedImages, options: JudgeOptions): Promise<ClassifierMetrics> {
  const { engine, cache, family, log } = options;
  const judge = await openJudge(options, images.size);
  const { classifier, classifierAccuracy, train, plainTest, test } = judge;
  const seen = toGreyImages(images);
  const samples = imagesIn(images);
  const answers = await classifier.answer(seen);
  const some = grey(drawn(train, samples, SEED));
  const generated = evidenceOf(answers);
  const real = { labels: { values: train.labels, classes: CLASSES } };

  let conditional: ClassifierMetrics['conditional'] = null;
  if (images.labels !== null) {
    log?.('a classifier of generated images, and one of as many real ones …');
    const training = { classes: CLASSES, images: SMALL_EPOCHS * samples, seed: SEED };
    const onTest = async (small: Classifier) => {
      const { labels } = await small.answer(plainTest.images);
      small.dispose();
      const learned = { values: labels, classes: CLASSES };
      return metricValue(syntheticToReal, { labels: { values: plainTest.labels, classes: CLASSES }, learned }, {});
    };
    const learned = { images: seen, labels: images.labels };
    const asked = { values: images.labels, classes: CLASSES };
    conditional = {
      accuracy: metricValue(classAccuracy, {}, { ...generated, asked }),
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
    distance: metricValue(frechetDistance, evidenceOf(test), evidenceOf(answers)),
    realDistance: metricValue(frechetDistance, evidenceOf(test), evidenceOf(await classifier.answer(some.images))),
    classShares: [...classShares(answers.labels, CLASSES)],
    classVariation: metricValue(classVariation, real, generated),
    classDivergence: metricValue(classDivergence, real, generated),
    conditional,
  };
  classifier.dispose();
  return metrics;
}
