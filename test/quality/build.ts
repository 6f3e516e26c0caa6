/** Bundles the program that trains and judges one preset, as the product itself is bundled. */
import * as esbuild from 'esbuild';
import { workerSource } from '../../scripts/worker-source.mjs';

/** Returns the program's file. */
export async function buildProgram(): Promise<string> {
  const outfile = 'dist/test/quality/measure-preset.cjs';
  await esbuild.build({
    entryPoints: ['test/quality/worker/measure-preset.ts'],
    outfile,
    bundle: true,
    sourcemap: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    plugins: [workerSource],
    logLevel: 'error',
    logOverride: { 'require-resolve-not-external': 'silent' },
    external: ['onnxruntime-node', 'sharp', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'],
  });
  return outfile;
}
