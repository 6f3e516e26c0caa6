/** Opens the engines that these tests compare. */
import { env } from 'node:process';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { tensorflowBinding } from './binding.ts';

/** Environment in which the engine finds the TensorFlow that `npm run test:tensorflow` built. */
export function builtEnvironment(): NodeJS.ProcessEnv {
  const binding = tensorflowBinding();
  if (binding === null) throw new Error('TensorFlow is not built: start these tests by npm run test:tensorflow.');
  return { ...env, GAN_TENSORFLOW: binding };
}

/** The product's own engine on TensorFlow. */
export function tensorflowEngine(): Promise<Engine> {
  env.GAN_TENSORFLOW = builtEnvironment().GAN_TENSORFLOW;
  return createEngine('tensorflow');
}

export const onnxEngine = (): Promise<Engine> => createEngine('cpu');
