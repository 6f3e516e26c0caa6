/** The Engine interface over any registered TensorFlow.js backend, running steps operation by operation. */
import * as tf from '@tensorflow/tfjs-core';
import { makeQueue } from './compiled-step.ts';
import type { CompiledStep, DeviceInfo, Engine, HostTensor, HostTensorMap, StepRandom } from './engine.ts';
import { StepError } from './errors/errors.ts';
import { registerGradients } from './gradients/index.ts';
import { sizeOf } from './graph/value.ts';
import { type Held, holdVariables, madeSince, restoreVariables } from './memory/variables.ts';
import { type NumberSource, withDrawnNumbers } from './random/drawn-numbers.ts';
import { type Draw, droppedLevels, fillDropout, fillNormal, fillUniform, keptScale } from './random/random.ts';
import { checkInput, signature } from './step-inputs.ts';

export interface EagerOptions {
  readonly device?: DeviceInfo;
  /** Turns what the backend throws into an error of the engine. */
  readonly explain?: (cause: unknown) => unknown;
}

class EagerRandom implements StepRandom, NumberSource {
  readonly #seed: number;
  readonly #step: number;
  #uses = 0;

  constructor(seed: number, step: number) {
    this.#seed = seed;
    this.#step = step;
  }

  normal(shape: readonly number[]): tf.Tensor {
    return this.draw(shape, fillNormal);
  }

  uniform(shape: readonly number[]): tf.Tensor {
    return this.draw(shape, fillUniform);
  }

  draw(shape: readonly number[], fill: (into: Float32Array, draw: Draw) => void): tf.Tensor {
    const values = new Float32Array(sizeOf(shape));
    fill(values, this.#next());
    return tf.tensor(values, [...shape], 'float32');
  }

  dropout(shape: readonly number[], rate: number): tf.Tensor {
    droppedLevels(rate);
    const kept = new Uint8Array(sizeOf(shape));
    fillDropout(kept, rate, this.#next());
    // A byte an element on its way to the device; there it becomes a float.
    return tf.mul(tf.cast(tf.tensor(kept, [...shape], 'bool'), 'float32'), keptScale(rate));
  }

  #next(): Draw {
    const use = this.#uses;
    this.#uses += 1;
    return { seed: this.#seed, step: this.#step, use };
  }
}

/** An engine on the TensorFlow.js backend `backendName`, which must be registered. */
export async function createEagerEngine(backendName: string, options: EagerOptions = {}): Promise<Engine> {
  registerGradients();
  await tf.setBackend(backendName);
  const queue = makeQueue();
  const { explain = (cause: unknown) => cause } = options;
  const engine = `TensorFlow.js ${tf.version_core}, eager`;
  let closed = false;
  return {
    device: options.device ?? { id: 'tensorflow', name: backendName, engine },
    compile(name, step): CompiledStep {
      let disposed = false;
      const known = new Set<string>();
      return {
        run: (inputs, { seed, step: counter }) =>
          queue(async () => {
            if (disposed || closed) throw new StepError(name, 'it was disposed.');
            for (const [input, value] of Object.entries(inputs)) checkInput(name, input, value);
            await tf.setBackend(backendName);
            const random = new EagerRandom(seed, counter);
            const run = () => withDrawnNumbers(random, () => step(toTensors(inputs), random));
            const shapes = signature(inputs);
            try {
              const outputs = await runOnce(name, run, !known.has(shapes));
              known.add(shapes);
              return outputs;
            } catch (cause) {
              throw explain(cause);
            }
          }),
        dispose: () => {
          disposed = true;
        },
      };
    },
    /** Waits for a step in progress. Variables stay their maker's to dispose. */
    dispose: () =>
      queue(async () => {
        closed = true;
      }),
  };
}

/**
 * Runs a step and reads what it returns; if either fails, variables get their values back.
 *
 * @param mayMake whether it may make variables, as TensorFlow.js's optimizers do at their first use.
 */
async function runOnce(
  name: string,
  step: () => Record<string, tf.Tensor>,
  mayMake: boolean,
): Promise<Record<string, HostTensor>> {
  const held = holdVariables();
  let outputs: Record<string, tf.Tensor> = {};
  try {
    outputs = tf.tidy(() => {
      const returned = step();
      for (const [output, tensor] of Object.entries(returned)) checkOutput(name, output, tensor);
      // Copies: a returned variable or input must outlive the disposal of what the step made.
      return Object.fromEntries(Object.entries(returned).map(([output, tensor]) => [output, tensor.clone()]));
    });
    if (!mayMake) refuseNewVariables(name, held);
    const read = Object.entries(outputs).map(async ([output, tensor]) => [output, await toHost(tensor)] as const);
    return Object.fromEntries(await Promise.all(read));
  } catch (error) {
    for (const variable of madeSince(held)) variable.dispose();
    restoreVariables(held);
    throw error;
  } finally {
    tf.dispose(outputs);
    for (const { tensor } of held) tensor.dispose();
  }
}

function checkOutput(step: string, name: string, tensor: unknown): void {
  if (!(tensor instanceof tf.Tensor)) throw new StepError(step, `its output "${name}" is not a tensor.`);
  if (tensor.dtype !== 'float32' && tensor.dtype !== 'int32' && tensor.dtype !== 'bool') {
    throw new StepError(step, `its output "${name}" has type ${tensor.dtype}; return float32, int32 or bool.`);
  }
}

function refuseNewVariables(name: string, held: readonly Held[]): void {
  const made = madeSince(held);
  if (made.length === 0) return;
  const names = made.map((variable) => variable.name).join(', ');
  throw new StepError(name, `it makes variables (${names}) every time; make them before the step.`);
}

async function toHost(tensor: tf.Tensor): Promise<HostTensor> {
  return { dtype: tensor.dtype as HostTensor['dtype'], shape: tensor.shape, data: await tensor.data<'float32'>() };
}

function toTensors(inputs: HostTensorMap): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape, dtype }]) => [name, tf.tensor(data, [...shape], dtype)]),
  );
}
