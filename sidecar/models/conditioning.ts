/**
 * What the networks are told of the class label, by `spec.conditioning`:
 *
 * | | generator | discriminator |
 * |---|---|---|
 * | concat (Mirza and Osindero 2014) | one-hot | one-hot |
 * | embedding | a learned vector | a learned vector of its own |
 * | projection (Miyato and Koyama 2018) | one-hot | nothing: its head has it |
 * | auxiliary-classifier (Odena et al. 2017) | one-hot | nothing: it must tell the class |
 *
 * Beside a projection or a classifier, conditional batch normalisation is all that a generator needs
 * (SNGAN), so it then gets the label there and no vector.
 */
import type { ModelSpec } from './architecture.ts';
import type { Layers } from './layers.ts';

/** How a network gets the label. */
export interface Condition<V> {
  /** Joins what the network begins with. */
  readonly condition: V | null;
  /** One-hot, for conditional batch normalisation. */
  readonly label: V | null;
}

/** Numbers in a learned vector of a class: as many as there are classes, at most 50; more would add nothing. */
export const embeddingWidth = (classes: number): number => Math.min(50, classes);

/** `label` is one-hot [classes], or null for a model without classes. */
export function generatorCondition<V>(layers: Layers<V>, label: V | null, spec: ModelSpec): Condition<V> {
  if (label === null) return { condition: null, label: null };
  const normalised = spec.normalization.generator === 'conditional-batch' ? label : null;
  switch (spec.conditioning) {
    case 'concat':
      return { condition: label, label: normalised };
    case 'embedding':
      return { condition: embed(layers, label, spec), label: normalised };
    case 'projection':
    case 'auxiliary-classifier':
      return normalised === null ? { condition: label, label: null } : { condition: null, label };
  }
}

/** `label` is one-hot [classes · pac]: that of each image judged together, side by side. */
export function discriminatorCondition<V>(layers: Layers<V>, label: V | null, spec: ModelSpec): Condition<V> {
  if (label === null) return { condition: null, label: null };
  const normalised = spec.normalization.discriminator === 'conditional-batch' ? label : null;
  switch (spec.conditioning) {
    case 'concat':
      return { condition: label, label: normalised };
    case 'embedding':
      return { condition: embed(layers, label, spec), label: normalised };
    case 'projection':
    case 'auxiliary-classifier':
      return { condition: null, label: normalised };
  }
}

function embed<V>(layers: Layers<V>, label: V, { classes }: ModelSpec): V {
  return layers.dense('embedding', label, embeddingWidth(classes), { bias: false, init: 'normal' });
}
