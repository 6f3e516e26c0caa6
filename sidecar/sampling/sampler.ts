/** Samples of a model from its config and weights alone, for previews and by the million. */
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { Engine, HostTensor } from '../engine/engine.ts';
import type { SampleRequest, SampleSet } from '../modalities/modality.ts';
import type { ModelSpec } from '../models/architecture.ts';
import { architectures } from '../models/index.ts';
import { generatorNames } from '../models/networks.ts';
import { averageName } from './average-name.ts';
import { drawerByDecoder } from './by-decoder.ts';
import { drawerByPosition } from './by-position.ts';
import type { Drawer } from './drawer.ts';
import { drawerFromLatents } from './from-latents.ts';
import { drawerFromSources, type Sources } from './from-sources.ts';
import { rowRange } from './rows.ts';
import { GrowingGenerators } from './stages.ts';
import type { Variables } from './variables.ts';

export interface SamplesRequest {
  readonly count: number;
  /** Number of the first; default 0. */
  readonly first?: number;
  /** Decides the latents. */
  readonly seed: number;
  /**
   * Class of an example by its number, for conditional models. Default: classes in turn, or those of the sources
   * where examples are made from some.
   */
  readonly labelOf?: (index: number) => number;
  /** Ends the stream with its reason, between two blocks. */
  readonly signal?: AbortSignal;
}

/** Samples that follow each other. */
export interface SampleBlock {
  /** Number of the first. */
  readonly first: number;
  /** [n, …] in [−1, 1]; of a network that grows as large as it has grown. */
  readonly examples: HostTensor;
  /** Class numbers [n]; null for a model without classes. */
  readonly labels: readonly number[] | null;
}

export interface SamplerOptions {
  readonly config: ResolvedConfig;
  readonly spec: ModelSpec;
  /** Hold the weights that samples are made with; see `sampledNetworks`. */
  readonly variables: Variables;
  readonly engine: Engine;
  /** Of models that make examples from others. */
  readonly sources?: Sources;
  /** Whether the moving average of the weights is taken. Default: where the config has one. */
  readonly averaged?: boolean;
}

export class Sampler {
  readonly #drawer: Drawer;
  readonly #spec: ModelSpec;
  readonly #seed: number;
  readonly #size: number;

  /** Throws where the model makes examples from others and `sources` are not given. Programs are compiled when needed. */
  constructor(options: SamplerOptions) {
    this.#drawer = drawerOf(options);
    this.#spec = options.spec;
    this.#seed = options.config.training.seed;
    this.#size = options.sources?.info.size ?? 0;
  }

  /**
   * For a preview: of the same latents, or of the same sources from all over the dataset, throughout a run. Classes
   * come in order, again and again; each row is one generator's, in turn.
   * @param seen real examples trained on.
   */
  preview({ count, columns }: SampleRequest, seen: number): Promise<SampleSet> {
    return this.#drawer.draw({
      count,
      labels: this.#labels(0, count),
      seed: this.#seed,
      stream: 'sample grid',
      generatorOf: (at) => Math.floor(at / columns) % this.#spec.generators,
      sourceOf: (at) => (Number.isFinite(this.#size) ? Math.floor((at * this.#size) / count) : at),
      seen,
    });
  }

  /**
   * A stream of samples in constant memory, by the generators in turn, from the sources in their order. The example
   * of a number is the same, bit for bit, whatever the count and the first: blocks are drawn whole, each from random
   * numbers of its own, and cut to what was asked for.
   * @param seen real examples trained on.
   */
  async *samples(
    { count, first = 0, seed, labelOf, signal }: SamplesRequest,
    seen: number,
  ): AsyncGenerator<SampleBlock> {
    const { block } = this.#drawer;
    const end = first + count;
    for (let begin = first - (first % block); begin < end; begin += block) {
      signal?.throwIfAborted();
      const { examples, labels } = await this.#drawer.draw({
        count: block,
        labels: this.#labels(begin, block, labelOf),
        seed,
        stream: begin / block,
        generatorOf: (at) => (begin + at) % this.#spec.generators,
        sourceOf: (at) => begin + at,
        seen,
      });
      const from = Math.max(first - begin, 0);
      const to = Math.min(end - begin, block);
      yield { first: begin + from, examples: rowRange(examples, from, to), labels: labels?.slice(from, to) ?? null };
    }
  }

  dispose(): void {
    this.#drawer.dispose();
  }

  #labels(begin: number, count: number, labelOf?: (index: number) => number): number[] | null {
    const { classes } = this.#spec;
    if (classes === 0 || (this.#drawer.ownLabels && labelOf === undefined)) return null;
    return Array.from({ length: count }, (_, at) => {
      const label = labelOf?.(begin + at) ?? (begin + at) % classes;
      if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
        throw new RangeError(`example ${begin + at} is asked for of class ${label}, and there are ${classes}`);
      }
      return label;
    });
  }
}

/** Names of the networks that samples are made with. */
export function sampledNetworks(config: ResolvedConfig, spec: ModelSpec): readonly string[] {
  switch (architectures[config.model.architecture].family) {
    case 'adversarial':
      return generatorNames(spec);
    case 'variational':
      return ['decoder'];
    case 'autoregressive':
      return ['network'];
  }
}

function drawerOf({ config, spec, variables, engine, sources, averaged }: SamplerOptions): Drawer {
  const { model, training, objective } = config;
  const average = averaged ?? training.emaHalfLife > 0;
  const named = (network: string) => (average ? averageName(network) : network);
  const architecture = architectures[model.architecture];
  switch (architecture.family) {
    case 'adversarial': {
      const growing = new GrowingGenerators(architecture, spec, variables, average, training.growEvery, engine);
      if (architecture.about.from === 'latent') return drawerFromLatents(spec, growing);
      if (sources === undefined) throw new Error(`${model.architecture} makes examples from others: give sources`);
      return drawerFromSources(spec, sources, growing);
    }
    case 'variational': {
      const bernoulli = objective.likelihood === 'bernoulli';
      return drawerByDecoder(architecture, spec, variables, named('decoder'), bernoulli, engine);
    }
    case 'autoregressive':
      return drawerByPosition(architecture, spec, variables, named('network'), engine);
  }
}
