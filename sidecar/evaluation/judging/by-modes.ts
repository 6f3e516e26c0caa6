/** Judges images of several grey digits, one a channel, by how many of their combinations come. */

import { toGreyImages } from '../features/grey-images.ts';
import { type GeneratedImages, imagesIn } from '../features/image-set.ts';
import { frechetDistance } from '../metrics/frechet-distance.ts';
import { countModes } from '../modes.ts';
import type { ModeMetrics } from '../report/judgements.ts';
import { CLASSES, evidenceOf, type JudgeOptions, metricValue, openJudge } from './reference-classifier.ts';

/** A digit a channel; `real` has as many images as were generated. */
export async function judgeByModes(
  images: GeneratedImages,
  real: GeneratedImages,
  options: JudgeOptions,
): Promise<ModeMetrics> {
  const { classifier, classifierAccuracy, test } = await openJudge(options, images.size);
  const answers = await classifier.answer(toGreyImages(images));
  const realAnswers = await classifier.answer(toGreyImages(real));
  classifier.dispose();
  const { found, all, divergence } = countModes(answers.labels, images.channels, CLASSES);
  const realModes = countModes(realAnswers.labels, real.channels, CLASSES);
  return {
    kind: 'modes',
    samples: imagesIn(images),
    classifierAccuracy,
    distance: metricValue(frechetDistance, evidenceOf(test), evidenceOf(answers)),
    realDistance: metricValue(frechetDistance, evidenceOf(test), evidenceOf(realAnswers)),
    found,
    all,
    divergence,
    realDivergence: realModes.divergence,
    realFound: realModes.found,
  };
}
