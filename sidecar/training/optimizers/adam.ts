import { add, div, mul, type Scalar, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../config/resolved-config.ts';
import type { Rule } from './rule.ts';

const EPSILON = 1e-8;

/**
 * Adam (Kingma and Ba 2014, algorithm 1). Where β₂ changes in mid-run, the bias is corrected as if
 * the present one had always held, as PyTorch does.
 */
export function adam({ beta1 }: Pick<OptimizerConfig, 'beta1'>): Rule {
  return {
    slots: ['m', 'v'],
    numbers({ t, learningRate, beta2 }) {
      const root = Math.sqrt(1 - beta2 ** t);
      const stepSize = (learningRate * root) / (1 - beta1 ** t);
      const past = t === 1 ? 0 : 1;
      return [past * beta1, past * beta2, 1 - beta2, stepSize, EPSILON * root];
    },
    change(weight, gradient, [m, v], [past1, past2, fresh2, stepSize, epsilon]) {
      const mean = add(mul(m as Tensor, past1 as Scalar), mul(gradient, 1 - beta1));
      const meanSquare = add(mul(v as Tensor, past2 as Scalar), mul(square(gradient), fresh2 as Scalar));
      const step = div(mul(mean, stepSize as Scalar), add(sqrt(meanSquare), epsilon as Scalar));
      return { weight: sub(weight, step), slots: [mean, meanSquare] };
    },
  };
}

/** AdamW (Loshchilov and Hutter 2019, algorithm 2): each update also takes learningRate · weightDecay of a weight. */
export function adamW({ beta1, weightDecay }: Pick<OptimizerConfig, 'beta1' | 'weightDecay'>): Rule {
  const { slots, numbers, change } = adam({ beta1 });
  return {
    slots,
    numbers: (update) => [...numbers(update), 1 - update.learningRate * weightDecay],
    change: (weight, gradient, kept, given) =>
      change(mul(weight, given.at(-1) as Scalar), gradient, kept, given.slice(0, -1)),
  };
}
