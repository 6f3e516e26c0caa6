/** Training processes beside the editor that stand still and go on as a benchmark wants. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../host/paths.ts';
import { eventually, metricsRows } from '../host/runs.ts';
import { nodeBundle } from '../node-bundle.ts';

/** Where `sidecar/engine/onnx/session.ts` makes waiting threads sleep. */
const SLEEPING = "allow_spinning: '0'";

/** A bundle of `gan` whose waiting threads spin, as ONNX Runtime has it by default; null where that cannot be had. */
export async function spinningProgram(): Promise<string | null> {
  const outfile = path.join(projectRoot, 'dist', 'test', 'bench-spinning.cjs');
  process.once('exit', () => rmSync(outfile, { force: true }));
  let found = false;
  await build({
    ...nodeBundle,
    entryPoints: ['sidecar/cli.ts'],
    outfile,
    plugins: [
      ...nodeBundle.plugins,
      {
        name: 'spinning',
        setup({ onLoad }) {
          onLoad({ filter: /engine[\\/]session\.ts$/ }, async ({ path: file }) => {
            const text = await readFile(file, 'utf8');
            found = text.includes(SLEEPING);
            return { contents: text.replace(SLEEPING, "allow_spinning: '1'"), loader: 'ts' };
          });
        },
      },
    ],
  });
  if (!found) console.log(`The variant "spinning" is left out: ${SLEEPING} stands nowhere in session.ts.`);
  return found ? outfile : null;
}

export class TrainingProcess {
  readonly #child: ChildProcess;
  readonly directory: string;

  private constructor(child: ChildProcess, directory: string) {
    this.#child = child;
    this.directory = directory;
  }

  /** Starts `gan train` on the workspace's config and stops it in its tracks after its first steps. */
  static async start(program: string, workspace: string, name: string, threads: number): Promise<TrainingProcess> {
    const directory = path.join(workspace, 'beside', name);
    const child = spawn(process.execPath, [program, 'train', '--run-dir', directory, '--threads', String(threads)], {
      cwd: workspace,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    process.once('exit', () => child.kill('SIGKILL'));
    await once(child, 'spawn');
    const training = new TrainingProcess(child, directory);
    await eventually(workspace, () => metricsRows(directory)[4], 120);
    training.rest();
    return training;
  }

  goOn(): void {
    this.#child.kill('SIGCONT');
  }

  rest(): void {
    this.#child.kill('SIGSTOP');
  }

  /** Images of which the metrics log tells. */
  images(): number {
    return metricsRows(this.directory).at(-1)?.images ?? 0;
  }

  async end(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
