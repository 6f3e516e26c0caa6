/**
 * Counts the floating-point operations that a step's matrix products and convolutions need: two for
 * each multiplication with its addition, as the definitions have them. They are counted where
 * TensorFlow.js calls its kernels while a step is traced, so the count does not depend on how the
 * engine computes them. Equal calls, which share one recorded value, count once.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BACKEND, recordingBackend } from '../../../sidecar/engine/tracing/backend.ts';

type Shape = readonly number[];
type Inputs = Readonly<Record<string, tf.TensorInfo | undefined>>;

const sizeOf = (shape: Shape): number => shape.reduce((size, length) => size * length, 1);
const shapeOf = (inputs: Inputs, name: string): Shape => inputs[name]?.shape ?? [];

/** Operations of one call, from its inputs, attributes and result. */
const counts: Readonly<Record<string, (inputs: Inputs, attributes: unknown, result: Shape) => number>> = {
  [tf.BatchMatMul](inputs, attributes, result) {
    const a = shapeOf(inputs, 'a');
    const { transposeA } = attributes as tf.BatchMatMulAttrs;
    return 2 * sizeOf(result) * (a.at(transposeA ? -2 : -1) ?? 0);
  },
  /** Filter [height, width, in, out]: every output element sums over the patch under the filter. */
  [tf.Conv2D](inputs, _attributes, result) {
    return 2 * sizeOf(result) * sizeOf(shapeOf(inputs, 'filter').slice(0, 3));
  },
  /** Every element of dy goes to the whole patch that it came from. */
  [tf.Conv2DBackpropInput](inputs) {
    return 2 * sizeOf(shapeOf(inputs, 'dy')) * sizeOf(shapeOf(inputs, 'filter').slice(0, 3));
  },
  [tf.Conv2DBackpropFilter](inputs, _attributes, result) {
    return 2 * sizeOf(shapeOf(inputs, 'dy')) * sizeOf(result.slice(0, 3));
  },
};

/** Counts from now on; returns the count so far. */
export function countOperations(): () => number {
  const counted = new Set<unknown>();
  let total = 0;
  for (const [kernelName, count] of Object.entries(counts)) {
    const kernel = tf.getKernel(kernelName, BACKEND);
    tf.unregisterKernel(kernelName, BACKEND);
    tf.registerKernel({
      ...kernel,
      kernelFunc(args) {
        const made = kernel.kernelFunc(args);
        const result = Array.isArray(made) ? made[0]! : made;
        const value = recordingBackend().recorded(result.dataId);
        if (!counted.has(value)) {
          counted.add(value);
          total += count(args.inputs, args.attrs, result.shape);
        }
        return made;
      },
    });
  }
  return () => total;
}
