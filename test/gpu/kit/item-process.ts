/** Runs one item in a process group of its own, and ends the group with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { env, execPath } from 'node:process';
import type { Message, Status } from '../results.ts';
import type { Item } from './items.ts';

export interface Ending {
  readonly status: Exclude<Status, 'running'>;
  readonly reason: string | null;
}

export class ItemProcess {
  readonly #child: ChildProcess;
  readonly #log: string;
  #ending: Ending | null = null;

  /** Whole numbers as they come; the process's output goes to `<results>/logs/<item>.log`. */
  constructor(
    item: Item,
    environment: Readonly<Record<string, string>>,
    results: string,
    onNumbers: (numbers: unknown) => void,
  ) {
    const [program, ...options] = item.command;
    this.#log = path.join(results, 'logs', `${item.id}.log`);
    const log = openSync(this.#log, 'w');
    this.#child = spawn(execPath, ['--enable-source-maps', `dist/test/gpu/${program}.cjs`, ...options], {
      // A group of its own: its workers are ended with it, whatever they do.
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...env, ...environment },
    });
    closeSync(log);
    this.#child.on('message', (message: Message) => {
      if ('numbers' in message) onNumbers(message.numbers);
      else this.#ending ??= { status: message.end, reason: 'reason' in message ? message.reason : null };
    });
  }

  /** Resolves once the process is gone; it is cut off after `seconds`. */
  ended(seconds: number): Promise<Ending> {
    const limit = setTimeout(() => this.cutOff(`It took longer than ${Math.round(seconds)} s.`), seconds * 1000);
    return new Promise((resolve) => {
      const settle = (fallback: string) => {
        clearTimeout(limit);
        this.#killGroup();
        resolve(this.#ending ?? { status: 'failed', reason: fallback });
      };
      this.#child.on('error', ({ message }) => settle(message));
      this.#child.on('close', (code, signal) =>
        settle(`It ended with ${signal ?? `code ${code}`}. ${this.#lastLine()}`),
      );
    });
  }

  /** Ends it at once; what it has told so far stands. */
  cutOff(reason: string): void {
    this.#ending ??= { status: 'cut off', reason };
    this.#killGroup();
  }

  #killGroup(): void {
    const { pid } = this.#child;
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is gone.
    }
  }

  #lastLine(): string {
    return readFileSync(this.#log, 'utf8').trim().split('\n').at(-1) ?? '';
  }
}
