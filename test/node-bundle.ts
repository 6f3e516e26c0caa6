/** esbuild options that bundle a program of the sidecar as the product is bundled, but for its minification. */
import type { BuildOptions } from 'esbuild';
import { workerSource } from '../scripts/worker-source.mjs';

/** What remains is `entryPoints` and where the bundle goes. */
export const nodeBundle = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  plugins: [workerSource],
  logLevel: 'error',
  logOverride: { 'require-resolve-not-external': 'silent' },
  external: ['onnxruntime-node', 'sharp', '@cwasm/nsbmp', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'],
} as const satisfies BuildOptions;
