/** What keys say to each other that a schema cannot: contradictions, and keys without effect. */
import { fallbackToItself, foreignDevice } from './device-rules.ts';
import type { PartialConfig } from './partial.ts';
import type { Problem } from './problem.ts';
import { keysOfOtherArchitectures, lossOfFamily, valuesThatAreRefused } from './rules/architecture.ts';
import {
  adaptiveHasOneLogit,
  adaptiveNeedsOperations,
  colorOfGrey,
  idleAugmentationKeys,
  movingBreaksPairs,
  operationsNeedImages,
} from './rules/augmentation.ts';
import { deviationNeedsCompany, packsAndParts } from './rules/batch.ts';
import { conditioningNeedsClasses, conditioningNeedsDiscriminator } from './rules/classes.ts';
import {
  flippedDigits,
  inputsOfTranslation,
  keysOfOtherSources,
  pathNeeded,
  pixelRangeInOrder,
  pointsFromOnePlace,
} from './rules/data-keys.ts';
import { oneLength, oneSampleInterval } from './rules/length.ts';
import { clippingIsWasserstein, clippingOrPenalty, clippingWithMomentum, criticNeedsBound } from './rules/lipschitz.ts';
import { networksFit } from './rules/networks.ts';
import { batchNormWithPenalty, discriminationWithPenalty } from './rules/normalization.ts';
import {
  classificationNeedsClassifier,
  lossHasRemark,
  severalGeneratorsHaveTheirLoss,
  smoothingNeedsTargets,
} from './rules/objective.ts';
import { keysOfOtherOptimizers } from './rules/optimizer.ts';
import type { Rule } from './rules/rule.ts';
import { idleBurnInKeys, idleScheduleKeys } from './rules/schedule.ts';

const rules: readonly Rule[] = [
  oneLength,
  oneSampleInterval,
  keysOfOtherArchitectures,
  lossOfFamily,
  keysOfOtherSources,
  pointsFromOnePlace,
  pathNeeded,
  pixelRangeInOrder,
  inputsOfTranslation,
  flippedDigits,
  conditioningNeedsClasses,
  conditioningNeedsDiscriminator,
  batchNormWithPenalty,
  discriminationWithPenalty,
  packsAndParts,
  deviationNeedsCompany,
  lossHasRemark,
  smoothingNeedsTargets,
  severalGeneratorsHaveTheirLoss,
  classificationNeedsClassifier,
  criticNeedsBound,
  clippingIsWasserstein,
  clippingOrPenalty,
  clippingWithMomentum,
  adaptiveNeedsOperations,
  adaptiveHasOneLogit,
  operationsNeedImages,
  movingBreaksPairs,
  idleAugmentationKeys,
  colorOfGrey,
  keysOfOtherOptimizers,
  idleScheduleKeys,
  idleBurnInKeys,
  foreignDevice,
  fallbackToItself,
];

/** Problems between keys, and with the platform that would train; reads no files. */
export function checkRules(config: PartialConfig, platform = process.platform): Problem[] {
  const found = rules.flatMap((rule) => rule(config, platform));
  const refusals = valuesThatAreRefused(config, platform);
  const places = new Set(refusals.map(({ at }) => at.join()));
  // What the architecture says of a value is more exact than what the rules do.
  const problems = [...refusals, ...found.filter(({ severity, at }) => severity !== 'error' || !places.has(at.join()))];
  const explained = problems.some(({ severity, at }) => severity === 'error' && at[0] === 'model');
  return explained ? problems : [...problems, ...networksFit(config, platform)];
}
