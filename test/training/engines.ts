import '@tensorflow/tfjs-backend-cpu';
import { createEagerEngine } from '../../sidecar/engine/eager.ts';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';

export { createEagerEngine };

/** Defines the same tests for both engines that are always there. */
export function eachEngine(define: (name: string, create: () => Promise<Engine>) => void): void {
  define('tfjs cpu, eager', () => createEagerEngine('cpu'));
  define('onnxruntime cpu', () => createEngine('cpu'));
}
