import { add, div, mul, type Scalar, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../config/resolved-config.ts';
import type { Rule } from './rule.ts';

const EPSILON = 1e-8;

/** Gradient descent with momentum as Sutskever et al. (2013) have it, the learning rate outside of the velocity. */
export function sgd({ momentum }: Pick<OptimizerConfig, 'momentum'>): Rule {
  return {
    slots: momentum > 0 ? ['velocity'] : [],
    numbers: ({ t, learningRate }) => [learningRate, t === 1 ? 0 : momentum],
    change(weight, gradient, [velocity], [learningRate, past]) {
      const step = velocity === undefined ? gradient : add(mul(velocity, past as Scalar), gradient);
      return {
        weight: sub(weight, mul(step, learningRate as Scalar)),
        slots: velocity === undefined ? [] : [step],
      };
    },
  };
}

/** RMSProp (Tieleman and Hinton 2012): gradient descent by the gradient over its running root mean square. */
export function rmsProp({ decay, momentum }: Pick<OptimizerConfig, 'decay' | 'momentum'>): Rule {
  const descent = sgd({ momentum });
  return {
    slots: ['meanSquare', ...descent.slots],
    numbers: (update) => [update.t === 1 ? 0 : decay, ...descent.numbers(update)],
    change(weight, gradient, [before, ...velocity], [past, ...numbers]) {
      const meanSquare = add(mul(before as Tensor, past as Scalar), mul(square(gradient), 1 - decay));
      const scaled = div(gradient, add(sqrt(meanSquare), EPSILON));
      const change = descent.change(weight, scaled, velocity, numbers);
      return { weight: change.weight, slots: [meanSquare, ...change.slots] };
    },
  };
}
