/** Gradients of the gradients of pooling and resizing, which are linear in dy. */
import * as tf from '@tensorflow/tfjs-core';
import { sizesOf, type Windows, windowIndices } from '../graph/windows.ts';
import {
  type PlanarPoolAttributes,
  poolWindows,
  type VolumePoolAttributes,
  volumePoolWindows,
} from '../kernels/windows-of.ts';
import { type Gradients, registerGradient, runKernel } from './register.ts';

/** What lies under each window of x, `fill` beyond the border: [batch, outPixels, taps, channels]. */
function under(x: tf.Tensor, w: Windows, indices: tf.Tensor1D, fill: number): tf.Tensor {
  const channels = x.shape.at(-1)!;
  const { pixels, outPixels, taps } = sizesOf(w);
  const bordered = tf.concat([tf.reshape(x, [w.batch, pixels, channels]), tf.fill([w.batch, 1, channels], fill)], 1);
  return tf.reshape(tf.gather(bordered, indices, 1), [w.batch, outPixels, taps, channels]);
}

/** From each window of `values`, what stands where x is greatest there. */
function pickGreatest(x: tf.Tensor, values: tf.Tensor, w: Windows): tf.Tensor {
  const { pixels, taps } = sizesOf(w);
  const indices = tf.tensor1d(windowIndices(w, pixels), 'int32');
  const at = tf.argMax(under(x, w, indices, -3.4028234663852886e38), 2);
  const tap = tf.tensor(Int32Array.from(Array(taps).keys()), [1, 1, taps, 1], 'int32');
  const won = tf.cast(tf.equal(tf.expandDims(at, 2), tap), 'float32');
  const picked = tf.sum(tf.mul(won, under(values, w, indices, 0)), 2);
  return tf.reshape(picked, [w.batch, ...w.output, x.shape.at(-1)!]);
}

const zeros = (x: tf.Tensor) => () => tf.zeros(x.shape);

const ofMaximum =
  <A>(windowsOf: (shape: number[], attributes: A) => Windows): Gradients<A> =>
  (ddx, [dy, input], attributes) => ({
    dy: () => pickGreatest(input!, ddx, windowsOf(input!.shape, attributes)),
    input: zeros(input!),
    output: zeros(dy!),
  });

const ofMean =
  (forward: string): Gradients<object> =>
  (ddx, [, input], attributes) => ({
    dy: () => runKernel(forward, { x: ddx }, { dataFormat: 'NDHWC', ...attributes }),
    input: zeros(input!),
  });

const ofResizing =
  (forward: string): Gradients<object> =>
  (ddx, [dy, images], attributes) => ({
    dy: () => runKernel(forward, { images: ddx }, { ...attributes, size: dy!.shape.slice(1, 3) }),
    images: zeros(images!),
  });

export function registerPooling(): void {
  registerGradient(tf.MaxPoolGrad, ['dy', 'input'], ofMaximum<PlanarPoolAttributes>(poolWindows));
  registerGradient(tf.MaxPool3DGrad, ['dy', 'input'], ofMaximum<VolumePoolAttributes>(volumePoolWindows));
  registerGradient(tf.AvgPoolGrad, ['dy', 'input'], ofMean(tf.AvgPool));
  registerGradient(tf.AvgPool3DGrad, ['dy', 'input'], ofMean(tf.AvgPool3D));
}

export function registerResizing(): void {
  registerGradient(tf.ResizeBilinearGrad, ['dy', 'images'], ofResizing(tf.ResizeBilinear));
  registerGradient(tf.ResizeNearestNeighborGrad, ['dy', 'images'], ofResizing(tf.ResizeNearestNeighbor));
}
