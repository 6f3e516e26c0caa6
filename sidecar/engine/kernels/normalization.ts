/** Batch normalisation with given statistics (Ioffe and Szegedy 2015). */
import * as tf from '@tensorflow/tfjs-core';
import { add, div, mul, scalar, sub, unary } from '../graph/arithmetic.ts';
import { type KernelTable, kernel } from './kernel.ts';

export const normalization: KernelTable = {
  [tf.FusedBatchNorm]: kernel<tf.FusedBatchNormAttrs>((inputs, { varianceEpsilon }) => {
    const deviation = unary('Sqrt', add(inputs.get('variance'), scalar(Math.fround(varianceEpsilon))));
    const [scale, offset] = [inputs.maybe('scale'), inputs.maybe('offset')];
    const factor = scale === null ? div(scalar(1), deviation) : div(scale, deviation);
    const scaled = mul(sub(inputs.get('x'), inputs.get('mean')), factor);
    return offset === null ? scaled : add(scaled, offset);
  }),
};
