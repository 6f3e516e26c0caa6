/** Compiles a traced step and replays it: no tracing, and no memory that grows, from step to step. */
import * as tf from '@tensorflow/tfjs-core';
import type * as ort from 'onnxruntime-node';
import type { CompiledStep, HostTensor, HostTensorMap, StepFunction } from './engine.ts';
import { deviceError } from './errors/device-errors.ts';
import { StepError } from './errors/errors.ts';
import { allocate, sizeOf, type ValueType } from './graph/value.ts';
import { peakBytes } from './memory/peak-memory.ts';
import type { Buffer, VariableMemory } from './memory/variable-memory.ts';
import { type Session, toOrt } from './onnx/compiled-graph.ts';
import { canRunInPlace } from './onnx/in-place.ts';
import type { Port } from './onnx/model.ts';
import { createSession, type OutputLocations, type SessionOptions } from './onnx/session.ts';
import { checkInput, signature } from './step-inputs.ts';
import { BACKEND, type RecordingBackend } from './tracing/backend.ts';
import { runtimeError } from './tracing/operation-errors.ts';
import { inputName, type TracedStep, traceStep } from './tracing/trace.ts';

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
  /** What a run takes at its fullest moment. */
  readonly bytes: number;
  /** Every result is written where it is to be. */
  readonly inPlace: boolean;
}

type Counter = Parameters<CompiledStep['run']>[1];

export class ReplayedStep implements CompiledStep {
  readonly #name: string;
  readonly #step: StepFunction;
  readonly #backend: RecordingBackend;
  readonly #options: SessionOptions;
  readonly #queue: Queue;
  readonly #programs = new Map<string, Program>();
  readonly #memory: VariableMemory;
  #disposed = false;

  constructor(
    name: string,
    step: StepFunction,
    backend: RecordingBackend,
    options: SessionOptions,
    memory: VariableMemory,
    queue: Queue,
  ) {
    this.#name = name;
    this.#step = step;
    this.#backend = backend;
    this.#options = options;
    this.#memory = memory;
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
    const outputs = [...traced.outputs, ...traced.assignments];
    const bytes = peakBytes(outputs);
    const inPlace =
      this.#options.provider === 'cpu' && canRunInPlace() && outputs.every(({ value }) => sizeOf(value.shape) > 0);
    const results = { locations: this.#locations(traced), inPlace };
    const session = await createSession(this.#name, outputs, this.#options, results).catch((cause: unknown) => {
      throw this.#error('ONNX Runtime refused the graph', cause, outputs, bytes);
    });
    const program = { traced, session, wanted: new Set(session.inputNames), bytes, inPlace };
    this.#programs.set(key, program);
    return program;
  }

  /** Variables stay where the memory is; everything else comes to the host. */
  #locations({ outputs, assignments }: TracedStep): OutputLocations | undefined {
    const { location } = this.#memory;
    if (location === 'cpu') return undefined;
    const host = outputs.map(({ name }) => [name, 'cpu'] as const);
    return Object.fromEntries([...host, ...assignments.map(({ name }) => [name, location] as const)]);
  }

  async #replay({ traced, session, wanted, bytes, inPlace }: Program, inputs: HostTensorMap, { seed, step }: Counter) {
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
      feeds[value.definition.name] = this.#backend.operand(variable.dataId, this.#memory);
    }

    const fetches: Record<string, ort.Tensor | null> = {};
    const taken: (Buffer | null)[] = [];
    let results: Awaited<ReturnType<Session['run']>>;
    try {
      for (const { name, value } of traced.outputs) {
        const { type, shape } = value;
        fetches[name] = inPlace ? toOrt(type, shape, allocate(type, sizeOf(shape))) : null;
      }
      for (const { name, value } of traced.assignments) {
        const buffer = this.#memory.take(value.type, value.shape);
        taken.push(buffer);
        fetches[name] = buffer?.tensor ?? null;
      }
      results = await session.run(feeds, fetches);
    } catch (cause) {
      for (const buffer of taken) buffer?.release();
      throw this.#error('ONNX Runtime could not run it', cause, [...traced.outputs, ...traced.assignments], bytes);
    }
    this.#assign(
      traced.assignments.map(({ variable, name }, at) => ({
        variable,
        buffer: taken[at] ?? this.#memory.keep(results[name]!, session),
      })),
    );
    return Object.fromEntries(
      traced.outputs.map(({ name, value }) => [name.slice('output/'.length), toHost(results[name]!, value.type)]),
    );
  }

  #error(what: string, cause: unknown, outputs: readonly Port[], bytes: number): Error {
    const told = runtimeError(
      outputs.map(({ value }) => value),
      cause,
    );
    const message = told?.message ?? (cause instanceof Error ? cause.message : String(cause));
    return deviceError(this.#options.provider, cause, bytes) ?? new StepError(this.#name, `${what}: ${message}`, cause);
  }

  #assign(written: readonly { readonly variable: tf.Variable; readonly buffer: Buffer }[]): void {
    void tf.setBackend(BACKEND);
    for (const { variable, buffer } of written) {
      const tensor = this.#backend.adopt(buffer, variable.shape, variable.dtype);
      variable.assign(tensor);
      tensor.dispose();
    }
  }

  /** Frees the sessions once a run in progress has ended. */
  dispose(): Promise<void> {
    this.#disposed = true;
    return this.#queue(async () => {
      for (const { session } of this.#programs.values()) await this.#memory.retire(session);
      this.#programs.clear();
    });
  }
}

function toHost(tensor: ort.Tensor, type: ValueType): HostTensor {
  return { dtype: type as HostTensor['dtype'], shape: [...tensor.dims], data: tensor.data as HostTensor['data'] };
}
