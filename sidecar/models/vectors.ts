/** What architectures of rows of numbers have in common. */
import type { ModelSpec } from './architecture.ts';

/** Says why examples of this shape do not fit, or null. */
export const vectorsOnly =
  (name: string) =>
  ({ example }: Pick<ModelSpec, 'example'>): string | null =>
    example.length === 1
      ? null
      : `${name} makes rows of numbers, not examples of shape [${example.join(', ')}]: for images choose dcgan, for one`;
