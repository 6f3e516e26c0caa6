/** Where `npm run test:tensorflow` keeps the TensorFlow that it builds. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../host/paths.ts';

export const TFJS_VERSION = '4.22.0';

/**
 * tfjs-node 4.22 itself downloads TensorFlow 2.9, whose wheels have the C API only inside a library
 * for Python. Later wheels have it in a library of its own, and compute the same.
 */
export const TENSORFLOW_VERSION = '2.18.1';

export const buildFolder = path.join(cacheFolder, `tensorflow-${TENSORFLOW_VERSION}-tfjs-${TFJS_VERSION}`);

/** The package as a person would install it, with the binding where it looks for it. */
export const packageFolder = (build: string): string => path.join(build, 'node_modules', '@tensorflow', 'tfjs-node');

export const bindingFile = (build: string): string =>
  path.join(packageFolder(build), 'lib', 'napi-v8', 'tfjs_binding.node');

/**
 * Folder of the built @tensorflow/tfjs-node: set GAN_TENSORFLOW to it and `createEngine('tensorflow')`
 * opens it. Null where `npm run test:tensorflow` has not built it.
 */
export const tensorflowBinding = (): string | null =>
  existsSync(bindingFile(buildFolder)) ? packageFolder(buildFolder) : null;
