/**
 * Lets gradients that use what an operation computed be differentiated again.
 *
 * TensorFlow.js saves a copy of an output and records the copying on its tape before the operation
 * itself. A search along the tape, from inputs to outputs, therefore never finds out that the copy
 * depends on the inputs, and second derivatives silently lack a term: here, the operation is moved
 * in front of the copies of its outputs. Operations with a gradient of their own (tf.customGrad, of
 * which some losses are made) may save what they computed on the way, which is not on the tape at
 * all: where gradients are nested, their way is recorded too.
 */
import * as tf from '@tensorflow/tfjs-core';

interface TapeNode {
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
}

type Custom = (...inputs: unknown[]) => { readonly value: tf.Tensor };

/** The private part of TensorFlow.js's engine that records what is differentiated. */
interface Recorder {
  readonly state: {
    readonly activeTape: TapeNode[];
    /** Nesting of gradients. */
    readonly gradientDepth: number;
    /** Above 0, nothing is recorded. */
    kernelDepth: number;
    /** For each operation that runs, what it may keep besides its outputs. */
    readonly numDataMovesStack: number[];
  };
  readonly backend: tf.KernelBackend;
  addTapeNode(...recorded: unknown[]): void;
  customGrad(f: Custom): unknown;
}

/** Copies are recorded while the operation runs, right before it; none saves more than this. */
const REACH = 16;

function moveBeforeCopies(tape: TapeNode[]): void {
  const last = tape.length - 1;
  const made = new Set(tape[last]!.outputs.map(({ id }) => id));
  const usesMade = ({ inputs }: TapeNode) => Object.values(inputs).some((input) => made.has(input?.id));
  for (let at = Math.max(0, last - REACH); at < last; at += 1) {
    if (!usesMade(tape[at]!)) continue;
    tape.splice(at, 0, ...tape.splice(last, 1));
    return;
  }
}

/** Runs `f` recording; its value itself comes from the custom operation, which is recorded by its caller. */
function recordWay({ state, backend }: Recorder, f: Custom, given: readonly unknown[]): ReturnType<Custom> {
  const { kernelDepth, activeTape: tape } = state;
  const held = backend.numDataIds();
  const start = tape.length;
  const [inputs, save] = [given.slice(0, -1), given.at(-1) as (tensors: tf.Tensor[]) => void];
  const saveUnrecorded = (tensors: tf.Tensor[]) => {
    // Saving records its copies itself.
    state.kernelDepth = kernelDepth;
    save(tensors);
    state.kernelDepth = 0;
  };
  state.kernelDepth = 0;
  try {
    const result = f(...inputs, saveUnrecorded);
    const own = tape.findIndex(({ outputs }, at) => at >= start && outputs.some(({ id }) => id === result.value.id));
    if (own >= 0) tape.splice(own, 1);
    return result;
  } finally {
    state.kernelDepth = kernelDepth;
    // What the tape keeps is no leak.
    const running = state.numDataMovesStack.length - 1;
    if (running >= 0) state.numDataMovesStack[running]! += backend.numDataIds() - held;
  }
}

let followed: Recorder | null = null;

/** To be called before gradients are taken; it changes TensorFlow.js's engine, which is one for the process. */
export function followSavedOutputs(): void {
  const engine = tf.engine() as unknown as Recorder;
  if (followed === engine) return;
  followed = engine;
  const record = engine.addTapeNode.bind(engine);
  engine.addTapeNode = (...recorded) => {
    record(...recorded);
    moveBeforeCopies(engine.state.activeTape);
  };
  const customGrad = engine.customGrad.bind(engine);
  engine.customGrad = (f) =>
    customGrad((...inputs) => (engine.state.gradientDepth > 1 ? recordWay(engine, f, inputs) : f(...inputs)));
}
