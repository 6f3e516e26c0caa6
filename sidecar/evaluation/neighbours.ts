/** Balls around examples that reach to their k-th nearest neighbour, in float64. */
import type { Features } from './metric.ts';

/** Squared Euclidean distance of row `i` of `a` and row `j` of `b`. */
export function squaredDistance(a: Features, i: number, b: Features, j: number): number {
  const { dimensions } = a;
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += (a.values[i * dimensions + d]! - b.values[j * dimensions + d]!) ** 2;
  return sum;
}

export const rowsOf = ({ values, dimensions }: Features): number => values.length / dimensions;

/** Squared distance of each row to its k-th nearest other row, [rows]. Throws RangeError for k or fewer rows. */
export function squaredRadii(features: Features, k: number): Float64Array {
  const count = rowsOf(features);
  if (count <= k) throw new RangeError(`${count} rows have no ${k} neighbours each`);
  // The k least so far of each row, ascending.
  const nearest = new Float64Array(count * k).fill(Number.POSITIVE_INFINITY);
  const insert = (row: number, distance: number) => {
    const start = row * k;
    let at = start + k - 1;
    if (distance >= nearest[at]!) return;
    for (; at > start && nearest[at - 1]! > distance; at--) nearest[at] = nearest[at - 1]!;
    nearest[at] = distance;
  };
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const distance = squaredDistance(features, i, features, j);
      insert(i, distance);
      insert(j, distance);
    }
  }
  return Float64Array.from({ length: count }, (_, row) => nearest[row * k + k - 1]!);
}

export interface Hits {
  /** For each centre, how many points are in its ball, [centres]. */
  readonly inBall: Uint32Array;
  /** For each point, how many balls it is in, [points]. */
  readonly ofPoint: Uint32Array;
}

/** Which points lie in the balls around `centres` that reach to their k-th neighbours; the surface counts. */
export function hits(centres: Features, points: Features, k: number): Hits {
  const radii = squaredRadii(centres, k);
  const inBall = new Uint32Array(rowsOf(centres));
  const ofPoint = new Uint32Array(rowsOf(points));
  for (let i = 0; i < inBall.length; i++) {
    for (let j = 0; j < ofPoint.length; j++) {
      if (squaredDistance(centres, i, points, j) > radii[i]!) continue;
      inBall[i]! += 1;
      ofPoint[j]! += 1;
    }
  }
  return { inBall, ofPoint };
}
