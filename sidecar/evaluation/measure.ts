/** Runs a metric on two sets of examples, or says why it cannot. */
import { UserError } from '../terms/errors.ts';
import type { Estimate, Evidence, Metric, MetricContext, Need } from './metric.ts';

export interface Measurement extends Estimate {
  readonly metric: string;
  /** Examples that it was measured on: values of different counts do not compare. */
  readonly count: { readonly real: number; readonly synthetic: number };
  readonly seed: number;
}

type Side = 'real' | 'synthetic';

/**
 * Throws UserError "evaluation/needs" for evidence that is missing, "evaluation/too-few" below the metric's
 * minimum, "evaluation/mismatch" for sets that do not fit each other and "evaluation/not-finite".
 */
export function measureMetric(
  metric: Metric,
  real: Partial<Evidence>,
  synthetic: Partial<Evidence>,
  context: MetricContext,
): Measurement {
  const count = { real: countOf(metric, 'real', real), synthetic: countOf(metric, 'synthetic', synthetic) };
  for (const need of metric.needs) {
    const [a, b] = [sizeOf(need, real), sizeOf(need, synthetic)];
    if (a !== undefined && b !== undefined && a !== b) {
      const what = need === 'features' ? 'dimensions' : 'classes';
      throw new UserError(
        'evaluation/mismatch',
        `${metric.name}: ${need} of the real examples have ${a} ${what}, of the synthetic ones ${b}: make both in the same way.`,
      );
    }
  }
  // Every need has been found on both sides.
  const estimate = metric.measure(real as Evidence, synthetic as Evidence, context);
  return { metric: metric.name, ...estimate, count, seed: context.seed };
}

function sizeOf(need: Need, evidence: Partial<Evidence>): number | undefined {
  if (need === 'features') return evidence.features?.dimensions;
  return need === 'logLikelihoods' ? undefined : evidence[need]?.classes;
}

function countOf({ name, needs, minimum }: Metric, side: Side, evidence: Partial<Evidence>): number {
  const counts = needs.map((need) => {
    const count = need === 'features' ? rows(name, side, evidence) : evidence[need]?.values.length;
    if (count === undefined) {
      if (minimum[side] === 0) return 0;
      throw new UserError('evaluation/needs', `${name} needs ${need} of the ${side} examples, and there are none.`);
    }
    return count;
  });
  const [count = 0] = counts;
  if (counts.some((other) => other !== count)) {
    throw new UserError(
      'evaluation/mismatch',
      `${name}: ${needs.join(' and ')} of the ${side} examples are of ${counts.join(' and ')} examples.`,
    );
  }
  if (count < minimum[side]) {
    throw new UserError(
      'evaluation/too-few',
      `${name} needs at least ${minimum[side]} ${side} examples, and there ${count === 1 ? 'is' : 'are'} ${count}: give more.`,
    );
  }
  return count;
}

function rows(name: string, side: Side, { features }: Partial<Evidence>): number | undefined {
  if (features === undefined) return undefined;
  const { values, dimensions } = features;
  const count = values.length / dimensions;
  if (!Number.isInteger(count)) throw new RangeError(`${values.length} numbers are not rows of ${dimensions}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new UserError(
      'evaluation/not-finite',
      `${name}: feature ${bad % dimensions} of ${side} example ${Math.floor(bad / dimensions)} is ${values[bad]}: leave that example out, or make its features again.`,
    );
  }
  return count;
}
