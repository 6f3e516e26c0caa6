/** Judges generated images without classes: whether they repeat each other or the training set. */
import { medianOf } from '../estimates.ts';
import { type ImageSet, imagesIn, seenPixels } from '../features/image-set.ts';
import type { ResemblanceMetrics } from '../report/judgements.ts';
import { nearestDistances, nearestOtherDistances, resemblanceWithin } from '../resemblance.ts';
import { drawn } from './real-images.ts';

/** Of the real images that are compared with, the same for every run. */
const SEED = 0;

/** @param training the whole training set. */
export function judgeByResemblance(images: ImageSet, training: ImageSet): ResemblanceMetrics {
  const samples = imagesIn(images);
  const seen = seenPixels(images);
  const all = seenPixels(training);
  const real = seenPixels(drawn(training, samples, SEED));
  const { repeated, closestPair } = resemblanceWithin(seen);
  const realPairs = resemblanceWithin(real);
  const toTraining = nearestDistances(seen, all);
  return {
    kind: 'resemblance',
    samples,
    repeated,
    closestPair,
    realRepeated: realPairs.repeated,
    realClosestPair: realPairs.closestPair,
    nearestTraining: { least: Math.min(...toTraining), median: medianOf(toTraining) },
    realNearestMedian: medianOf(nearestOtherDistances(real, all)),
  };
}
