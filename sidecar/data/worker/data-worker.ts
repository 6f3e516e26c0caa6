/// <reference path="./program-text.d.ts" />
/** Worker threads of the data pipeline, seen from the main thread. */
import { type Transferable, Worker } from 'node:worker_threads';
import { UserError } from '../../terms/errors.ts';
import type { Failure, Reply, TaskName, Tasks, WorkerData } from './messages.ts';
// Bundled into the bundle as text, so that it needs no file that could be missing beside it.
import program from './program.ts?worker';

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
}

export class DataWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended: Error | null = null;

  constructor() {
    const workerData: WorkerData = { sharp: require.resolve('sharp'), nsbmp: require.resolve('@cwasm/nsbmp') };
    // Warnings and errors of a worker come as messages; its own options would be those of the program.
    this.#worker = new Worker(program, { eval: true, workerData, execArgv: [] });
    this.#worker.on('message', (reply: Reply) => this.#take(reply));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', (code) => this.#end(new Error(`The data worker ended with code ${code}.`)));
    // It keeps the process alive only while somebody waits for it.
    this.#worker.unref();
  }

  get ended(): boolean {
    return this.#ended !== null;
  }

  /** @param moved buffers in `asks` that the worker takes over. */
  ask<Name extends TaskName>(
    task: Name,
    asks: Tasks[Name]['asks'],
    moved: readonly Transferable[] = [],
  ): Promise<Tasks[Name]['answers']> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, task, asks }, moved);
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('answer' in reply) {
      waiting?.resolve(reply.answer as never);
      return;
    }
    waiting?.reject(errorOf(reply.failure));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

const errorOf = (failure: Failure): Error =>
  failure.code === null ? new Error(failure.message) : new UserError(failure.code, failure.message, failure);

let reader: DataWorker | null = null;

/** The one that reads batches, started when it is first needed and shared by all datasets of the process. */
export function readingWorker(): DataWorker {
  if (reader === null || reader.ended) reader = new DataWorker();
  return reader;
}
