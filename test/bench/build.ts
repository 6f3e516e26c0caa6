/** Bundles the workers that JavaScript drives, as the product itself is bundled. */
import * as esbuild from 'esbuild';
import { nodeBundle } from '../node-bundle.ts';

const FOLDER = 'dist/test/bench';

/** Programs that are started as processes of their own. */
export const programs = {
  worker: `${FOLDER}/worker.cjs`,
  matmul: `${FOLDER}/matmul.cjs`,
  prepare: `${FOLDER}/prepare.cjs`,
  devices: `${FOLDER}/devices.cjs`,
  convolutions: `${FOLDER}/convolutions.cjs`,
} as const;

export async function buildPrograms(): Promise<void> {
  await esbuild.build({
    entryPoints: Object.keys(programs).map((name) => `test/bench/worker/${name}.ts`),
    outdir: FOLDER,
    outExtension: { '.js': '.cjs' },
    ...nodeBundle,
    sourcemap: true,
  });
}
