/** Runs a step function once on recorded values and says what it reads, assigns and returns. */
import * as tf from '@tensorflow/tfjs-core';
import { BACKEND, type RecordingBackend, type VariableInput } from './backend.ts';
import type { HostTensorMap, StepFunction } from './engine.ts';
import { StepError } from './errors.ts';
import { inFull } from './graph/record.ts';
import { makeValue } from './graph/value.ts';
import type { Port } from './onnx/model.ts';
import { type RandomInput, RecordedRandom } from './recorded-random.ts';
import { assigned, holdVariables, madeSince, restoreVariables } from './variables.ts';

/** A variable that the step assigns, and the graph output that is its new value. */
export interface Assignment extends Port {
  readonly variable: tf.Variable;
}

export interface TracedStep {
  readonly outputs: readonly Port[];
  readonly assignments: readonly Assignment[];
  readonly variables: readonly VariableInput[];
  readonly draws: readonly RandomInput[];
}

export const inputName = (name: string): string => `input/${name}`;

/** Traces `step` on inputs shaped as `inputs`; every variable keeps its value. */
export function traceStep(
  backend: RecordingBackend,
  name: string,
  step: StepFunction,
  inputs: HostTensorMap,
): TracedStep {
  void tf.setBackend(BACKEND);
  let traced: TracedStep | undefined;
  tf.tidy(() => {
    const held = holdVariables();
    const random = new RecordedRandom(backend);
    try {
      const variables = new Map<object, tf.Variable>(held.map(({ variable }) => [variable.dataId, variable]));
      const { result, read } = backend.record(variables, () => {
        const returned = step(placeholders(backend, inputs), random);
        const outputs = Object.entries(returned).map(([output, tensor]) => {
          if (!(tensor instanceof tf.Tensor)) throw new StepError(name, `its output "${output}" is not a tensor.`);
          return { name: `output/${output}`, value: inFull(backend.recorded(tensor.dataId)) };
        });
        const made = madeSince(held);
        if (made.length > 0) {
          const names = made.map((variable) => variable.name).join(', ');
          for (const variable of made) variable.dispose();
          throw new StepError(name, `it makes variables (${names}); make them before the step.`);
        }
        const assignments = assigned(held).map(({ variable }) => ({
          variable,
          name: `assigned/${variable.id}`,
          value: inFull(backend.recorded(variable.dataId)),
        }));
        return { outputs, assignments };
      });
      traced = { ...result, variables: read, draws: random.draws };
    } finally {
      restoreVariables(held);
    }
  });
  return traced!;
}

function placeholders(backend: RecordingBackend, inputs: HostTensorMap): Record<string, tf.Tensor> {
  const entries = Object.entries(inputs).map(([name, { dtype, shape }]) => {
    const value = makeValue(dtype, shape, { kind: 'input', name: inputName(name) });
    return [name, tf.engine().makeTensorFromTensorInfo(backend.tensor(value))];
  });
  return Object.fromEntries(entries);
}
