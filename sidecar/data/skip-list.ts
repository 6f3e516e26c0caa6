/** Files of a dataset that are left out: all are counted, the first are listed with the reason. */
import { printable } from '../terms/names.ts';

export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

export interface Skipped {
  readonly count: number;
  /** The first, in the order of the data; at most `mostListed`. */
  readonly listed: readonly SkippedFile[];
}

/** Enough to see what they have in common; a folder may hold a text beside each of a million images. */
const MOST_LISTED = 100;

export const noneSkipped: Skipped = { count: 0, listed: [] };

export class SkipList implements Skipped {
  #count = 0;
  readonly #listed: SkippedFile[] = [];

  add(file: string, reason: string): void {
    this.#count++;
    if (this.#listed.length < MOST_LISTED) this.#listed.push({ file: printable(file), reason: printable(reason) });
  }

  get count(): number {
    return this.#count;
  }

  get listed(): readonly SkippedFile[] {
    return this.#listed;
  }
}
