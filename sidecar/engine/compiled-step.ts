/** Compiles a traced step and replays it: no tracing, and no memory that grows, from step to step. */
import * as tf from '@tensorflow/tfjs-core';
import type * as ort from 'onnxruntime-node';
import { BACKEND, type Buffer, type RecordingBackend } from './backend.ts';
import type { CompiledStep, HostTensor, HostTensorMap, StepFunction } from './engine.ts';
import { StepError } from './errors.ts';
import { allocate, sizeOf, type ValueType } from './graph/value.ts';
import { createSession, type Session, type SessionOptions, toOrt } from './session.ts';
import { checkInput, signature } from './step-inputs.ts';
import { type Assignment, inputName, type TracedStep, traceStep } from './trace.ts';

/** Runs one task at a time, in order: steps share variables. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>;

export function makeQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task);
    last = next.catch(() => undefined);
    return next;
  };
}

interface Program {
  readonly traced: TracedStep;
  readonly session: Session;
  /** Graph inputs that the compiled graph still has; unused ones must not be fed. */
  readonly wanted: ReadonlySet<string>;
}

type Counter = Parameters<CompiledStep['run']>[1];

export class ReplayedStep implements CompiledStep {
  readonly #name: string;
  readonly #step: StepFunction;
  readonly #backend: RecordingBackend;
  readonly #options: SessionOptions;
  readonly #queue: Queue;
  readonly #programs = new Map<string, Program>();
  /** Buffers that no tensor holds any more, by variable. */
  readonly #spare = new Map<tf.Variable, Buffer[]>();
  #disposed = false;

  constructor(name: string, step: StepFunction, backend: RecordingBackend, options: SessionOptions, queue: Queue) {
    this.#name = name;
    this.#step = step;
    this.#backend = backend;
    this.#options = options;
    this.#queue = queue;
  }

  run(inputs: HostTensorMap, counter: Counter): Promise<Record<string, HostTensor>> {
    return this.#queue(async () => {
      if (this.#disposed) throw new StepError(this.#name, 'it was disposed.');
      for (const [name, input] of Object.entries(inputs)) checkInput(this.#name, name, input);
      return this.#replay(await this.#program(inputs), inputs, counter);
    });
  }

  async #program(inputs: HostTensorMap): Promise<Program> {
    const key = signature(inputs);
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    const traced = traceStep(this.#backend, this.#name, this.#step, inputs);
    const session = await createSession(this.#name, [...traced.outputs, ...traced.assignments], this.#options).catch(
      (cause: unknown) => {
        throw new StepError(this.#name, `ONNX Runtime refused the graph: ${messageOf(cause)}`, cause);
      },
    );
    const program = { traced, session, wanted: new Set(session.inputNames) };
    this.#programs.set(key, program);
    return program;
  }

  async #replay({ traced, session, wanted }: Program, inputs: HostTensorMap, { seed, step }: Counter) {
    const feeds: Record<string, ort.Tensor> = {};
    for (const [name, { dtype, shape, data }] of Object.entries(inputs)) {
      if (wanted.has(inputName(name))) feeds[inputName(name)] = toOrt(dtype, shape, data);
    }
    for (const draw of traced.draws) {
      if (!wanted.has(draw.name)) continue;
      draw.fill(seed, step);
      feeds[draw.name] = draw.tensor;
    }
    for (const { variable, value } of traced.variables) {
      if (value.definition.kind !== 'input' || !wanted.has(value.definition.name)) continue;
      if (variable.isDisposed) throw new StepError(this.#name, `variable "${variable.name}" was disposed.`);
      feeds[value.definition.name] = toOrt(value.type, value.shape, await this.#backend.data(variable.dataId));
    }

    const fetches: Record<string, ort.Tensor | null> = {};
    for (const output of traced.outputs) fetches[output.name] = null;
    const written = traced.assignments.map((assignment) => ({ assignment, buffer: this.#takeBuffer(assignment) }));
    for (const { assignment, buffer } of written) {
      fetches[assignment.name] = toOrt(assignment.value.type, assignment.value.shape, buffer.data);
    }
    const results = await session.run(feeds, fetches).catch((cause: unknown) => {
      for (const { buffer } of written) buffer.release(buffer);
      throw new StepError(this.#name, `ONNX Runtime could not run it: ${messageOf(cause)}`, cause);
    });

    this.#assign(written);
    return Object.fromEntries(
      traced.outputs.map(({ name, value }) => [name.slice('output/'.length), toHost(results[name]!, value.type)]),
    );
  }

  #takeBuffer({ variable, value }: Assignment): Buffer {
    const spare = this.#spare.get(variable) ?? [];
    this.#spare.set(variable, spare);
    const data = () => allocate(value.type, sizeOf(value.shape));
    return spare.pop() ?? { data: data(), pinned: false, release: (buffer) => void spare.push(buffer) };
  }

  #assign(written: readonly { assignment: Assignment; buffer: Buffer }[]): void {
    void tf.setBackend(BACKEND);
    for (const { assignment, buffer } of written) {
      const { variable } = assignment;
      const tensor = this.#backend.adopt(buffer, variable.shape, variable.dtype);
      variable.assign(tensor);
      tensor.dispose();
    }
  }

  /** Frees the sessions once a run in progress has ended. */
  dispose(): Promise<void> {
    this.#disposed = true;
    return this.#queue(async () => {
      for (const { session } of this.#programs.values()) await session.release();
      this.#programs.clear();
      this.#spare.clear();
    });
  }
}

function toHost(tensor: ort.Tensor, type: ValueType): HostTensor {
  return { dtype: type as HostTensor['dtype'], shape: [...tensor.dims], data: tensor.data as HostTensor['data'] };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
