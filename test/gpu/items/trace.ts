/** Reads ONNX Runtime's trace of a session on WebGPU. */

interface Event {
  /** "Api": a kernel by the GPU's clock; "Node": an operation on the host. */
  readonly cat: string;
  readonly name: string;
  /** Begin and length in µs. */
  readonly ts: number;
  readonly dur: number;
  readonly args: { readonly op_name?: string; readonly shapes?: string };
}

export interface OperationTime {
  readonly name: string;
  /** Started in a step. */
  readonly kernels: number;
  /** Of a step. */
  readonly seconds: number;
}

export interface TracedStep {
  readonly kernels: number;
  readonly gpuSeconds: number;
  readonly hostSeconds: number;
  readonly operations: readonly OperationTime[];
  readonly slowest: readonly OperationTime[];
}

const SLOWEST = 20;

/** "node&operator&program" → "operator", with the program where it has a name of its own. */
function operationOf(name: string): string {
  const [, operator = name, program = operator] = name.split('&');
  return program.startsWith(operator) || program === '' ? program || operator : `${operator} (${program})`;
}

/** Sums by `key`, of one step, the longest first. */
function summed(events: readonly Event[], steps: number, key: (event: Event) => string): OperationTime[] {
  const sums = new Map<string, { kernels: number; seconds: number }>();
  for (const event of events) {
    const name = key(event);
    const { kernels, seconds } = sums.get(name) ?? { kernels: 0, seconds: 0 };
    sums.set(name, { kernels: kernels + 1, seconds: seconds + event.dur / 1e6 });
  }
  return [...sums]
    .map(([name, { kernels, seconds }]) => ({ name, kernels: kernels / steps, seconds: seconds / steps }))
    .sort((a, b) => b.seconds - a.seconds);
}

/**
 * One step's kernels and operations.
 * @param texts a trace a session, of which the step's has the most events
 * @param runs of the step, whose first compiles the kernels and is left out
 */
export function readTrace(texts: readonly string[], runs: number): TracedStep {
  const traces = texts.map((text) => JSON.parse(text) as Event[]);
  const largest = traces.sort((a, b) => b.length - a.length)[0] ?? [];
  // Every run starts the same kernels, so that those of the first are the first of as many parts.
  const later = (category: string) => {
    const events = largest.filter(({ cat }) => cat === category).sort((a, b) => a.ts - b.ts);
    return events.slice(events.length / runs);
  };
  const steps = runs - 1;
  const kernels = later('Api');
  const seconds = (events: readonly Event[]) => events.reduce((sum, { dur }) => sum + dur, 0) / 1e6 / steps;
  return {
    kernels: kernels.length / steps,
    gpuSeconds: seconds(kernels),
    hostSeconds: seconds(later('Node')),
    operations: summed(kernels, steps, ({ name }) => operationOf(name)),
    slowest: summed(kernels, steps, ({ name, args }) => `${operationOf(name)} ${args.shapes ?? ''}`.trim()).slice(
      0,
      SLOWEST,
    ),
  };
}
