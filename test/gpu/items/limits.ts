/** Prints the bytes of the largest buffer that WebGPU makes here, up to 8 GiB, in a process of its own: drivers may crash over it. */
import { exit } from 'node:process';
import { int64s, node } from '../../../sidecar/engine/graph/record.ts';
import { makeValue } from '../../../sidecar/engine/graph/value.ts';
import { toOrt } from '../../../sidecar/engine/onnx/compiled-graph.ts';
import { createSession } from '../../../sidecar/engine/onnx/session.ts';

/** Elements of a tensor of 8 GiB, about the most that ONNX Runtime's shaders can count. Most devices refuse, naming their limit. */
const ELEMENTS = 2 ** 31;

async function main(): Promise<void> {
  const x = makeValue('float32', [1], { kind: 'input', name: 'x' });
  const large = node('Expand', [x, int64s([ELEMENTS])], 'float32', [ELEMENTS]);
  const y = node('ReduceMax', [large], 'float32', [], { keepdims: { kind: 'int', value: 0 } });
  const session = await createSession('limits', [{ name: 'y', value: y }], { provider: 'webgpu', threads: 1 });
  const message = await session.run({ x: toOrt('float32', [1], Float32Array.of(1)) }, { y: null }).then(
    () => null,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  const limit = message === null ? 4 * ELEMENTS : /max buffer size limit \((\d+)\)/.exec(message)?.[1];
  if (limit === undefined) console.error(message);
  else console.log(JSON.stringify({ largestBuffer: Number(limit) }));
  exit(limit === undefined ? 1 : 0);
}

void main();
