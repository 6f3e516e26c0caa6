/** What the process does that tries a device. */

/** A model that multiplies square matrices and returns one number. */
export interface ProductModel {
  /** Rows and columns. */
  readonly size: number;
  /** Floating-point operations of one run. */
  readonly operations: number;
  /** The ONNX model, base64; input "x" [size, size], output "y" []. */
  readonly model: string;
}

export interface ProbeRequest {
  /** onnxruntime-node's main file. */
  readonly runtime: string;
  readonly provider: string;
  readonly threads: number;
  /** A model that squares its input "x" [1] into "y", base64. */
  readonly square: string;
  /** From small to large; none: nothing is measured. */
  readonly products: readonly ProductModel[];
  /** How long to measure, in milliseconds. */
  readonly budget: number;
}

/** `problem` is what went wrong; null when the device runs. */
export interface ProbeAnswer {
  readonly problem: string | null;
  /** 10^9 operations a second; null when not measured. */
  readonly gflops: number | null;
}

/**
 * Tries a device and sends a ProbeAnswer to the parent process.
 *
 * Its source is handed to another Node.js as text (`node -e`), so that it needs no file of its own
 * in whatever bundle this is part of: it may use nothing but its arguments.
 */
export async function probeProgram(request: ProbeRequest, load: NodeJS.Require, own: NodeJS.Process): Promise<void> {
  const answer = (problem: string | null, gflops: number | null = null) =>
    own.send?.({ problem, gflops } satisfies ProbeAnswer, () => own.exit(0));
  try {
    const ort = load(request.runtime) as typeof import('onnxruntime-node');
    ort.env.logLevel = 'fatal';
    if (!ort.listSupportedBackends().some(({ name }) => name === request.provider)) {
      answer('This build of onnxruntime-node does not include it.');
      return;
    }
    const open = (model: string) =>
      ort.InferenceSession.create(Buffer.from(model, 'base64'), {
        executionProviders: [request.provider],
        intraOpNumThreads: request.threads,
        enableMemPattern: false,
        logSeverityLevel: 4,
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      });
    const square = await open(request.square);
    const { y } = await square.run({ x: new ort.Tensor('float32', Float32Array.of(3), [1]) });
    if (y?.data[0] !== 9) {
      answer('It computes wrong results.');
      return;
    }
    let gflops: number | null = null;
    for (const [at, { size, operations, model }] of request.products.entries()) {
      const session = await open(model);
      // The mean of 1/size makes every product the same matrix again.
      const x = new ort.Tensor('float32', new Float32Array(size * size).fill(1 / size), [size, size]);
      await session.run({ x });
      const begin = performance.now();
      let runs = 0;
      let spent = 0;
      const next = request.products[at + 1];
      // One run says whether the next size, which shows more of a fast device, fits into the time.
      do {
        await session.run({ x });
        runs += 1;
        spent = performance.now() - begin;
        if (next !== undefined && (spent / runs) * (next.operations / operations) < request.budget / 4) break;
      } while (spent < request.budget);
      gflops = (runs * operations) / spent / 1e6;
      if (spent >= request.budget) break;
    }
    answer(null, gflops);
  } catch (cause) {
    answer(cause instanceof Error ? cause.message : String(cause));
  }
}
