/** What keys say to each other that a schema cannot: contradictions, and keys without effect. */
import { fallbackToItself, foreignDevice } from './device-rules.ts';
import type { PartialConfig } from './partial.ts';
import type { Problem } from './problem.ts';
import { keysOfOtherArchitectures, lossOfFamily } from './rules/architecture.ts';
import {
  adaptiveHasOneLogit,
  adaptiveNeedsOperations,
  colorOfGrey,
  idleAugmentationKeys,
  translationBreaksPairs,
} from './rules/augmentation.ts';
import { deviationNeedsCompany, generatorsStartFromLatents, packsAndParts, packsAreOfLatents } from './rules/batch.ts';
import { conditioningNeedsClasses, conditioningNeedsDiscriminator, projectionHasOneLogit } from './rules/classes.ts';
import { flippedDigits, inputsOfTranslation, keysOfOtherSources, pathNeeded } from './rules/data-keys.ts';
import { oneLength, oneSampleInterval } from './rules/length.ts';
import {
  clippingIsWasserstein,
  clippingOrPenalty,
  clippingWithMomentum,
  wassersteinNeedsBound,
} from './rules/lipschitz.ts';
import {
  classBesideClassifier,
  deviationInsteadOfDiscrimination,
  instanceNeedsMap,
  networksFit,
  r3ganBlocks,
  selfAttentionNeedsMap,
} from './rules/networks.ts';
import {
  batchNormWithPenalty,
  conditionalBatchNeedsClasses,
  discriminationWithPenalty,
  pixelcnnNormalization,
  progressiveWithoutBatchNorm,
  progressiveWithoutSpectralNorm,
  r3ganWithoutNormalization,
} from './rules/normalization.ts';
import {
  classificationNeedsClassifier,
  minimaxSaturates,
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
  pathNeeded,
  inputsOfTranslation,
  flippedDigits,
  conditioningNeedsClasses,
  conditioningNeedsDiscriminator,
  projectionHasOneLogit,
  batchNormWithPenalty,
  discriminationWithPenalty,
  r3ganWithoutNormalization,
  progressiveWithoutBatchNorm,
  progressiveWithoutSpectralNorm,
  pixelcnnNormalization,
  conditionalBatchNeedsClasses,
  classBesideClassifier,
  r3ganBlocks,
  instanceNeedsMap,
  selfAttentionNeedsMap,
  deviationInsteadOfDiscrimination,
  packsAndParts,
  packsAreOfLatents,
  generatorsStartFromLatents,
  deviationNeedsCompany,
  minimaxSaturates,
  smoothingNeedsTargets,
  severalGeneratorsHaveTheirLoss,
  classificationNeedsClassifier,
  wassersteinNeedsBound,
  clippingIsWasserstein,
  clippingOrPenalty,
  clippingWithMomentum,
  adaptiveNeedsOperations,
  adaptiveHasOneLogit,
  translationBreaksPairs,
  idleAugmentationKeys,
  colorOfGrey,
  keysOfOtherOptimizers,
  idleScheduleKeys,
  idleBurnInKeys,
  foreignDevice,
  fallbackToItself,
];

/** Problems between keys, and with the platform that would train; reads no files. */
export const checkRules = (config: PartialConfig, platform = process.platform): Problem[] => {
  const found = rules.flatMap((rule) => rule(config, platform));
  const explained = found.some(({ severity, at }) => severity === 'error' && at[0] === 'model');
  return explained ? found : [...found, ...networksFit(config, platform)];
};
