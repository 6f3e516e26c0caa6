/** What a benchmark found, as `out/bench/results.json` holds it. */
import type { Losses } from './models/model.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
  readonly node: string;
}

/**
 * How far losses may differ from the reference's, relative where they are above 1. Adam's first
 * updates divide each gradient by its own size, which makes whole steps of what was rounding, so
 * losses after the first step differ more.
 */
export interface Tolerance {
  readonly first: number;
  readonly later: number;
}

/** What one step takes of a GPU; each null where nothing tells. */
export interface GpuUse {
  /** Memory that the process holds after the first steps. */
  readonly bytes: number | null;
  /** Kernels and copies that a step starts. */
  readonly kernels: number | null;
  /** In which the GPU computes or copies; the rest of a step it waits for the host. */
  readonly seconds: number | null;
}

/** One engine on one model. */
export type EngineResult = {
  /** As `--engines` takes it. */
  readonly engine: string;
} & (
  | {
      readonly status: 'measured';
      /** Name and versions. */
      readonly name: string;
      readonly note: string;
      /** Whether it computes on the CPU. */
      readonly onCpu: boolean;
      /** Images per second of each round; one value where `batchSize` is not the benchmark's. */
      readonly rounds: readonly number[];
      /** Smaller than the benchmark's where a whole step would take minutes: its speed is then scaled. */
      readonly batchSize: number;
      readonly firstStepSeconds: number;
      readonly sessionSeconds: number | null;
      /** Share of a step spent in JavaScript outside ONNX Runtime; null where there is none. */
      readonly javascriptShare: number | null;
      readonly peakBytes: number;
      /** Absent on the CPU. */
      readonly gpu?: GpuUse;
      readonly losses: readonly Losses[];
      /** Largest difference of its losses from the reference's. */
      readonly difference: number;
      /** Whether they are within the tolerance; if not, there is no ratio. */
      readonly agrees: boolean;
    }
  | { readonly status: 'missing'; readonly name: string; readonly reason: string }
);

export interface ModelResult {
  readonly model: string;
  readonly title: string;
  /** Floating-point operations of one step's matrix products and convolutions. */
  readonly operations: number;
  /** The same as PyTorch counts them; null where no PyTorch could. */
  readonly operationsByPyTorch: number | null;
  readonly engines: readonly EngineResult[];
}

/** Matrix products of one engine: operations a second of its best round by shape. */
export interface BoundResult {
  readonly engine: string;
  readonly name: string;
  readonly rates: Readonly<Record<string, number>>;
}

export interface Results {
  readonly date: string;
  readonly machine: Machine;
  readonly batchSize: number;
  readonly threads: number;
  readonly rounds: number;
  readonly tolerance: Tolerance;
  readonly models: readonly ModelResult[];
  readonly bound: readonly BoundResult[];
}
