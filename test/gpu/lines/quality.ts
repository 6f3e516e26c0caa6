import { percent, rate } from '../../bench/words.ts';
import type { QualityNumbers } from '../items/quality.ts';

/** What training took, and what the samples are worth. */
export function qualityLines({ device, training, metrics }: QualityNumbers): string[] {
  const { end, steps, minutes, imagesPerSecond, error } = training;
  const trained =
    `${end} at step ${steps} on ${device.name} after ${minutes.toFixed(2)} minutes, ` +
    `${rate(imagesPerSecond)} images/s${error === null ? '' : `: ${error}`}`;
  if (metrics?.kind !== 'classifier') return [trained];
  const { samples, distance, realDistance, classifierAccuracy, conditional } = metrics;
  return [
    trained,
    `${samples} samples: FD-classifier ${distance.toFixed(1)} (real images ${realDistance.toFixed(1)}), ` +
      `by a classifier that is right on ${percent(classifierAccuracy)} of real ones`,
    ...(conditional === null
      ? []
      : [
          `${percent(conditional.accuracy)} are of the class asked for; a classifier that learned from them alone is ` +
            `right on ${percent(conditional.syntheticToReal)} of real images, from as many real ones on ${percent(conditional.realToReal)}`,
        ]),
  ];
}
