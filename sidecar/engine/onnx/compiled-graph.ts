/** A compiled graph, whichever way it runs, and the tensors that go in and out. */
import * as ort from 'onnxruntime-node';
import type { HostArray, ValueType } from '../graph/value.ts';

/** Tensors by the names of graph inputs. */
export type Feeds = Readonly<Record<string, ort.Tensor>>;

/** A graph that is ready to run. */
export interface Session {
  readonly inputNames: readonly string[];
  /** Outputs that are null in `fetches` are made, the others written into what is given. */
  run(feeds: Feeds, fetches: Readonly<Record<string, ort.Tensor | null>>): Promise<Record<string, ort.Tensor>>;
  release(): Promise<void>;
}

/** `data` as ONNX Runtime's tensor, without a copy. */
export function toOrt(type: ValueType, shape: readonly number[], data: HostArray): ort.Tensor {
  return new ort.Tensor(type, data, shape);
}
