/**
 * Batch normalisation with given statistics (Ioffe and Szegedy 2015), and local response
 * normalisation (Krizhevsky, Sutskever and Hinton 2012).
 */
import * as tf from '@tensorflow/tfjs-core';
import { add, binary, div, matmul, mul, scalar, sub, unary } from '../graph/arithmetic.ts';
import { reshape } from '../graph/layout.ts';
import { constant } from '../graph/record.ts';
import { sizeOf, type Value } from '../graph/value.ts';
import { type KernelTable, kernel } from './kernel.ts';

/** Sums over the channels up to `radius` away: a product with a band matrix. */
function sumNeighbours(x: Value, radius: number): Value {
  const channels = x.shape.at(-1)!;
  const near = Float32Array.from({ length: channels * channels }, (_, at) =>
    Number(Math.abs(Math.floor(at / channels) - (at % channels)) <= radius),
  );
  const band = constant('float32', [channels, channels], near);
  return reshape(matmul(reshape(x, [sizeOf(x.shape) / channels, channels]), band), x.shape);
}

/** What local response normalisation divides by, before the power. */
const responses = (x: Value, { depthRadius, bias, alpha }: tf.LRNAttrs): Value =>
  add(mul(sumNeighbours(mul(x, x), depthRadius), scalar(Math.fround(alpha))), scalar(Math.fround(bias)));

const power = (x: Value, exponent: number) => binary('Pow', x, scalar(Math.fround(exponent)));

export const normalization: KernelTable = {
  [tf.FusedBatchNorm]: kernel<tf.FusedBatchNormAttrs>((inputs, { varianceEpsilon }) => {
    const deviation = unary('Sqrt', add(inputs.get('variance'), scalar(Math.fround(varianceEpsilon))));
    const [scale, offset] = [inputs.maybe('scale'), inputs.maybe('offset')];
    const factor = scale === null ? div(scalar(1), deviation) : div(scale, deviation);
    const scaled = mul(sub(inputs.get('x'), inputs.get('mean')), factor);
    return offset === null ? scaled : add(scaled, offset);
  }),
  [tf.LRN]: kernel<tf.LRNAttrs>((inputs, attributes) => {
    const x = inputs.get('x');
    return mul(x, power(responses(x, attributes), -attributes.beta));
  }),
  [tf.LRNGrad]: kernel<tf.LRNGradAttrs>((inputs, attributes) => {
    const [x, y, dy] = [inputs.get('x'), inputs.get('y'), inputs.get('dy')];
    const { alpha, beta, depthRadius } = attributes;
    const response = responses(x, attributes);
    const own = mul(dy, power(response, -beta));
    const others = sumNeighbours(div(mul(dy, y), response), depthRadius);
    return sub(own, mul(mul(x, others), scalar(Math.fround(2 * alpha * beta))));
  }),
};
