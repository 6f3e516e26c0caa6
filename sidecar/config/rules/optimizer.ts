/** Keys of an optimizer that its kind has no use for. */
import type { OptimizerConfig } from '../resolved-config.ts';
import { between, ignored } from './rule.ts';

type Kind = OptimizerConfig['kind'];

const kindsOf: Partial<Record<keyof OptimizerConfig, readonly Kind[]>> = {
  beta1: ['adam', 'adamw'],
  beta2: ['adam', 'adamw'],
  momentum: ['rmsprop', 'sgd'],
  decay: ['rmsprop'],
  weightDecay: ['adamw'],
};

export const keysOfOtherOptimizers = between(({ optimizer, about, given }) =>
  (['generator', 'discriminator'] as const)
    .filter((network) => network === 'generator' || about.family === 'adversarial')
    .flatMap((network) => {
      const { kind } = optimizer[network];
      return Object.entries(kindsOf)
        .map(([name, kinds]) => [`optimizer.${network}.${name}`, kinds] as const)
        .filter(([key, kinds]) => given(key) && !kinds.includes(kind))
        .map(([key, kinds]) => ignored(key, `${kind} has none; it belongs to ${kinds.join(' and ')}`));
    }),
);
