/** Samples for previews and on request, whatever a generator makes them from. */
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { Batch, Dataset } from '../../data/dataset.ts';
import type { HostTensor, HostTensorMap } from '../../engine/engine.ts';
import type { SampleRequest, SampleSet } from '../../modalities/modality.ts';
import type { AdversarialAbout } from '../../models/about.ts';
import type { ModelSpec } from '../../models/architecture.ts';
import { batchInputs } from '../batch-inputs.ts';
import { normals } from '../counter-random.ts';
import { oneHot } from '../one-hot.ts';
import { gathered, HostRows, rowCount } from '../rows.ts';
import type { GenerateRequest } from '../trainer.ts';
import type { GeneratorPrograms } from './generators.ts';

/** Examples that one program makes at once on request. */
const CHUNK = 128;

export class Sampler {
  readonly #seed: number;
  readonly #spec: ModelSpec;
  readonly #from: AdversarialAbout['from'];
  readonly #dataset: Pick<Dataset, 'info' | 'read'>;
  #shown: Promise<Batch> | null = null;

  constructor(
    { training }: ResolvedConfig,
    spec: ModelSpec,
    from: AdversarialAbout['from'],
    dataset: Pick<Dataset, 'info' | 'read'>,
  ) {
    this.#seed = training.seed;
    this.#spec = spec;
    this.#from = from;
    this.#dataset = dataset;
  }

  /** Of the same latents, or of the same examples of the dataset, throughout a run. `fade` as in the step. */
  async preview(programs: GeneratorPrograms, fade: HostTensorMap, request: SampleRequest): Promise<SampleSet> {
    return this.#from === 'latent'
      ? { examples: await this.#latentPreview(programs, fade, request), sources: null, wanted: null }
      : this.#sourcePreview(programs, fade, request);
  }

  /** Classes come in order, again and again; each row is one generator's, in turn. */
  #latentPreview(programs: GeneratorPrograms, fade: HostTensorMap, request: SampleRequest): Promise<HostTensor> {
    const { count, columns } = request;
    const byRow = (at: number) => Math.floor(at / columns) % this.#spec.generators;
    const all = { count, labels: null, seed: this.#seed };
    return this.#fromLatents(programs, fade, all, 'sample grid', byRow, count);
  }

  async #sourcePreview(programs: GeneratorPrograms, fade: HostTensorMap, { count }: SampleRequest): Promise<SampleSet> {
    const { size } = this.#dataset.info;
    this.#shown ??= this.#dataset.read(
      Array.from({ length: count }, (_, i) => (Number.isFinite(size) ? Math.floor((i * size) / count) : i)),
    );
    const batch = await this.#shown;
    const { examples, reduced } = await programs.make(0, { ...batchInputs(batch, this.#spec), ...fade });
    return { examples, sources: reduced ?? batch.sources, wanted: batch.examples };
  }

  /**
   * On request, by the generators in turn. Where examples are made from sources, those of the dataset in
   * their order from one that the seed decides. Without labels classes come in turn.
   */
  async generate(programs: GeneratorPrograms, fade: HostTensorMap, request: GenerateRequest): Promise<HostTensor> {
    if (this.#from === 'latent') {
      return this.#fromLatents(programs, fade, request, 'generate', (at) => at % this.#spec.generators, CHUNK);
    }
    const { size } = this.#dataset.info;
    const rows = new HostRows(request.count);
    for (let first = 0; first < request.count; first += CHUNK) {
      const indices = Array.from({ length: Math.min(CHUNK, request.count - first) }, (_, i) => {
        const position = request.seed * request.count + first + i;
        return Number.isFinite(size) ? position % size : position;
      });
      const batch = await this.#dataset.read(indices);
      const { examples } = await programs.make(0, { ...batchInputs(batch, this.#spec), ...fade });
      rows.put(examples, (i) => first + i);
    }
    return rows.tensor;
  }

  async #fromLatents(
    programs: GeneratorPrograms,
    fade: HostTensorMap,
    { count, labels, seed }: GenerateRequest,
    stream: string,
    generatorOf: (at: number) => number,
    chunk: number,
  ): Promise<HostTensor> {
    const { latentSize, classes, generators } = this.#spec;
    const latents: HostTensor = {
      dtype: 'float32',
      shape: [count, latentSize],
      data: normals(seed, stream, count * latentSize),
    };
    const rows = new HostRows(count);
    for (let which = 0; which < generators; which++) {
      const own = Array.from({ length: count }, (_, at) => at).filter((at) => generatorOf(at) === which);
      for (let first = 0; first < own.length; first += chunk) {
        const places = own.slice(first, first + chunk);
        const chosen = places.map((at) => labels?.[at] ?? at % classes);
        const { examples } = await programs.make(which, {
          latent: gathered(latents, places),
          ...(classes > 0 && { labels: oneHot(chosen, classes) }),
          ...fade,
        });
        if (rowCount(examples) !== places.length) throw new Error('a generator made another number than asked for');
        rows.put(examples, (i) => places[i] ?? 0);
      }
    }
    return rows.tensor;
  }
}
