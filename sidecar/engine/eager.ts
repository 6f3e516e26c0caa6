/** The Engine interface over any registered TensorFlow.js backend, running steps operation by operation. */
import * as tf from '@tensorflow/tfjs-core';
import { makeQueue } from './compiled-step.ts';
import type { CompiledStep, DeviceInfo, Engine, HostTensor, HostTensorMap, StepRandom } from './engine.ts';
import { StepError } from './errors.ts';
import { registerGradients } from './gradients.ts';
import { sizeOf } from './graph/value.ts';
import { droppedLevels, fillDropout, fillNormal, fillUniform, keptScale } from './random.ts';
import { checkInput } from './step-inputs.ts';
import { holdVariables, restoreVariables } from './variables.ts';

class EagerRandom implements StepRandom {
  readonly #seed: number;
  readonly #step: number;
  #uses = 0;

  constructor(seed: number, step: number) {
    this.#seed = seed;
    this.#step = step;
  }

  normal(shape: readonly number[]): tf.Tensor {
    const values = new Float32Array(sizeOf(shape));
    fillNormal(values, this.#draw());
    return tf.tensor(values, [...shape], 'float32');
  }

  uniform(shape: readonly number[]): tf.Tensor {
    const values = new Float32Array(sizeOf(shape));
    fillUniform(values, this.#draw());
    return tf.tensor(values, [...shape], 'float32');
  }

  dropout(shape: readonly number[], rate: number): tf.Tensor {
    droppedLevels(rate);
    const kept = new Uint8Array(sizeOf(shape));
    fillDropout(kept, rate, this.#draw());
    const scale = keptScale(rate);
    return tf.tensor(
      Float32Array.from(kept, (bit) => bit * scale),
      [...shape],
      'float32',
    );
  }

  #draw() {
    const use = this.#uses;
    this.#uses += 1;
    return { seed: this.#seed, step: this.#step, use };
  }
}

async function toHost(tensor: tf.Tensor): Promise<HostTensor> {
  const { dtype, shape } = tensor;
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool')
    throw new TypeError(`Type ${dtype} is not supported.`);
  return { dtype, shape, data: await tensor.data<'float32'>() };
}

/** An engine on the TensorFlow.js backend `backendName`, which must be registered. */
export async function createEagerEngine(backendName: string, device?: DeviceInfo): Promise<Engine> {
  registerGradients();
  await tf.setBackend(backendName);
  const queue = makeQueue();
  return {
    device: device ?? { id: 'tensorflow', name: backendName, engine: `TensorFlow.js ${tf.version_core}, eager` },
    compile(name, step): CompiledStep {
      let disposed = false;
      return {
        run: (inputs, { seed, step: counter }) =>
          queue(async () => {
            if (disposed) throw new StepError(name, 'it was disposed.');
            for (const [input, value] of Object.entries(inputs)) checkInput(name, input, value);
            await tf.setBackend(backendName);
            const outputs = runOnce(() => step(toTensors(inputs), new EagerRandom(seed, counter)));
            try {
              const entries = Object.entries(outputs).map(
                async ([key, tensor]) => [key, await toHost(tensor)] as const,
              );
              return Object.fromEntries(await Promise.all(entries));
            } finally {
              tf.dispose(outputs);
            }
          }),
        dispose: () => {
          disposed = true;
        },
      };
    },
    dispose: async () => {},
  };
}

/** Runs a step; if it throws, variables get their values back. */
function runOnce(step: () => Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  return tf.tidy(() => {
    const held = holdVariables();
    try {
      // Copies: a returned variable or input must outlive the disposal of what the step made.
      return Object.fromEntries(Object.entries(step()).map(([name, tensor]) => [name, tensor.clone()]));
    } catch (error) {
      restoreVariables(held);
      throw error;
    }
  });
}

function toTensors(inputs: HostTensorMap): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape, dtype }]) => [name, tf.tensor(data, [...shape], dtype)]),
  );
}
