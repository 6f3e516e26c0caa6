import type { ModelOptions } from '../terms/model-options.ts';
import type { ModelSpec } from './architecture.ts';

/** What a model needs to know of the examples. */
export interface ExampleFacts {
  /** Of one example: [size, size, channels] of an image, [values] of a row. */
  readonly shape: readonly number[];
  /** Of what is paired with each example, for a model to make it from; null where nothing is. */
  readonly sourceShape: readonly number[] | null;
  /** In label order; null without labels. */
  readonly classNames: readonly string[] | null;
}

/** The spec of networks at their full size; without classes where the model is not conditional. */
export function specOf({ conditional, ...options }: ModelOptions, examples: ExampleFacts): ModelSpec {
  return {
    ...options,
    example: examples.shape,
    source: examples.sourceShape,
    stage: examples.shape,
    classes: conditional ? (examples.classNames?.length ?? 0) : 0,
  };
}
