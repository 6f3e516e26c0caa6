/**
 * A program of the sidecar as an object: it says when it has stopped and how, and stops when it is told to.
 * What stops programs in another way, or starts them for a purpose, is built around this interface.
 */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { endTree } from './end-tree.ts';
import { sidecarEnvironment } from './sidecar-environment.ts';

export type ProgramEnd =
  | { readonly how: 'not-started'; readonly error: NodeJS.ErrnoException }
  | { readonly how: 'exited'; readonly code: number }
  | { readonly how: 'killed'; readonly signal: NodeJS.Signals };

export interface Program {
  /** Resolves when the process is gone and what it wrote has been read. Never rejects. */
  readonly stopped: Promise<ProgramEnd>;
  /** Ends the process and what it started; resolves as `stopped`. */
  stop(): Promise<ProgramEnd>;
}

export interface ProgramStart {
  /** A Node.js executable, or undefined for the runtime this code runs on. */
  readonly nodePath: string | undefined;
  /** The bundle that is run. */
  readonly script: string;
  readonly args: readonly string[];
  /** Working directory; paths in messages are relative to it. */
  readonly cwd: string;
  readonly stdio: StdioOptions;
  /** Goes on when the window closes. */
  readonly outlives: boolean;
}

export class ChildProgram implements Program {
  readonly #child: ChildProcess;
  readonly stopped: Promise<ProgramEnd>;

  constructor({ nodePath, script, args, cwd, stdio, outlives }: ProgramStart) {
    this.#child = spawn(nodePath ?? process.execPath, [script, ...args], {
      cwd,
      env: sidecarEnvironment(process.env, nodePath === undefined),
      stdio,
      // Elsewhere than on Windows, only a detached process leads a group by which what it starts can be ended.
      detached: outlives || process.platform !== 'win32',
      windowsHide: true,
    });
    if (outlives) this.#child.unref();
    this.stopped = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        if (this.#child.pid === undefined) resolve({ how: 'not-started', error });
      });
      this.#child.once('close', (code, signal) => {
        resolve(signal === null ? { how: 'exited', code: code ?? 0 } : { how: 'killed', signal });
      });
    });
  }

  /** Null where `stdio` makes no pipe of it. */
  get stdout(): Readable | null {
    return this.#child.stdout;
  }

  /** As `stdout`. */
  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  /** Asks the process to end, which may clean up first; Windows knows no such request. */
  ask(): void {
    if (process.platform === 'win32') void this.stop();
    else this.#child.kill('SIGTERM');
  }

  async stop(): Promise<ProgramEnd> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      // Where the tree cannot be ended, its root still can.
      await endTree(pid).catch(() => this.#child.kill('SIGKILL'));
    }
    return this.stopped;
  }
}

/** Stops by asking, and ends what has not stopped `patience` milliseconds later. */
export function askingFirst(program: ChildProgram, patience: number): Program {
  return {
    stopped: program.stopped,
    async stop() {
      program.ask();
      const timer = setTimeout(() => void program.stop(), patience);
      try {
        return await program.stopped;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Whether native code or the system ended it: 128 + signal is how a shell's wrapper says so; Windows has NTSTATUS codes. */
export const isCrash = (end: ProgramEnd): boolean => end.how === 'killed' || (end.how === 'exited' && end.code > 128);
