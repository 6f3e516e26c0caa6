/** Bundles the workers that JavaScript drives, as the product itself is bundled. */
import path from 'node:path';
import * as esbuild from 'esbuild';
import { nodeBundle } from '../node-bundle.ts';
import { PROGRAM_FOLDER, programs } from './programs.ts';

/** Writes `programs` under `root`, the folder that they will be run in. */
export async function buildPrograms(root = '.', sourcemap = true): Promise<void> {
  await esbuild.build({
    entryPoints: Object.keys(programs).map((name) => `test/bench/worker/${name}.ts`),
    outdir: path.join(root, PROGRAM_FOLDER),
    outExtension: { '.js': '.cjs' },
    ...nodeBundle,
    sourcemap,
  });
}
