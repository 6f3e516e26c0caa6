/** Batches that hold all classes in equal parts: a pure function of (seed, step). */
import { hash, permuted } from './permutation.ts';

/** Tells the numbers that order classes from those that order images. */
const classUse = 2;

/**
 * A batch is filled in rounds, each of which takes one image of every class, in an order of its own; the
 * last round may be cut short. Numbers of images of two classes therefore differ by at most one. Within a
 * class, round r takes the image at place r of an endless sequence of permutations, so that images come
 * about equally often, and none twice before the class has been gone through.
 */
export class ClassOrder {
  readonly #batchSize: number;
  readonly #seed: number;
  /** Images sorted by class, and where each class begins. */
  readonly #images: Int32Array;
  readonly #starts: readonly number[];

  /** Classes without images are left out. */
  constructor(labels: Int32Array, batchSize: number, seed: number) {
    this.#batchSize = batchSize;
    this.#seed = seed;
    const counts: number[] = [];
    for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
    const next: number[] = [];
    const starts: number[] = [];
    let start = 0;
    for (let label = 0; label < counts.length; label++) {
      next[label] = start;
      if (counts[label]) starts.push(start);
      start += counts[label] ?? 0;
    }
    this.#images = new Int32Array(labels.length);
    labels.forEach((label, index) => {
      this.#images[next[label]!++] = index;
    });
    this.#starts = [...starts, labels.length];
  }

  /** Indices of the images of a step. */
  batch(step: number): number[] {
    const classes = this.#starts.length - 1;
    const rounds = Math.ceil(this.#batchSize / classes);
    return Array.from({ length: this.#batchSize }, (_, i) => {
      const round = step * rounds + Math.floor(i / classes);
      return this.#image(permuted(i % classes, classes, hash(this.#seed, classUse, round)), round);
    });
  }

  #image(place: number, round: number): number {
    const start = this.#starts[place]!;
    const size = this.#starts[place + 1]! - start;
    const pass = Math.floor(round / size);
    return this.#images[start + permuted(round % size, size, hash(this.#seed, classUse, place, pass))]!;
  }
}
