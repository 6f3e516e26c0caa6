/** Computes recorded values at once, on the calling thread: what reads outside a compiled step do. */
import type { Tensor } from 'onnxruntime-node';
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import type { HostArray, Value } from '../graph/value.ts';
import { writeModel } from './model.ts';

/** The numbers of values that depend on no graph input, in order; equal values are computed once. */
export function evaluate(values: readonly Value[], threads: number): HostArray[] {
  initOrt();
  const model = writeModel(
    'read',
    values.map((value, at) => ({ name: `out/${at}`, value })),
  );
  const session = new binding.InferenceSession();
  // What runs once is not worth optimizing.
  session.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'disabled',
    enableMemPattern: false,
    enableCpuMemArena: false,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  try {
    const fetches = Object.fromEntries(values.map((_, at) => [`out/${at}`, null]));
    const results = session.run({}, fetches, {});
    return values.map((_, at) => dataOf(results[`out/${at}`]!));
  } finally {
    session.dispose();
  }
}

const dataOf = (result: Tensor): HostArray => result.data as HostArray;
