import type { ModelOptions } from '../keys/options.ts';
import type { ExampleFacts } from '../terms/example.ts';
import type { ModelSpec } from './architecture.ts';

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
