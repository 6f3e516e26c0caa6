/** Runs a step function once on recorded values and says what it reads, assigns and returns. */
import * as tf from '@tensorflow/tfjs-core';
import type { HostTensorMap, StepFunction } from '../engine.ts';
import { StepError } from '../errors/errors.ts';
import { inFull } from '../graph/record.ts';
import { makeValue } from '../graph/value.ts';
import { assigned, holdVariables, restoreVariables } from '../memory/variables.ts';
import type { Port } from '../onnx/model.ts';
import { withDrawnNumbers } from '../random/drawn-numbers.ts';
import { BACKEND, type RecordingBackend, type VariableInput } from './backend.ts';
import { type MadeVariable, settle, watchVariables } from './made-variables.ts';
import { type RandomInput, RecordedRandom } from './recorded-random.ts';

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

/**
 * Traces `step` on inputs shaped as `inputs`; every variable keeps its value. A step that makes
 * variables, as an optimizer does at its first use, is traced a second time with them.
 */
export function traceStep(
  backend: RecordingBackend,
  name: string,
  step: StepFunction,
  inputs: HostTensorMap,
): TracedStep {
  void tf.setBackend(BACKEND);
  const first = traceOnce(backend, name, step, inputs);
  if (first.made.length === 0) return first.traced;
  const second = traceOnce(backend, name, step, inputs);
  if (second.made.length === 0) return second.traced;
  for (const variable of second.made) variable.dispose();
  throw new StepError(name, `it makes variables (${namesOf(second.made)}) every time; make them before the step.`);
}

const namesOf = (variables: readonly tf.Variable[]): string => variables.map((variable) => variable.name).join(', ');

interface Attempt {
  readonly traced: TracedStep;
  /** Variables that the step made, which have their first values now. */
  readonly made: readonly tf.Variable[];
}

function traceOnce(backend: RecordingBackend, name: string, step: StepFunction, inputs: HostTensorMap): Attempt {
  let traced: TracedStep | undefined;
  const made: MadeVariable[] = [];
  let unsettled: tf.Variable[] = [];
  tf.tidy(() => {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (backend.refCount(variable.dataId) > 1) backend.separate(variable);
    }
    const held = holdVariables();
    const random = new RecordedRandom(backend);
    try {
      const variables = new Map<object, tf.Variable>(held.map(({ variable }) => [variable.dataId, variable]));
      const { result, read } = backend.record(variables, () => {
        const returned = watchVariables(backend, made, () =>
          withDrawnNumbers(random, () => step(placeholders(backend, inputs), random)),
        );
        const outputs = Object.entries(returned).map(([output, tensor]) => {
          if (!(tensor instanceof tf.Tensor)) throw new StepError(name, `its output "${output}" is not a tensor.`);
          return { name: `output/${output}`, value: inFull(backend.recorded(tensor.dataId)) };
        });
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
      unsettled = settle(backend, made);
    }
  });
  if (unsettled.length > 0) {
    const names = namesOf(unsettled);
    throw new StepError(name, `it makes variables (${names}) from values of the step; make them before the step.`);
  }
  return { traced: traced!, made: made.map(({ variable }) => variable).filter(({ isDisposed }) => !isDisposed) };
}

function placeholders(backend: RecordingBackend, inputs: HostTensorMap): Record<string, tf.Tensor> {
  const entries = Object.entries(inputs).map(([name, { dtype, shape }]) => {
    const value = makeValue(dtype, shape, { kind: 'input', name: inputName(name) });
    return [name, tf.engine().makeTensorFromTensorInfo(backend.tensor(value))];
  });
  return Object.fromEntries(entries);
}
