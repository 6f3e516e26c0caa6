/** What people ask of a run, and the moments at which the training loop takes notice. */
import type { RunControl } from '../runs/recorder.ts';

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

/** `Promise.withResolvers`, which Node.js has from 22 on. */
function deferred<Value>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<Value>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  return { promise, resolve, reject };
}

/** Told to whoever keeps run.json. */
export interface ControlListener {
  onPaused(): Promise<void>;
  onResumed(): Promise<void>;
}

export class TrainingControl implements RunControl {
  readonly #stopping = new AbortController();
  readonly #ended = deferred<void>();
  readonly #failed = deferred<never>();
  #listener: ControlListener | null = null;
  /** Set while a pause is wanted; resolving `over` ends it. */
  #pause: { readonly reached: Deferred<void>; readonly over: Deferred<void> } | null = null;
  #resumed: Promise<void> = Promise.resolve();

  constructor() {
    this.#failed.promise.catch(() => {});
  }

  get stopRequested(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Aborted by `stop`: ends what goes on before the loop, such as a download. */
  get stopSignal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Rejects when `fail` is called, never resolves. */
  get failure(): Promise<never> {
    return this.#failed.promise;
  }

  set listener(listener: ControlListener) {
    this.#listener = listener;
  }

  /** The loop calls it between steps. Never rejects. */
  async whileResumed(): Promise<void> {
    const pause = this.#pause;
    if (pause === null || this.stopRequested) return;
    const resumed = deferred<void>();
    this.#resumed = resumed.promise;
    await this.#listener?.onPaused().catch((error: unknown) => this.fail(error));
    pause.reached.resolve();
    await pause.over.promise;
    if (!this.stopRequested) await this.#listener?.onResumed().catch((error: unknown) => this.fail(error));
    resumed.resolve();
  }

  /** Resolves when the loop stands still, or has ended. */
  async pause(): Promise<void> {
    this.#pause ??= { reached: deferred<void>(), over: deferred<void>() };
    await Promise.race([this.#pause.reached.promise, this.#ended.promise]);
  }

  /** Resolves when the loop goes on, or has ended. */
  async resume(): Promise<void> {
    const pause = this.#pause;
    this.#pause = null;
    pause?.over.resolve();
    pause?.reached.resolve();
    await Promise.race([this.#resumed, this.#ended.promise]);
  }

  /** Asks the loop to finish its step and end with a checkpoint; resolves when the run has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#pause?.over.resolve();
    await this.#ended.promise;
  }

  /** Ends the run as failed, whatever it is doing. */
  fail(error: unknown): void {
    this.#failed.reject(error);
  }

  /** The run has ended and run.json says so. */
  end(): void {
    this.#ended.resolve();
  }
}
