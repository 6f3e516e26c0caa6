/** Kernels that move blocks of pixels between space and batch or depth. */
import * as tf from '@tensorflow/tfjs-core';
import { pad, reshape, slice, transpose } from '../graph/layout.ts';
import { type KernelTable, kernel } from './kernel.ts';

export const blocks: KernelTable = {
  [tf.DepthToSpace]: kernel<tf.DepthToSpaceAttrs>((inputs, { blockSize, dataFormat }) => {
    const x = inputs.get('x');
    if (dataFormat !== 'NHWC') throw inputs.unsupported(`data format "${dataFormat}" is not supported`);
    const [batch, height, width, depth] = x.shape as [number, number, number, number];
    const channels = depth / (blockSize * blockSize);
    const parts = reshape(x, [batch, height, width, blockSize, blockSize, channels]);
    return reshape(transpose(parts, [0, 1, 3, 2, 4, 5]), [batch, height * blockSize, width * blockSize, channels]);
  }),

  [tf.SpaceToBatchND]: kernel<tf.SpaceToBatchNDAttrs>((inputs, { blockShape, paddings }) => {
    const x = inputs.get('x');
    const sides = (side: 0 | 1) => x.shape.map((_, axis) => paddings[axis - 1]?.[side] ?? 0);
    const padded = pad(x, sides(0), sides(1), 0);
    const block = blockShape.reduce((product, length) => product * length, 1);
    const parts = tf.backend_util.getReshaped([...padded.shape], blockShape, block, false);
    const order = tf.backend_util.getPermuted(parts.length, blockShape.length, false);
    const shape = tf.backend_util.getReshapedPermuted([...padded.shape], blockShape, block, false);
    return reshape(transpose(reshape(padded, parts), order), shape);
  }),

  [tf.BatchToSpaceND]: kernel<tf.BatchToSpaceNDAttrs>((inputs, { blockShape, crops }) => {
    const x = inputs.get('x');
    const block = blockShape.reduce((product, length) => product * length, 1);
    const parts = tf.backend_util.getReshaped([...x.shape], blockShape, block);
    const order = tf.backend_util.getPermuted(parts.length, blockShape.length);
    const shape = tf.backend_util.getReshapedPermuted([...x.shape], blockShape, block);
    const whole = reshape(transpose(reshape(x, parts), order), shape);
    const crop = (axis: number, side: 0 | 1) => crops[axis - 1]?.[side] ?? 0;
    return slice(
      whole,
      shape.map((_, axis) => crop(axis, 0)),
      shape.map((length, axis) => length - crop(axis, 0) - crop(axis, 1)),
    );
  }),
};
