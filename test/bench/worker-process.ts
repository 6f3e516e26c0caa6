/** The benchmark's side of a worker: one process for one engine and model. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Burst, Checked, Ended, Failed, Kernels, Rates, Ready, Request } from './protocol.ts';

/** Why an engine has no numbers; the message is for the report. */
export class WorkerFailure extends Error {}

/** Paths of this machine tell a reader of the report nothing. */
const withoutPaths = (text: string): string => text.replace(/(?<![\w.])(?:[A-Za-z]:)?(?:[\\/][\w.+@-]+){2,}[\\/]/g, '');

export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #answers: string[] = [];
  #wake: () => void = () => {};
  #ended: string | null = null;
  #errors = '';

  constructor([command, ...options]: readonly [string, ...string[]], environment: Readonly<Record<string, string>>) {
    this.#child = spawn(command, options, {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('close', (code, signal) => this.#end(`it ended with ${signal ?? `exit code ${code}`}`));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-4000);
    });
    // A worker that has ended is told of by 'close'.
    this.#child.stdin?.on('error', () => {});
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      // Libraries print to standard output too.
      if (!line.startsWith('{"')) return;
      this.#answers.push(line);
      this.#wake();
    });
  }

  #end(why: string): void {
    this.#ended ??= why;
    this.#wake();
  }

  async #answer<T>(seconds: number): Promise<T> {
    const deadline = setTimeout(() => {
      const time = seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} minutes`;
      this.#end(`it gave no answer within ${time}`);
      this.#child.kill('SIGKILL');
    }, seconds * 1000);
    try {
      while (this.#answers.length === 0 && this.#ended === null) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(deadline);
    }
    const line = this.#answers.shift();
    if (line === undefined) {
      const last = this.#errors.trim().split('\n').at(-1) ?? '';
      throw new WorkerFailure(withoutPaths([this.#ended, last].filter(Boolean).join(': ')));
    }
    const answer = JSON.parse(line) as T | Failed;
    if (typeof answer === 'object' && answer !== null && 'failed' in answer) {
      throw new WorkerFailure(withoutPaths(answer.failed));
    }
    return answer as T;
  }

  #ask<T>(request: Request, seconds: number): Promise<T> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    return this.#answer<T>(seconds);
  }

  ready(seconds: number): Promise<Ready> {
    return this.#answer(seconds);
  }

  check(steps: number, seconds: number): Promise<Checked> {
    return this.#ask({ do: 'check', steps }, seconds);
  }

  burst(seconds: number, steps: number, patience: number): Promise<Burst> {
    return this.#ask({ do: 'burst', seconds, steps }, patience);
  }

  rates(seconds: number, patience: number): Promise<Rates> {
    return this.#ask({ do: 'rates', seconds }, patience);
  }

  kernels(steps: number, patience: number): Promise<Kernels> {
    return this.#ask({ do: 'kernels', steps }, patience);
  }

  end(seconds: number): Promise<Ended> {
    return this.#ask({ do: 'end' }, seconds);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
