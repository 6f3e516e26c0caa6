/** How near examples are to each other and to the training set, whether or not they have classes. */
import type { Features } from './metric.ts';
import { rowsOf, squaredDistance } from './neighbours.ts';

export interface Resemblance {
  /** Smallest distance of two different examples of the set. */
  readonly closestPair: number;
  /** Pairs that are nearer than `REPEATED`. */
  readonly repeated: number;
}

/**
 * Two images whose distance is below this count as one that comes twice. Icons that a person takes
 * for two versions of one are that near to each other; among all 3,926 icons of the benchmark one in
 * twenty has such a neighbour, among 64 of them none.
 */
export const REPEATED = 0.07;

/** Compares every example with every other one. @throws RangeError for fewer than two. */
export function resemblanceWithin(examples: Features): Resemblance {
  const count = rowsOf(examples);
  if (count < 2) throw new RangeError('one example has no other to compare with');
  let closestPair = Number.POSITIVE_INFINITY;
  let repeated = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const apart = distance(examples, i, examples, j);
      closestPair = Math.min(closestPair, apart);
      repeated += Number(apart < REPEATED);
    }
  }
  return { closestPair, repeated };
}

/** Distance of each example to the nearest one of `training`, [n]. */
export function nearestDistances(examples: Features, training: Features): Float64Array {
  return nearest(examples, training, () => true);
}

/** The same without equal examples of `training`: of the training set's own, the distance to another one. */
export function nearestOtherDistances(examples: Features, training: Features): Float64Array {
  return nearest(examples, training, (apart) => apart > 0);
}

function nearest(examples: Features, training: Features, counts: (apart: number) => boolean): Float64Array {
  const others = rowsOf(training);
  return Float64Array.from({ length: rowsOf(examples) }, (_, i) => {
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < others; j++) {
      const apart = distance(examples, i, training, j);
      if (counts(apart)) least = Math.min(least, apart);
    }
    return least;
  });
}

/** Root mean square difference: of values in [0, 1], a share of the range. */
const distance = (a: Features, i: number, b: Features, j: number): number =>
  Math.sqrt(squaredDistance(a, i, b, j) / a.dimensions);
