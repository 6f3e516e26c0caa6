/** A sampler from a run's folder: its config and the weights of one of its checkpoints, nothing else. */
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { Engine } from '../engine/engine.ts';
import type { ModelSpec } from '../models/architecture.ts';
import { describeModel } from '../models/describe.ts';
import { architectures } from '../models/index.ts';
import { specOf } from '../models/spec.ts';
import { loadCheckpoint, loadLatestCheckpoint } from '../runs/checkpoint.ts';
import { readRunRecord } from '../runs/record-file.ts';
import type { CheckpointState } from '../runs/recorder.ts';
import { resumedConfig } from '../runs/run-config.ts';
import { UserError } from '../terms/errors.ts';
import type { RunRecord } from '../terms/run-record.ts';
import { averageName } from './average-name.ts';
import type { Sources } from './from-sources.ts';
import { type SampleBlock, Sampler, type SamplesRequest, sampledNetworks } from './sampler.ts';
import { Variables } from './variables.ts';

export interface RunSamplerOptions {
  /** Step of the checkpoint; default: the newest sound one. */
  readonly step?: number;
  /** Whether the moving average of the weights is taken. Default: where the run has one. */
  readonly averaged?: boolean;
  /** Of runs that make examples from others. */
  readonly sources?: Sources;
}

export interface RunSampler {
  readonly config: ResolvedConfig;
  readonly record: RunRecord;
  /** Of the checkpoint. */
  readonly step: number;
  /** As `Sampler.samples`. */
  samples(request: SamplesRequest): AsyncGenerator<SampleBlock>;
  /** The engine stays the caller's to close. */
  dispose(): void;
}

/**
 * @throws UserError "runs/…" where the folder holds no run with a checkpoint, "checkpoint/…" where its weights do not
 * fit, "model/…" where it makes examples from others and `sources` are not such.
 */
export async function samplerOfRun(
  directory: string,
  engine: Engine,
  { step, averaged, sources }: RunSamplerOptions = {},
): Promise<RunSampler> {
  const record = await readRunRecord(directory);
  const config = await resumedConfig(directory, []);
  const checkpoint =
    step === undefined ? await loadLatestCheckpoint(directory, () => {}) : await loadCheckpoint(directory, step);
  if (checkpoint === null || record.dataset === null) {
    throw new UserError('runs/no-checkpoint', `${directory} has no checkpoint yet: train on until there is one.`);
  }
  const { shape, classes } = record.dataset;
  assertSources(config, shape, sources);
  const classNames = classes > 0 ? Array.from({ length: classes }, (_, i) => String(i)) : null;
  const spec = specOf(config.model, { shape, sourceShape: sources?.info.sourceShape ?? null, classNames });
  const average = averaged ?? config.training.emaHalfLife > 0;
  const variables = weightsOf(checkpoint, config, spec, average);
  const sampler = new Sampler({ config, spec, variables, engine, averaged: average, ...(sources && { sources }) });
  return {
    config,
    record,
    step: checkpoint.step,
    samples: (request) => sampler.samples(request, checkpoint.images),
    dispose() {
      sampler.dispose();
      variables.dispose();
    },
  };
}

/** Throws where a model that makes examples from others is not given those, or others than it was trained on. */
function assertSources({ model }: ResolvedConfig, shape: readonly number[], sources: Sources | undefined): void {
  const { from } = architectures[model.architecture].about;
  if (from !== 'paired' && from !== 'reduced') return;
  if (sources === undefined) {
    throw new UserError(
      'model/no-sources',
      `${model.architecture} makes examples from others: give the data whose examples it is to start from`,
    );
  }
  const { name, shape: given } = sources.info;
  if (given.join() !== shape.join()) {
    throw new UserError(
      'model/sources',
      `the examples of ${name} are ${given.join('×')}, and the run was trained on ${shape.join('×')}: read them in that size`,
    );
  }
}

/** The weights of the networks that samples are made with. */
function weightsOf(checkpoint: CheckpointState, config: ResolvedConfig, spec: ModelSpec, average: boolean): Variables {
  const { networks } = describeModel(config.model.architecture, spec, 1);
  const variables = new Variables();
  for (const network of sampledNetworks(config, spec)) {
    const prefix = average ? averageName(network) : network;
    for (const { name, shape } of networks[network]?.weights ?? []) {
      const weight = `${prefix}/${name}`;
      const found = checkpoint.tensors[weight];
      if (found === undefined || found.shape.join() !== shape.join()) {
        variables.dispose();
        const how =
          found === undefined ? `has no tensor ${weight}` : `has ${weight} as [${found.shape}], not [${shape}]`;
        const remedy = average ? '; take the weights themselves, without their average' : '';
        throw new UserError('checkpoint/mismatch', `The checkpoint of step ${checkpoint.step} ${how}${remedy}.`);
      }
      variables.add(weight, shape, Float32Array.from(found.data), false);
    }
  }
  return variables;
}
