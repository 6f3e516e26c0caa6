/**
 * TensorFlow.js's own CPU backend in float64: a second copy of it, built with Float64Array wherever
 * it says Float32Array. It computes forward values only; gradients come from differences of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs-core';
import { build } from 'esbuild';

export type TensorFlow = typeof tf;

/** Values in float64. */
export interface Point {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

let loaded: Promise<TensorFlow> | null = null;

/** The float64 copy; it shares no state with the one that is imported. */
export function float64(): Promise<TensorFlow> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<TensorFlow> {
  const folder = mkdtempSync(join(tmpdir(), 'float64-'));
  try {
    const outfile = join(folder, 'tensorflow.cjs');
    await build({
      stdin: {
        contents: `export * from '@tensorflow/tfjs-core'; import '@tensorflow/tfjs-backend-cpu';`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logOverride: { 'require-resolve-not-external': 'silent' },
      // Copies of TensorFlow.js find each other through the global object.
      define: { Float32Array: 'Float64Array', global: 'ownGlobal' },
      banner: {
        js: 'const ownGlobal = Object.assign(Object.create(globalThis), { _tfengine: null, _tfGlobals: null });',
      },
      outfile,
    });
    const copy = nodeModule.createRequire(join(folder, 'here.cjs'))(outfile) as TensorFlow;
    // In Node.js, typed arrays are told apart by their names.
    const { platform } = copy.env();
    const isTypedArray = platform.isTypedArray.bind(platform);
    platform.isTypedArray = (array): array is Uint8Array => array instanceof Float64Array || isTypedArray(array);
    await copy.setBackend('cpu');
    return copy;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `f` gives at `points`. */
export function pointOf(copy: TensorFlow, f: (...inputs: tf.Tensor[]) => tf.Tensor, points: readonly Point[]): Point {
  let point: Point = { shape: [], data: new Float64Array() };
  copy.tidy(() => {
    const inputs = points.map(({ data, shape }) => copy.tensor(data as unknown as Float32Array, [...shape], 'float32'));
    const y = f(...inputs);
    point = { shape: y.shape, data: y.dataSync() as unknown as Float64Array };
  });
  return point;
}
