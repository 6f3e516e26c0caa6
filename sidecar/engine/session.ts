/** Runs recorded graphs on ONNX Runtime. */
import * as ort from 'onnxruntime-node';
import { type HostArray, sizeOf, type Value, type ValueType } from './graph/value.ts';
import { inOrder, type Port, writeModel } from './onnx/model.ts';

// What goes wrong is thrown, and told in our own words.
ort.env.logLevel = 'fatal';

export type ExecutionProvider = 'cpu' | 'webgpu' | 'cuda';

export interface SessionOptions {
  readonly provider: ExecutionProvider;
  /** Threads of the CPU provider. */
  readonly threads: number;
  /** Where ONNX Runtime writes a trace of each operator's time; no trace if absent. */
  readonly profile?: string;
}

export type Session = ort.InferenceSession;

/** Bytes of everything a graph computes, were nothing freed in between. */
const bytesOf = (outputs: readonly Port[]): number =>
  inOrder(outputs.map(({ value }) => value)).reduce(
    (bytes, { shape, type }) => bytes + sizeOf(shape) * (type === 'float32' ? 4 : 1),
    0,
  );

/**
 * Placing every value of a replay in advance makes it some 10% faster and takes twice the memory,
 * since what the first run took stays allocated. Graphs from this many bytes on do without.
 */
const LARGE = 8e9;

/** Compiles the graph that computes `outputs`. */
export function createSession(name: string, outputs: readonly Port[], options: SessionOptions): Promise<Session> {
  return ort.InferenceSession.create(writeModel(name, outputs), {
    executionProviders: [options.provider],
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableMemPattern: bytesOf(outputs) < LARGE,
    logSeverityLevel: 4,
    extra: {
      session: {
        // Dropout's bytes look like a quantised model, whose operations ONNX Runtime repeats for each use.
        disable_quant_qdq: '1',
        // Waiting threads sleep: spinning ones take the time of the editor, and of each other where
        // the machine is busy (a fifth fewer images/s on two shared cores).
        intra_op: { allow_spinning: '0' },
      },
    },
    ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
  });
}

export function toOrt(type: ValueType, shape: readonly number[], data: HostArray): ort.Tensor {
  return new ort.Tensor(type, data, shape);
}

/** Computes one value that needs no inputs, in a session of its own. */
export async function evaluate(value: Value, options: SessionOptions): Promise<HostArray> {
  const session = await createSession('read', [{ name: 'out', value }], options);
  try {
    const { out } = await session.run({});
    return out!.data as HostArray;
  } finally {
    await session.release();
  }
}
