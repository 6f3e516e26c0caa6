/** Multiplies matrices in ONNX Runtime, in a session like that of a training step: `matmul <threads>`. */

import { performance } from 'node:perf_hooks';
import { argv, exit, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { env } from 'onnxruntime-node';
import { matmul } from '../../../sidecar/engine/graph/arithmetic.ts';
import { makeValue } from '../../../sidecar/engine/graph/value.ts';
import { toOrt } from '../../../sidecar/engine/onnx/compiled-graph.ts';
import { createSession } from '../../../sidecar/engine/onnx/session.ts';
import { uniforms } from '../../../sidecar/sampling/counter-random.ts';
import { type MatmulShape, matmulShapes, operationsOf, shapeName } from '../matmul-shapes.ts';
import { SEED } from '../models/model.ts';
import type { Rates, Ready, Request } from '../protocol.ts';

const say = (answer: Ready | Rates) => stdout.write(`${JSON.stringify(answer)}\n`);

/** A product into memory that is there already; its inputs are fed, as a step's are not known either. */
async function makeProduct([rows, inner, columns]: MatmulShape, threads: number): Promise<() => Promise<unknown>> {
  const a = makeValue('float32', [rows, inner], { kind: 'input', name: 'a' });
  const b = makeValue('float32', [inner, columns], { kind: 'input', name: 'b' });
  const session = await createSession('matmul', [{ name: 'product', value: matmul(a, b) }], {
    provider: 'cpu',
    threads,
  });
  const feeds = {
    a: toOrt('float32', a.shape, uniforms(SEED, 'a', rows * inner)),
    b: toOrt('float32', b.shape, uniforms(SEED, 'b', inner * columns)),
  };
  const fetches = { product: toOrt('float32', [rows, columns], new Float32Array(rows * columns)) };
  return () => session.run(feeds, fetches);
}

async function main(): Promise<void> {
  const threads = Number(argv[2]);
  const products = await Promise.all(
    matmulShapes.map(async (shape) => ({ shape, run: await makeProduct(shape, threads) })),
  );
  for (const { run } of products) await run();
  say({ engine: `onnxruntime-node ${env.versions.node}` });
  for await (const line of createInterface({ input: stdin })) {
    const request = JSON.parse(line) as Request;
    if (request.do !== 'rates') break;
    const rates: Record<string, number> = {};
    for (const { shape, run } of products) {
      const start = performance.now();
      let [runs, seconds] = [0, 0];
      while (seconds < request.seconds) {
        await run();
        runs += 1;
        seconds = (performance.now() - start) / 1000;
      }
      rates[shapeName(shape)] = (runs * operationsOf(shape)) / seconds;
    }
    say({ rates });
  }
}

void main().then(() => exit(0));
