/** Convolutions in the frequency domain against the same convolutions as patches. */
import * as tf from '@tensorflow/tfjs-core';
import {
  fourierConvolve,
  fourierFilterGradient,
  fourierInputGradient,
  frequenciesOf,
} from '../../sidecar/engine/graph/fourier.ts';
import type { Geometry } from '../../sidecar/engine/graph/geometry.ts';
import { patchConvolve, patchFilterGradient, patchInputGradient } from '../../sidecar/engine/graph/patches.ts';
import { makeValue, type Value } from '../../sidecar/engine/graph/value.ts';
import { toOrt } from '../../sidecar/engine/onnx/compiled-graph.ts';
import { createSession } from '../../sidecar/engine/onnx/session.ts';
import { assertClose, numbers } from './support.ts';

interface Case {
  readonly name: string;
  readonly image: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly stride: number | [number, number];
  readonly pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
  readonly dilation?: number;
}

const explicit: tf.backend_util.ExplicitPadding = [
  [0, 0],
  [2, 1],
  [0, 3],
  [0, 0],
];

const cases: Case[] = [
  { name: '5×5 over 7×7', image: [3, 7, 7, 4], filter: [5, 5, 4, 6], stride: 1, pad: 'same' },
  { name: 'stride 2 over 14×14', image: [2, 14, 14, 3], filter: [5, 5, 3, 4], stride: 2, pad: 'same' },
  { name: 'stride 2 over an odd map', image: [2, 7, 7, 3], filter: [5, 5, 3, 4], stride: 2, pad: 'same' },
  { name: 'an even kernel', image: [2, 8, 8, 3], filter: [4, 4, 3, 5], stride: 2, pad: 'same' },
  { name: 'no padding', image: [2, 9, 8, 3], filter: [3, 3, 3, 4], stride: 1, pad: 'valid' },
  {
    name: 'no padding, stride 3, pixels left over',
    image: [2, 11, 12, 2],
    filter: [3, 2, 2, 3],
    stride: 3,
    pad: 'valid',
  },
  { name: 'uneven padding', image: [2, 6, 7, 3], filter: [3, 3, 3, 2], stride: 1, pad: explicit },
  { name: 'a rectangle with uneven strides', image: [2, 6, 9, 3], filter: [3, 5, 3, 2], stride: [1, 2], pad: 'same' },
  { name: 'dilation', image: [2, 9, 9, 3], filter: [3, 3, 3, 2], stride: 1, pad: 'same', dilation: 2 },
  { name: 'a kernel larger than the map', image: [2, 3, 3, 2], filter: [5, 5, 2, 3], stride: 1, pad: 'same' },
  { name: 'few outputs', image: [2, 6, 5, 16], filter: [3, 3, 16, 2], stride: 1, pad: 'same' },
  { name: 'few outputs, uneven padding', image: [2, 6, 7, 16], filter: [3, 2, 16, 1], stride: 1, pad: explicit },
  { name: 'few outputs, dilation', image: [1, 8, 8, 8], filter: [3, 3, 8, 1], stride: 1, pad: 'valid', dilation: 2 },
  { name: 'one pixel', image: [4, 1, 1, 3], filter: [3, 3, 3, 2], stride: 1, pad: 'same' },
];

function geometry({ image, filter, stride, pad, dilation }: Case): Geometry {
  const info = tf.backend_util.computeConv2DInfo(image, filter, stride, dilation ?? 1, pad);
  return {
    batch: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    kernelHeight: info.filterHeight,
    kernelWidth: info.filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    dilationY: info.dilationHeight,
    dilationX: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}

/** Runs a recorded graph of the inputs x, filter and dy. */
async function run(
  outputs: Readonly<Record<string, Value>>,
  inputs: Readonly<Record<string, ReturnType<typeof numbers>>>,
) {
  const ports = Object.entries(outputs).map(([name, value]) => ({ name, value }));
  const session = await createSession('test', ports, { provider: 'cpu', threads: 1 });
  const feeds = Object.entries(inputs).map(([name, { shape, data }]) => [name, toOrt('float32', shape, data)]);
  const fetches = Object.fromEntries(ports.map(({ name }) => [name, null]));
  const results = await session.run(Object.fromEntries(feeds), fetches);
  await session.release();
  return (name: string) => ({
    dtype: 'float32' as const,
    shape: [...results[name]!.dims],
    data: results[name]!.data as Float32Array,
  });
}

describe('convolutions in the frequency domain', () => {
  for (const each of cases) {
    for (const separable of [false, true]) {
      it(`equal patches: ${each.name}, ${separable ? 'axis by axis' : 'both axes at once'}`, async () => {
        const g = geometry(each);
        const axes = frequenciesOf(g, separable);
        const output = [g.batch, g.outHeight, g.outWidth, each.filter[3]];
        const inputs = {
          x: numbers(each.image),
          filter: numbers(each.filter, -1, 1, 1),
          dy: numbers(output, -1, 1, 2),
        };
        const value = (name: keyof typeof inputs) => makeValue('float32', inputs[name].shape, { kind: 'input', name });
        const [x, filter, dy] = [value('x'), value('filter'), value('dy')];
        const result = await run(
          {
            y: fourierConvolve(x, filter, g, axes),
            dx: fourierInputGradient(dy, filter, g, axes),
            dw: fourierFilterGradient(x, dy, g, axes),
            patchY: patchConvolve(x, filter, g),
            patchDx: patchInputGradient(dy, filter, g),
            patchDw: patchFilterGradient(x, dy, g),
          },
          inputs,
        );
        assertClose(result('y'), result('patchY'), 'convolution');
        assertClose(result('dx'), result('patchDx'), 'gradient of the image');
        assertClose(result('dw'), result('patchDw'), 'gradient of the filter');
      });
    }
  }
});
