import { performance } from 'node:perf_hooks';

/** Seconds of training: runs from its creation, stands still while paused, goes on after a resume. */
export class TrainingClock {
  readonly #now: () => number;
  #before: number;
  #since: number;

  /**
   * @param before seconds that the run has trained already.
   * @param now the time in milliseconds; only tests give their own.
   */
  constructor(before: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#before = before;
    this.#since = now();
  }

  seconds(): number {
    return this.#before + (this.#now() - this.#since) / 1000;
  }

  /** Waits without counting the time. */
  async leaveOut(pause: Promise<void>): Promise<void> {
    const before = this.seconds();
    await pause;
    this.#before = before;
    this.#since = this.#now();
  }
}
