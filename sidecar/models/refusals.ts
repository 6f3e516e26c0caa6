/** Why a spec does not fit: checks that architectures put together. */
import type { ModelSpec } from './architecture.ts';
import type { ImageSpec } from './image-architecture.ts';
import { doubledSizes, doublingTo } from './sizes.ts';

/** Says why the spec is refused, or null. */
export type Check<Spec extends ModelSpec = ModelSpec> = (spec: Spec) => string | null;

/** The first reason that any of the checks has. */
export const refusedBy =
  <Spec extends ModelSpec>(...checks: readonly Check<Spec>[]): Check<Spec> =>
  (spec) => {
    for (const check of checks) {
      const reason = check(spec);
      if (reason !== null) return reason;
    }
    return null;
  };

/** What holds for all adversarial networks, whatever their layers. */
export const commonRefusals: Check = ({ normalization, classes, conditioning, generators, pac }) => {
  const byClass = Object.values(normalization).includes('conditional-batch');
  if (byClass && classes === 0) {
    return 'conditional-batch normalisation takes scale and shift from the class label, so model.conditional must be true';
  }
  if (normalization.discriminator === 'conditional-batch') {
    if (conditioning === 'auxiliary-classifier') {
      return 'a discriminator that tells the class (auxiliary-classifier) may not be given it by conditional-batch normalisation';
    }
    if (pac > 1)
      return 'conditional-batch normalisation in the discriminator needs one class an image, so pac must be 1';
  }
  if (classes > 0 && conditioning === 'auxiliary-classifier' && pac > 1) {
    return 'an auxiliary classifier names the class of one image, so pac must be 1';
  }
  if (classes > 0 && conditioning === 'projection' && generators > 1) {
    return (
      'a projection adds the same to the logit of every generator, which a softmax cancels: ' +
      'with several generators choose conditioning "concat", "embedding" or "auxiliary-classifier"'
    );
  }
  return null;
};

/** Of networks that make the image by doubling a map of 4 to 7 pixels. */
export const doubledSizesOnly =
  (name: string): Check<ImageSpec> =>
  ({ imageSize }) =>
    doublingTo(imageSize) !== null
      ? null
      : `${name} doubles a map of 4 to 7 pixels and so makes images of ${doubledSizes.join(', ')} pixels; ${imageSize} is none of them`;

/** Of networks that make one image from another. */
export const fromImagesOnly =
  (name: string): Check =>
  ({ pac, generators, minibatch }) => {
    if (pac > 1) return `${name} judges each image with what it was made from, so pac must be 1`;
    if (generators > 1) return `${name} has one wanted image for each input and so one generator; set generators to 1`;
    if (minibatch === 'discrimination') {
      return `${name} wants the image that belongs to its input, not variety: minibatch "discrimination" does not fit`;
    }
    return null;
  };
