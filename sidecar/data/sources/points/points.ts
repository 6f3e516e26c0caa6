/** The source `points`: points in the plane, drawn by the program or from a CSV file. */
import type { HostTensor } from '../../../engine/engine.ts';
import type { Dataset } from '../../dataset.ts';
import type { DataFacts } from '../../facts.ts';
import type { DataConfig } from '../../shape.ts';
import type { ScanOptions } from '../source.ts';
import { readPoints } from './csv.ts';
import { toySets } from './toy-sets.ts';

/** What both kinds of points have in common. */
interface Points {
  readonly name: string;
  readonly size: number;
  readonly bytes: number;
  readonly classNames: readonly string[] | null;
  /** What −1 and 1 stand for in x and in y. */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  readonly labels: Int32Array | null;
  labelOf(index: number): number;
  /** x (axis 0) or y of a point, in its own numbers. */
  at(index: number, axis: number): number;
}

/** @throws UserError as `readPoints`. */
export async function openPoints(data: DataConfig, options: ScanOptions): Promise<Dataset> {
  const points = await pointsOf(data, options);
  const { name, size, classNames, ranges, labels } = points;
  return {
    info: { name, modality: 'points', size, shape: [2], sourceShape: null, classNames, skipped: [], ranges },
    labels,
    read: async (indices) => ({
      examples: scaled(points, indices),
      labels: classNames && Int32Array.from(indices, (index) => points.labelOf(index)),
      sources: null,
    }),
    close: async () => {},
  };
}

/** @throws UserError as `readPoints`. */
export async function inspectPoints(data: DataConfig): Promise<DataFacts> {
  const { size, bytes, classNames } = await pointsOf(data, {});
  return {
    modality: 'points',
    format: 'points',
    size,
    shape: [2],
    sourceShape: null,
    stored: null,
    classNames,
    lostLabels: null,
    skipped: { count: 0, first: null },
    bytes,
    present: true,
  };
}

async function pointsOf({ path, points: set }: DataConfig, options: ScanOptions): Promise<Points> {
  if (path === null) {
    const { classNames, ranges, point } = toySets[set];
    const classes = classNames?.length ?? 1;
    return {
      name: set,
      size: Number.POSITIVE_INFINITY,
      bytes: 0,
      classNames,
      ranges,
      labels: null,
      labelOf: (index) => index % classes,
      at: (index, axis) => point(index)[axis] ?? 0,
    };
  }
  const { points, labels, classNames, ranges, bytes } = await readPoints(path, options);
  return {
    name: path,
    size: points.length / 2,
    bytes,
    classNames,
    ranges,
    labels,
    labelOf: (index) => labels?.[index] ?? 0,
    at: (index, axis) => points[2 * index + axis] ?? 0,
  };
}

/** In [−1, 1], as the ranges say. */
function scaled(points: Points, indices: readonly number[]): HostTensor {
  const data = new Float32Array(2 * indices.length);
  for (const [i, index] of indices.entries()) {
    for (const [axis, [low, high]] of points.ranges.entries()) {
      data[2 * i + axis] = (2 * (points.at(index, axis) - low)) / (high - low) - 1;
    }
  }
  return { dtype: 'float32', shape: [indices.length, 2], data };
}
