/** A real sidecar on a config so small that a step takes milliseconds. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildProgram } from '../programs.ts';

const tinyConfig = {
  name: 'tiny',
  model: { architecture: 'dcgan', baseChannels: 4, latentSize: 8 },
  data: { source: 'digits' },
  training: { steps: 40, batchSize: 4, seed: 3 },
  monitor: { logEvery: 1, sampleEvery: 20, checkpointEvery: 5, gridSize: 2 },
  device: 'cpu',
};

export async function writeTinyConfig(folder: string): Promise<string> {
  const file = join(folder, 'gan.config.json');
  await writeFile(file, JSON.stringify(tinyConfig));
  return file;
}

export interface Started {
  readonly process: ChildProcess;
  /** Exit code and signal, and everything it wrote. */
  readonly end: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

const running = new Set<ChildProcess>();

/** Starts the bundle of an entry point; `killAll` ends what is left of it. */
export async function startProgram(entry: string, args: readonly string[], cwd?: string): Promise<Started> {
  const program = await buildProgram(entry);
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...(cwd && { cwd }) });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  const end = once(child, 'close').then(([code]) => {
    running.delete(child);
    return { code: code as number | null, ...output };
  });
  return { process: child, end };
}

export const startSidecar = (...args: readonly string[]): Promise<Started> => startProgram('sidecar/sidecar.ts', args);

export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}

/** Waits for a file; fails with the program's own words if it ends first. */
export async function fileOf({ end }: Started, file: string): Promise<void> {
  const ended = end.then(({ code, stderr }) => {
    throw new Error(`ended with ${code} before ${file} was there: ${stderr}`);
  });
  ended.catch(() => {});
  const there = async () => {
    while (
      !(await access(file).then(
        () => true,
        () => false,
      ))
    )
      await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await Promise.race([there(), ended]);
}
