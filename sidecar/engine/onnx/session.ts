/** Runs recorded graphs on ONNX Runtime. */
import * as ort from 'onnxruntime-node';
import type { DeviceId } from '../../terms/devices.ts';
import { sizeOf } from '../graph/value.ts';
import type { Session } from './compiled-graph.ts';
import { openInPlace, STOPPER } from './in-place.ts';
import { inOrder, type Port, writeModel } from './model.ts';

// What goes wrong is thrown, and told in our own words.
ort.env.logLevel = 'fatal';

export type ExecutionProvider = Exclude<DeviceId, 'tensorflow'>;

export interface SessionOptions {
  readonly provider: ExecutionProvider;
  /** Threads of the CPU provider. */
  readonly threads: number;
  /** Where ONNX Runtime writes a trace of each operator's time; no trace if absent. */
  readonly profile?: string;
}

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

/** Where an output is to be after a run, for those that are not to be in the host's memory. */
export type OutputLocations = Readonly<Record<string, 'cpu' | 'gpu-buffer'>>;

export interface ResultOptions {
  readonly locations?: OutputLocations | undefined;
  /** Runs write all results into what they are given; see in-place.ts. */
  readonly inPlace?: boolean;
}

/** Compiles the graph that computes `outputs`. */
export function createSession(
  name: string,
  outputs: readonly Port[],
  options: SessionOptions,
  { locations: preferredOutputLocation, inPlace = false }: ResultOptions = {},
): Promise<Session> {
  const model = writeModel(name, outputs, inPlace ? STOPPER : undefined);
  const session: ort.InferenceSession.SessionOptions = {
    executionProviders: [options.provider],
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // DirectML can do without alone.
    enableMemPattern: options.provider !== 'dml' && bytesOf(outputs) < LARGE,
    ...(preferredOutputLocation === undefined ? {} : { preferredOutputLocation }),
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
  };
  return inPlace ? openInPlace(model, session) : ort.InferenceSession.create(model, session);
}
