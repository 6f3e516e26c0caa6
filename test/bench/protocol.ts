/**
 * What the benchmark and its workers say to each other, one JSON object a line: a request on
 * standard input, its answer on standard output. A worker computes only while it has a request.
 */
import type { Losses } from './models/model.ts';

export type Request =
  /** Trains `steps` steps on the fixture's noise and dropout; also the warm-up. */
  | { readonly do: 'check'; readonly steps: number }
  /** Trains for at least so many seconds and steps, and at least one step. */
  | { readonly do: 'burst'; readonly seconds: number; readonly steps: number }
  /** Multiplies matrices of each shape for so many seconds; only workers for "matmul" do that. */
  | { readonly do: 'rates'; readonly seconds: number }
  /** Counts what so many steps start on the GPU; only workers whose engine `countsKernels` do that. */
  | { readonly do: 'kernels'; readonly steps: number }
  | { readonly do: 'end' };

/** The first answer, unasked: the engine is there and the model made. */
export interface Ready {
  /** Versions and settings worth knowing, such as "PyTorch 2.4.0" or "channels_last". */
  readonly engine: string;
}

export interface Checked {
  readonly losses: readonly Losses[];
  /** Of the engine's first step ever, with tracing and compilation in it. */
  readonly firstStepSeconds: number;
  /** Part of it: compiling in ONNX Runtime; null where there is no such thing. */
  readonly sessionSeconds: number | null;
  /** Choices made for speed, such as the memory layout. */
  readonly note: string;
  /** Floating-point operations of a step, where the engine counts them. */
  readonly operations?: number | null;
}

export interface Burst {
  readonly steps: number;
  readonly seconds: number;
  /** Time outside ONNX Runtime; null where JavaScript does not drive it. */
  readonly javascriptSeconds: number | null;
}

export interface Rates {
  /** Floating-point operations per second by shape, "rows×inner×columns". */
  readonly rates: Readonly<Record<string, number>>;
}

/** Of one step; null where the engine's profiler is not there. */
export interface Kernels {
  readonly kernels: number | null;
  /** In which the GPU computed or copied. */
  readonly seconds: number | null;
}

export interface Ended {
  /** The most memory the process ever held. */
  readonly peakBytes: number;
}

/** What a worker answers when it cannot: the process is then about to end. */
export interface Failed {
  readonly failed: string;
}
