/** Bundles the program that trains and judges one preset, as the product itself is bundled. */
import * as esbuild from 'esbuild';
import { nodeBundle } from '../node-bundle.ts';

/** Returns the program's file. */
export async function buildProgram(): Promise<string> {
  const outfile = 'dist/test/quality/measure-preset.cjs';
  await esbuild.build({
    entryPoints: ['test/quality/worker/measure-preset.ts'],
    outfile,
    ...nodeBundle,
    sourcemap: true,
  });
  return outfile;
}
