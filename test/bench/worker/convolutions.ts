/**
 * Measures every form of a convolution with both its gradients, beside the engine's estimate.
 *
 * `npm run bench:convolutions` prints the table that the constants in `graph/convolution.ts` were
 * fitted to; after a new version of ONNX Runtime, or on another kind of processor, it says whether
 * the engine still chooses well.
 */
import { availableParallelism } from 'node:os';
import { argv } from 'node:process';
import { type Form, formsOf } from '../../../sidecar/engine/graph/convolution.ts';
import { fourierConvolve, fourierFilterGradient, fourierInputGradient } from '../../../sidecar/engine/graph/fourier.ts';
import type { Geometry } from '../../../sidecar/engine/graph/geometry.ts';
import { patchConvolve, patchFilterGradient, patchInputGradient } from '../../../sidecar/engine/graph/patches.ts';
import { withSharing } from '../../../sidecar/engine/graph/record.ts';
import { makeValue, sizeOf, type Value } from '../../../sidecar/engine/graph/value.ts';
import { toOrt } from '../../../sidecar/engine/onnx/compiled-graph.ts';
import { createSession } from '../../../sidecar/engine/onnx/session.ts';
import { fillUniform } from '../../../sidecar/engine/random/random.ts';

/** [batch, image size, kernel, stride, input channels, output channels], padding "same". */
const SIZES: readonly (readonly [number, number, number, number, number, number])[] = [
  [128, 28, 5, 2, 1, 64],
  [128, 14, 5, 2, 64, 128],
  [128, 7, 5, 1, 128, 256],
  [128, 7, 5, 2, 128, 256],
  [128, 64, 5, 2, 3, 64],
  [128, 32, 5, 2, 64, 128],
  [128, 16, 5, 2, 128, 256],
  [128, 8, 5, 2, 256, 512],
  [128, 14, 3, 2, 64, 128],
  [128, 32, 3, 1, 32, 32],
  [128, 16, 3, 1, 64, 64],
  [128, 8, 3, 1, 128, 128],
  [128, 4, 3, 1, 256, 256],
  [16, 7, 5, 1, 128, 256],
  [8, 16, 5, 2, 128, 256],
  [64, 32, 4, 2, 64, 128],
  [32, 32, 3, 1, 8, 8],
  [32, 32, 3, 1, 16, 16],
  [32, 16, 3, 1, 32, 32],
  [32, 32, 3, 1, 3, 16],
  [64, 28, 5, 2, 1, 16],
  [64, 14, 5, 2, 16, 32],
  [64, 28, 3, 1, 16, 16],
  [64, 28, 5, 1, 16, 1],
  [16, 64, 3, 1, 16, 16],
  [16, 64, 5, 2, 16, 32],
];

function samePadding(size: number, kernel: number, stride: number) {
  const out = Math.ceil(size / stride);
  return { out, before: Math.floor(Math.max(0, (out - 1) * stride + kernel - size) / 2) };
}

function record({ axes }: Form, g: Geometry, x: Value, filter: Value, dy: Value): Value[] {
  return withSharing(() =>
    axes === null
      ? [patchConvolve(x, filter, g), patchFilterGradient(x, dy, g), patchInputGradient(dy, filter, g)]
      : [
          fourierConvolve(x, filter, g, axes),
          fourierFilterGradient(x, dy, g, axes),
          fourierInputGradient(dy, filter, g, axes),
        ],
  );
}

const nameOf = ({ axes }: Form): string =>
  axes === null ? 'patches' : axes.separable ? 'Fourier, axis by axis' : 'Fourier';

/** Milliseconds of the faster quarter of the runs in `seconds`. */
async function measure(outputs: readonly Value[], inputs: readonly Value[], seconds: number): Promise<number> {
  const ports = outputs.map((value, at) => ({ name: `out${at}`, value }));
  const session = await createSession('convolution', ports, { provider: 'cpu', threads: availableParallelism() });
  const feeds = Object.fromEntries(
    inputs.map(({ shape, definition }, use) => {
      const data = new Float32Array(sizeOf(shape));
      fillUniform(data, { seed: 1, step: 0, use });
      return [definition.kind === 'input' ? definition.name : '', toOrt('float32', shape, data)];
    }),
  );
  const fetches = Object.fromEntries(
    ports.map(({ name, value }) => [name, toOrt('float32', value.shape, new Float32Array(sizeOf(value.shape)))]),
  );
  await session.run(feeds, fetches);
  const times: number[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end || times.length < 4; ) {
    const start = performance.now();
    await session.run(feeds, fetches);
    times.push(performance.now() - start);
  }
  await session.release();
  return times.sort((a, b) => a - b)[Math.floor(times.length / 4)]!;
}

async function main(): Promise<void> {
  const seconds = Number(argv[2] ?? 1);
  console.log('Milliseconds of a convolution with both gradients; the estimate takes 15 ms for 10⁹ multiplications.');
  for (const [batch, size, kernel, stride, inChannels, outChannels] of SIZES) {
    const { out, before } = samePadding(size, kernel, stride);
    const g: Geometry = {
      batch,
      height: size,
      width: size,
      outHeight: out,
      outWidth: out,
      kernelHeight: kernel,
      kernelWidth: kernel,
      strideY: stride,
      strideX: stride,
      dilationY: 1,
      dilationX: 1,
      padTop: before,
      padLeft: before,
    };
    const input = (name: string, shape: readonly number[]) => makeValue('float32', shape, { kind: 'input', name });
    const x = input('x', [batch, size, size, inChannels]);
    const filter = input('filter', [kernel, kernel, inChannels, outChannels]);
    const dy = input('dy', [batch, out, out, outChannels]);
    console.log(`\n${batch} × ${size}×${size}×${inChannels}, ${kernel}×${kernel} stride ${stride} → ${outChannels}`);
    for (const form of formsOf(g, inChannels, outChannels)) {
      const measured = await measure(record(form, g, x, filter, dy), [x, filter, dy], seconds);
      const estimate = form.cost * 15e-9;
      console.log(`  ${nameOf(form).padEnd(24)} ${measured.toFixed(1).padStart(8)}   estimate ${estimate.toFixed(1)}`);
    }
  }
}

void main();
