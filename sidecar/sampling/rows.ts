/** Rows of host tensors: the values of one example after another. */
import type { HostTensor } from '../engine/engine.ts';

export const rowCount = ({ shape }: HostTensor): number => shape[0] ?? 0;

/** The rows at these places, in this order; float32. */
export function gathered(all: HostTensor, places: readonly number[]): HostTensor {
  const rows = new HostRows(places.length);
  const length = all.data.length / rowCount(all);
  for (const [i, at] of places.entries()) {
    const data = (all.data as Float32Array).subarray(at * length, (at + 1) * length);
    rows.put({ dtype: 'float32', shape: [1, ...all.shape.slice(1)], data }, () => i);
  }
  return rows.tensor;
}

/** Puts rows that are made some at a time into one tensor, whose shape the first of them decides. */
export class HostRows {
  readonly #count: number;
  #tensor: HostTensor | null = null;

  constructor(count: number) {
    this.#count = count;
  }

  /** Row `i` of `rows`, float32, becomes row `placeOf(i)`. */
  put(rows: HostTensor, placeOf: (i: number) => number): void {
    const count = rowCount(rows);
    const length = rows.data.length / count;
    this.#tensor ??= {
      dtype: 'float32',
      shape: [this.#count, ...rows.shape.slice(1)],
      data: new Float32Array(this.#count * length),
    };
    const data = this.#tensor.data as Float32Array;
    const from = rows.data as Float32Array;
    for (let i = 0; i < count; i++) data.set(from.subarray(i * length, (i + 1) * length), placeOf(i) * length);
  }

  /** Throws where nothing was put. */
  get tensor(): HostTensor {
    if (this.#tensor === null) throw new Error('no rows were made');
    return this.#tensor;
  }
}

/** Rows `from` to `to` − 1, without a copy where all are asked for. */
export function rowRange(rows: HostTensor, from: number, to: number): HostTensor {
  if (from === 0 && to === rowCount(rows)) return rows;
  const length = rows.data.length / rowCount(rows);
  const shape = [to - from, ...rows.shape.slice(1)];
  return { dtype: rows.dtype, shape, data: rows.data.slice(from * length, to * length) };
}
