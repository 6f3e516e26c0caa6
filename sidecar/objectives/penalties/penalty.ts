/**
 * What a penalty is: a regulariser of the discriminator, a scalar without its weight, which can be
 * differentiated by the discriminator's weights. Where it is computed says what it may look at.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { StepRandom } from '../../engine/engine.ts';
import type { MetricName } from '../../terms/metrics.ts';
import type { Critic } from './slopes.ts';

/** On the slope at the examples that the loss judges; its logits are those of the loss. */
export interface SlopeOfJudged {
  readonly computed: 'with the logits';
  readonly metric: MetricName;
  readonly at: 'real' | 'fake';
  of(critic: Critic, examples: Tensor): { readonly logits: Tensor; readonly penalty: Scalar };
}

/** On the slope at other points, in a pass of its own through the discriminator. */
export interface SlopeElsewhere {
  readonly computed: 'in a pass of its own';
  readonly metric: MetricName;
  of(critic: Critic, real: Tensor, fake: Tensor, random: StepRandom): Scalar;
}

/** On the logits, and on what it remembers of those of earlier steps: scalars that begin at 0. */
export interface OnLogits<Memory extends string = string> {
  readonly computed: 'from the logits';
  readonly metric: MetricName;
  readonly remembers: readonly Memory[];
  of(real: Tensor, fake: Tensor, memory: Readonly<Record<Memory, Scalar>>): Scalar;
  /** What it remembers after a step with these logits. */
  follow(memory: Readonly<Record<Memory, Scalar>>, real: Tensor, fake: Tensor): Readonly<Record<Memory, Scalar>>;
}

export type Penalty = SlopeOfJudged | SlopeElsewhere | OnLogits;
