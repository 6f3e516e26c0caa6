/** Builds the conformance suite and runs it in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { build } from 'esbuild';
import type { Outcome } from './suite.ts';

/** Inside the project, so that native packages are found in node_modules. */
const PROGRAM = 'dist/test/engine/conformance/suite.mjs';

async function buildSuite(): Promise<void> {
  await build({
    entryPoints: ['test/engine/conformance/suite.ts'],
    outfile: PROGRAM,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['onnxruntime-node', 'jasmine-core'],
    // The package declares its tests free of side effects, for which alone they are imported.
    ignoreAnnotations: true,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
}

/** Runs the specs whose names have one of `parts`; all of them if there are none. */
export async function runConformance(parts: readonly string[] = []): Promise<Outcome[]> {
  await buildSuite();
  const outcomes: Outcome[] = [];
  const output: string[] = [];
  const suite = fork(PROGRAM, parts, { silent: true });
  suite.stdout?.on('data', (text: Buffer) => output.push(text.toString()));
  suite.stderr?.on('data', (text: Buffer) => output.push(text.toString()));
  suite.on('message', (outcome) => outcomes.push(outcome as Outcome));
  const [code, signal] = (await once(suite, 'exit')) as [number | null, string | null];
  if (code !== 0) throw new Error(`The suite ended with ${code ?? signal}:\n${output.join('').slice(-4000)}`);
  return outcomes;
}
