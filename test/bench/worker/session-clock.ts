/** How long ONNX Runtime compiles and runs, measured around its native code. */
import { performance } from 'node:perf_hooks';
import { binding } from 'onnxruntime-node/dist/binding.js';

export interface SessionClock {
  /** Milliseconds in which sessions were compiled and run so far. */
  readonly compiled: number;
  readonly ran: number;
}

/** Sessions created from now on, by whatever way, are timed. */
export function startSessionClock(): SessionClock {
  const clock = { compiled: 0, ran: 0 };
  const timed = <T>(what: keyof typeof clock, work: () => T): T => {
    const start = performance.now();
    try {
      return work();
    } finally {
      clock[what] += performance.now() - start;
    }
  };
  const Native = binding.InferenceSession as new () => InstanceType<typeof binding.InferenceSession>;
  const { loadModel, run } = Native.prototype as {
    loadModel: (...options: unknown[]) => void;
    run: (...options: unknown[]) => unknown;
  };
  class TimedSession extends Native {
    override loadModel(...options: unknown[]): void {
      timed('compiled', () => loadModel.apply(this, options));
    }

    override run(...options: unknown[]): ReturnType<InstanceType<typeof Native>['run']> {
      return timed('ran', () => run.apply(this, options)) as ReturnType<InstanceType<typeof Native>['run']>;
    }
  }
  Object.assign(binding, { InferenceSession: TimedSession });
  return clock;
}
