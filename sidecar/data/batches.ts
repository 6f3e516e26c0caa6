/** Which images a training step sees: a pure function of (seed, step), so that resuming needs no state. */
import type { Batch, Dataset } from './dataset.ts';
import { hash, permuted } from './permutation.ts';

/**
 * Step `s` takes the positions s × batchSize … (s + 1) × batchSize − 1 of one endless sequence that
 * shows every image once an epoch, each epoch in an order of its own; a batch that reaches the end of
 * an epoch goes on into the next. A dataset without end is read in order from a place the seed chooses.
 *
 * The data position of a checkpoint is therefore the step alone. While a step trains, the next
 * batch is already being read.
 */
export class Batches {
  readonly #dataset: Dataset;
  readonly #batchSize: number;
  readonly #seed: number;
  #prefetched: { step: number; batch: Promise<Batch> } | null = null;
  #scheduled: NodeJS.Immediate | null = null;
  #closed = false;

  /** The dataset stays the caller's to close. */
  constructor(dataset: Dataset, batchSize: number, seed: number) {
    this.#dataset = dataset;
    this.#batchSize = batchSize;
    this.#seed = seed;
  }

  /** The batch of any step ≥ 0, in any order; consecutive steps are fastest. */
  async at(step: number): Promise<Batch> {
    if (this.#closed) throw new Error('These batches are closed.');
    const ready = this.#prefetched?.step === step ? this.#prefetched.batch : null;
    // Handed out once, so that asking again after a failure reads again.
    if (ready) this.#prefetched = null;
    const batch = await (ready ?? this.#read(step));
    this.#prefetchLater(step + 1);
    return batch;
  }

  /** Waits for the read in flight, whose result is dropped. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#scheduled) clearImmediate(this.#scheduled);
    await this.#prefetched?.batch.catch(() => {});
    this.#prefetched = null;
  }

  /** The caller's step is let to start before pixels are drawn or converted on this thread. */
  #prefetchLater(step: number): void {
    if (this.#closed || this.#prefetched?.step === step) return;
    if (this.#scheduled) clearImmediate(this.#scheduled);
    this.#scheduled = setImmediate(() => {
      this.#scheduled = null;
      const batch = this.#read(step);
      // A failed read is reported to whoever asks for this step.
      batch.catch(() => {});
      this.#prefetched = { step, batch };
    });
  }

  #read(step: number): Promise<Batch> {
    return this.#dataset.read(
      Array.from({ length: this.#batchSize }, (_, i) => this.#index(step * this.#batchSize + i)),
    );
  }

  #index(position: number): number {
    const { size } = this.#dataset.info;
    if (size === Number.POSITIVE_INFINITY) return hash(this.#seed, 0) * 2 ** 20 + position;
    const epoch = Math.floor(position / size);
    return permuted(position % size, size, hash(this.#seed, epoch));
  }
}
