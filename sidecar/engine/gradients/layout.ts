/** Gradients of operations that move elements, where TensorFlow.js has none or a wrong one. */
import * as tf from '@tensorflow/tfjs-core';
import { registerUnary } from './register.ts';

/** `x` along `axis` with `before` zeros in front of it, `length` long in all. */
function placed(x: tf.Tensor, axis: number, before: number, length: number): tf.Tensor {
  const after = length - before - x.shape[axis]!;
  return tf.pad(
    x,
    x.shape.map((_, at) => (at === axis ? [before, after] : [0, 0])),
  );
}

/** What mirroring along one axis repeated is added back to where it was read. */
function unmirror(dy: tf.Tensor, axis: number, [before, after]: [number, number], border: number): tf.Tensor {
  const length = dy.shape[axis]! - before - after;
  const cut = (begin: number, size: number) =>
    tf.slice(
      dy,
      dy.shape.map((_, at) => (at === axis ? begin : 0)),
      dy.shape.with(axis, size),
    );
  const parts = [cut(before, length)];
  if (before > 0) parts.push(placed(tf.reverse(cut(0, before), axis), axis, border, length));
  if (after > 0) {
    parts.push(placed(tf.reverse(cut(before + length, after), axis), axis, length - border - after, length));
  }
  return tf.addN(parts);
}

export function registerLayout(): void {
  // TensorFlow.js's own forgets what the mirrored part was read from.
  registerUnary<tf.MirrorPadAttrs>(tf.MirrorPad, (dy, _, { paddings, mode }) =>
    paddings.reduce((at, lengths, axis) => unmirror(at, axis, lengths, mode === 'reflect' ? 1 : 0), dy),
  );
  registerUnary<tf.DepthToSpaceAttrs>(tf.DepthToSpace, (dy, x, { blockSize }) => {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const blocks = tf.reshape(dy, [batch, height, blockSize, width, blockSize, channels / blockSize ** 2]);
    return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), x.shape);
  });
}
