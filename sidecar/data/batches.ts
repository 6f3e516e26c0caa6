/** Which images a training step sees: a pure function of (seed, step), so that resuming needs no state. */

import { ClassOrder } from './class-order.ts';
import type { Batch, Dataset } from './dataset.ts';
import { hash, permuted } from './permutation.ts';

export interface BatchesOptions {
  /** Fills every batch with all classes in equal parts (`data.balanceClasses`). */
  readonly balanceClasses?: boolean;
  /** Milliseconds, by which waiting is measured. Default: `performance.now`. */
  readonly clock?: () => number;
}

/** Batches read before they are asked for. */
const AHEAD = 2;

/** Tells the numbers that vary images from those that choose them. */
const variation = 1;

/**
 * Step `s` takes the positions s × batchSize … (s + 1) × batchSize − 1 of one endless sequence that
 * shows every image once an epoch, each epoch in an order of its own; a batch that reaches the end of
 * an epoch goes on into the next. A dataset without end is read in order from a place the seed chooses.
 * With balanced classes, `ClassOrder` chooses. Each position also has a number that decides how
 * `data.augment` changes its image.
 *
 * The data position of a checkpoint is therefore the step alone. While a step trains, the next
 * batches are already being read.
 */
export class Batches {
  readonly #dataset: Dataset;
  readonly #batchSize: number;
  readonly #seed: number;
  readonly #classes: ClassOrder | null;
  /** By step. */
  readonly #reads = new Map<number, Promise<Batch>>();
  readonly #clock: () => number;
  #waited = 0;
  #closed = false;

  /** The dataset stays the caller's to close. */
  constructor(
    dataset: Dataset,
    batchSize: number,
    seed: number,
    { balanceClasses = false, clock = () => performance.now() }: BatchesOptions = {},
  ) {
    this.#clock = clock;
    this.#dataset = dataset;
    this.#batchSize = batchSize;
    this.#seed = seed;
    // An endless dataset shows its classes in turn anyway.
    this.#classes = balanceClasses && dataset.labels ? new ClassOrder(dataset.labels, batchSize, seed) : null;
  }

  /** The batch of any step ≥ 0, in any order; consecutive steps are fastest. */
  async at(step: number): Promise<Batch> {
    const asked = this.#clock();
    if (this.#closed) throw new Error('These batches are closed.');
    const batch = this.#readOnce(step);
    // Handed out once, so that asking again after a failure reads again.
    for (const known of this.#reads.keys()) {
      if (known <= step || known > step + AHEAD) this.#reads.delete(known);
    }
    for (let next = step + 1; next <= step + AHEAD; next++) this.#readOnce(next);
    try {
      return await batch;
    } finally {
      this.#waited += this.#clock() - asked;
    }
  }

  /** Seconds that callers of `at` have spent in it since this was last asked. */
  takeWaited(): number {
    const seconds = this.#waited / 1000;
    this.#waited = 0;
    return seconds;
  }

  /** Waits for the reads in flight, whose results are dropped. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#reads.values());
    this.#reads.clear();
  }

  #readOnce(step: number): Promise<Batch> {
    const known = this.#reads.get(step);
    if (known) return known;
    const positions = Array.from({ length: this.#batchSize }, (_, i) => step * this.#batchSize + i);
    const indices = this.#classes ? this.#classes.batch(step) : positions.map((position) => this.#index(position));
    const keys = Uint32Array.from(positions, (position) =>
      hash(this.#seed, variation, Math.floor(position / 2 ** 32), position >>> 0),
    );
    const batch = this.#dataset.read(indices, keys);
    // A failed read is reported to whoever asks for this step.
    batch.catch(() => {});
    this.#reads.set(step, batch);
    return batch;
  }

  #index(position: number): number {
    const { size } = this.#dataset.info;
    if (size === Number.POSITIVE_INFINITY) return hash(this.#seed, 0) * 2 ** 20 + position;
    const epoch = Math.floor(position / size);
    return permuted(position % size, size, hash(this.#seed, epoch));
  }
}
