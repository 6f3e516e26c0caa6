/** Small models for the tests of likelihood-based models, and what to compare of their training. */
import assert from 'node:assert/strict';
import { architectureDefaults } from '../../sidecar/config/defaults.ts';
import type { ResolvedConfig } from '../../sidecar/config/resolved-config.ts';
import type { Batch } from '../../sidecar/data/dataset.ts';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import type { ModelSpec } from '../../sidecar/models/architecture.ts';
import { elements } from '../../sidecar/models/shape-layers.ts';
import { uniforms } from '../../sidecar/sampling/counter-random.ts';
import { Sampler } from '../../sidecar/sampling/sampler.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import type { Trainer } from '../../sidecar/training/trainer.ts';
import { type Generate, generated } from './sampling-fixtures.ts';

export const BATCH = 4;

export interface Changes {
  readonly model?: Partial<ResolvedConfig['model']>;
  readonly objective?: Partial<ResolvedConfig['objective']>;
  readonly training?: Partial<ResolvedConfig['training']>;
  readonly learningRate?: number;
}

/** The architecture's defaults, with batches of four. */
export function smallConfig(
  architecture: 'vae' | 'residual-vae' | 'pixelcnn',
  { model, objective, training, learningRate }: Changes = {},
): ResolvedConfig {
  const defaults = architectureDefaults[architecture];
  const generator = { ...defaults.optimizer.generator, ...(learningRate === undefined ? {} : { learningRate }) };
  return {
    ...defaults,
    name: architecture,
    model: { ...defaults.model, architecture, baseChannels: 4, latentSize: 3, ...model },
    objective: { ...defaults.objective, ...objective },
    optimizer: { generator, discriminator: generator },
    training: { ...defaults.training, steps: 10, epochs: null, batchSize: BATCH, seed: 7, ...training },
    data: { ...defaults.data, source: 'idx' },
    monitor: { ...defaults.monitor, gridSize: 2 },
  };
}

export function specOf({ model }: ResolvedConfig, imageSize: number, channels: number, classes = 0): ModelSpec {
  const example = [imageSize, imageSize, channels];
  return { ...model, example, stage: example, source: null, classes };
}

/** Uniform noise, another for each step; labels count 0, 1, 2, 0, … */
export function noiseBatch(spec: ModelSpec, step: number): Batch {
  const { example, classes } = spec;
  const values = uniforms(step, 'batch', BATCH * elements(example)).map((x) => 2 * x - 1);
  return batchOf(values, spec, classes > 0 ? Array.from({ length: BATCH }, (_, i) => i % classes) : null);
}

/** A batch of these values, the examples of `spec` one after another. */
export function batchOf(values: Float32Array, { example }: ModelSpec, labels: readonly number[] | null): Batch {
  const count = values.length / elements(example);
  return {
    examples: { dtype: 'float32', shape: [count, ...example], data: values },
    labels: labels && Int32Array.from(labels),
    sources: null,
  };
}

export type Create = (
  config: ResolvedConfig,
  spec: ModelSpec,
  variables: Variables,
  engine: Engine,
  totalExamples: number,
) => Trainer;

/** Runs `use` with a trainer of its own on `engine`, which is disposed afterwards. */
export async function withTrainer<T>(
  create: Create,
  config: ResolvedConfig,
  spec: ModelSpec,
  openEngine: () => Promise<Engine>,
  use: (trainer: Trainer, variables: Variables, generate: Generate) => Promise<T>,
): Promise<T> {
  const engine = await openEngine();
  const variables = new Variables();
  const trainer = create(config, spec, variables, engine, 1000);
  try {
    const sampler = new Sampler({ config, spec, variables, engine });
    const result = await use(trainer, variables, (request) => generated(sampler, request));
    sampler.dispose();
    return result;
  } finally {
    trainer.dispose();
    variables.dispose();
    await engine.dispose();
  }
}

/** All zero but those that `known` names: "layer/role" → the value of all its elements, or one each. */
export async function setWeights(
  variables: Variables,
  network: string,
  known: Readonly<Record<string, number | readonly number[]>>,
): Promise<void> {
  const all: Record<string, HostTensor> = { ...(await variables.read()) };
  for (const [name, { shape, data }] of Object.entries(all)) {
    if (!name.startsWith(`${network}/`)) continue;
    const value = known[name.slice(network.length + 1)] ?? 0;
    all[name] = {
      dtype: 'float32',
      shape,
      data: typeof value === 'number' ? new Float32Array(data.length).fill(value) : Float32Array.from(value),
    };
  }
  variables.assign(all);
}

/** Trains steps `from` to `to` − 1 on noise and returns their metrics. */
export async function trainOnNoise(trainer: Trainer, spec: ModelSpec, from: number, to: number) {
  const rows: Readonly<Record<string, number>>[] = [];
  for (let step = from; step < to; step++) {
    const { metrics, notFinite } = await trainer.step(step, noiseBatch(spec, step));
    if (notFinite !== null) throw new Error(`${notFinite} is not finite in step ${step}`);
    rows.push(metrics);
  }
  return rows;
}

/** Runs `use` with a new trainer, the same at every call. */
type Train = <T>(use: (trainer: Trainer, variables: Variables) => Promise<T>) => Promise<T>;

/** Fails unless four steps and two steps, a checkpoint, two steps are the same in every number. */
export async function checkResume(train: Train, spec: ModelSpec): Promise<void> {
  const trainFrom = async (first: number, trainer: Trainer, variables: Variables) => ({
    rows: await trainOnNoise(trainer, spec, first, 4),
    grid: await trainer.sample(4, { count: 4, columns: 2 }),
    state: await variables.read(),
  });
  const whole = await train((trainer, variables) => trainFrom(0, trainer, variables));
  const half = await train(async (trainer, variables) => {
    const rows = await trainOnNoise(trainer, spec, 0, 2);
    return { rows, state: await variables.read() };
  });
  const rest = await train((trainer, variables) => {
    variables.assign(half.state);
    return trainFrom(2, trainer, variables);
  });
  assert.deepEqual({ ...rest, rows: [...half.rows, ...rest.rows] }, whole);
}

/** Fails if a step leaves a weight as it was. */
export async function checkAllMove(trainer: Trainer, spec: ModelSpec, variables: Variables): Promise<void> {
  const before = await variables.read();
  await trainOnNoise(trainer, spec, 0, 1);
  const after = await variables.read();
  const idle = Object.keys(before).filter((name) => before[name]?.data.join() === after[name]?.data.join());
  assert.deepEqual(idle, []);
}
