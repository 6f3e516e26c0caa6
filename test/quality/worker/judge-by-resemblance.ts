/** Judges generated images without classes: whether they repeat each other or the training set. */
import {
  type ImageSet,
  nearestDistances,
  nearestOtherDistances,
  resemblanceWithin,
} from '../../../sidecar/evaluation/resemblance.ts';
import { summarise } from '../../bench/statistics.ts';
import type { ResemblanceMetrics } from '../results.ts';
import { drawn } from './real-images.ts';

/** Of the real images that are compared with, the same for every run. */
const SEED = 0;

/** @param training the whole training set. */
export function judgeByResemblance(images: ImageSet, training: ImageSet): ResemblanceMetrics {
  const samples = images.pixels.length / (images.size * images.size * images.channels);
  const real = drawn(training, samples, SEED);
  const { repeated, closestPair } = resemblanceWithin(images);
  const realPairs = resemblanceWithin(real);
  const { lowest: least, median } = summarise([...nearestDistances(images, training)]);
  return {
    kind: 'resemblance',
    samples,
    repeated,
    closestPair,
    realRepeated: realPairs.repeated,
    realClosestPair: realPairs.closestPair,
    nearestTraining: { least, median },
    realNearestMedian: summarise([...nearestOtherDistances(real, training)]).median,
  };
}
