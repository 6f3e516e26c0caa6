/**
 * Runs that leave their results where the caller wants them.
 *
 * onnxruntime-node 1.30 copies each result into new memory, one that was written into memory of the
 * caller's too: a copy of all variables after every step, which takes longer than their update. It
 * hands results over one by one after the run; where the first is of a type that it has no array
 * for, it throws, and everything else is in its place already.
 */
import { setImmediate } from 'node:timers/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import { node } from '../graph/record.ts';
import { makeValue } from '../graph/value.ts';
import { type Session, toOrt } from './compiled-graph.ts';
import { writeModel } from './model.ts';

/** The name of that first output. */
export const STOPPER = 'stopper';

const isStop = (cause: unknown): boolean =>
  cause instanceof Error && cause.message.startsWith('Tensor type (16) is not supported');

/** Opens a model written with STOPPER, whose runs write into their `fetches` and return them. */
export async function openInPlace(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<Session> {
  initOrt();
  const session = new binding.InferenceSession();
  await setImmediate();
  session.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, options);
  return {
    inputNames: session.inputMetadata.map(({ name }) => name),
    async run(feeds, fetches) {
      // As onnxruntime-node does: what waits on this thread comes first.
      await setImmediate();
      try {
        session.run(feeds, { ...fetches, [STOPPER]: null }, {});
      } catch (cause) {
        if (!isStop(cause)) throw cause;
      }
      return fetches as Record<string, Tensor>;
    },
    release: async () => session.dispose(),
  };
}

let able: boolean | null = null;

/** Whether the onnxruntime-node that is here does as described. */
export function canRunInPlace(): boolean {
  able ??= tryInPlace();
  return able;
}

function tryInPlace(): boolean {
  const x = makeValue('float32', [2], { kind: 'input', name: 'x' });
  const model = writeModel('in place', [{ name: 'y', value: node('Neg', [x], 'float32', [2]) }], STOPPER);
  const y = toOrt('float32', [2], new Float32Array(2));
  try {
    initOrt();
    const session = new binding.InferenceSession();
    session.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, { logSeverityLevel: 4 });
    try {
      session.run({ x: toOrt('float32', [2], Float32Array.of(1, 2)) }, { [STOPPER]: null, y }, {});
      return false;
    } catch (cause) {
      return isStop(cause) && y.data[0] === -1 && y.data[1] === -2;
    } finally {
      session.dispose();
    }
  } catch {
    return false;
  }
}
