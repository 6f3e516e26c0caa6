/** Opens the engines that JavaScript drives. */
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { createEagerEngine } from '../../../sidecar/engine/eager.ts';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import { createEngine } from '../../../sidecar/engine/index.ts';

/** An engine with the words for it. */
export interface Opened {
  readonly engine: Engine;
  readonly name: string;
}

const tfjs = async (backend: string): Promise<Opened> => ({
  engine: await createEagerEngine(backend),
  name: `TensorFlow.js ${tf.version_core}, ${backend} backend`,
});

export async function openEngine(id: string, threads: number): Promise<Opened> {
  switch (id) {
    case 'cpu':
    case 'webgpu':
    case 'cuda':
    case 'dml':
    case 'coreml':
    case 'tensorflow': {
      const engine = await createEngine(id, { threads });
      return { engine, name: `${engine.device.engine}, ${engine.device.name}` };
    }
    case 'tfjs-cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return tfjs('cpu');
    case 'tfjs-wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(`${path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out')}/`);
      return tfjs('wasm');
    }
    default:
      throw new Error(`No engine is called ${id}.`);
  }
}
