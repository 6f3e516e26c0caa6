/** Sample grids and images on request, whatever a generator makes them from. */
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { Batch, Dataset } from '../../data/dataset.ts';
import type { HostTensor, HostTensorMap } from '../../engine/engine.ts';
import type { AdversarialArchitecture, ModelSpec } from '../../models/architecture.ts';
import { type ImageSpec, imageSpec } from '../../models/image-architecture.ts';
import type { SampleGrid } from '../../runs/recorder.ts';
import { batchInputs } from '../batch-inputs.ts';
import { normals } from '../counter-random.ts';
import { enlarge, toGrid, withChannels } from '../grid.ts';
import { oneHot } from '../one-hot.ts';
import type { GenerateRequest } from '../trainer.ts';
import type { ImageMaker } from './images.ts';

/** Images that one program makes at once on request. */
const CHUNK = 128;

export class Sampler {
  readonly #config: ResolvedConfig;
  readonly #spec: ImageSpec;
  readonly #from: AdversarialArchitecture['from'];
  readonly #dataset: Pick<Dataset, 'info' | 'read'>;
  #shown: Promise<Batch> | null = null;

  constructor(
    config: ResolvedConfig,
    spec: ModelSpec,
    from: AdversarialArchitecture['from'],
    dataset: Pick<Dataset, 'info' | 'read'>,
  ) {
    this.#config = config;
    this.#spec = imageSpec(spec);
    this.#from = from;
    this.#dataset = dataset;
  }

  /** Of the same latents, or of the same images of the dataset, throughout a run. `fade` as in the step. */
  grid(maker: ImageMaker, fade: HostTensorMap): Promise<SampleGrid> {
    return this.#from === 'latent' ? this.#latentGrid(maker, fade) : this.#preview(maker, fade);
  }

  /** gridSize × gridSize images; classes come in order, again and again; each row is one generator's, in turn. */
  async #latentGrid(maker: ImageMaker, fade: HostTensorMap): Promise<SampleGrid> {
    const { gridSize } = this.#config.monitor;
    const count = gridSize * gridSize;
    const { seed } = this.#config.training;
    const byRow = (at: number) => Math.floor(at / gridSize) % this.#spec.generators;
    const images = await this.#fromLatents(maker, fade, { count, labels: null, seed }, 'sample grid', byRow, count);
    return toGrid(images, this.#spec.imageSize, this.#spec.channels as SampleGrid['channels'], gridSize);
  }

  /** Rows of what the generator was given, what it made and the real image, side by side. */
  async #preview(maker: ImageMaker, fade: HostTensorMap): Promise<SampleGrid> {
    const { gridSize } = this.#config.monitor;
    const { imageSize, channels, scale, inputChannels } = this.#spec;
    const columns = 3 * Math.max(1, Math.round(gridSize / 3));
    const count = (gridSize * columns) / 3;
    const { size } = this.#dataset.info;
    this.#shown ??= this.#dataset.read(
      Array.from({ length: count }, (_, i) => (Number.isFinite(size) ? Math.floor((i * size) / count) : i)),
    );
    const batch = await this.#shown;
    const { images, low } = await maker.make(0, { ...batchInputs(batch, this.#spec), ...fade });
    const given =
      low === null
        ? withChannels((batch.sources?.data as Float32Array | undefined) ?? new Float32Array(), inputChannels, channels)
        : enlarge(low, imageSize / scale, channels, scale);
    const pixels = imageSize * imageSize * channels;
    const cells = new Float32Array(3 * images.length);
    for (let i = 0; i < count; i++) {
      for (const [place, from] of [given, images, batch.examples.data as Float32Array].entries()) {
        cells.set(from.subarray(i * pixels, (i + 1) * pixels), (3 * i + place) * pixels);
      }
    }
    return toGrid(cells, imageSize, channels as SampleGrid['channels'], columns);
  }

  /**
   * Images on request, by the generators in turn. Where images are made from images, those of the
   * dataset in their order from one that the seed decides. Without labels classes come in turn.
   */
  async images(maker: ImageMaker, fade: HostTensorMap, request: GenerateRequest): Promise<Float32Array> {
    const { generators, imageSize, channels } = this.#spec;
    if (this.#from === 'latent') {
      return this.#fromLatents(maker, fade, request, 'generate', (at) => at % generators, CHUNK);
    }
    const { size } = this.#dataset.info;
    const images = new Float32Array(request.count * imageSize * imageSize * channels);
    for (let first = 0, at = 0; first < request.count; first += CHUNK) {
      const indices = Array.from({ length: Math.min(CHUNK, request.count - first) }, (_, i) => {
        const position = request.seed * request.count + first + i;
        return Number.isFinite(size) ? position % size : position;
      });
      const batch = await this.#dataset.read(indices);
      const made = await maker.make(0, { ...batchInputs(batch, this.#spec), ...fade });
      images.set(made.images, at);
      at += made.images.length;
    }
    return images;
  }

  async #fromLatents(
    maker: ImageMaker,
    fade: HostTensorMap,
    { count, labels, seed }: GenerateRequest,
    stream: string,
    generatorOf: (at: number) => number,
    chunk: number,
  ): Promise<Float32Array> {
    const { latentSize, classes, generators, imageSize, channels } = this.#spec;
    const latents = normals(seed, stream, count * latentSize);
    const pixels = imageSize * imageSize * channels;
    const images = new Float32Array(count * pixels);
    for (let which = 0; which < generators; which++) {
      const own = Array.from({ length: count }, (_, at) => at).filter((at) => generatorOf(at) === which);
      for (let first = 0; first < own.length; first += chunk) {
        const places = own.slice(first, first + chunk);
        const chosen = places.map((at) => labels?.[at] ?? at % classes);
        const inputs = {
          latent: rowsOf(latents, latentSize, places),
          ...(classes > 0 && { labels: oneHot(chosen, classes) }),
          ...fade,
        };
        const made = await maker.make(which, inputs);
        for (const [i, at] of places.entries()) {
          images.set(made.images.subarray(i * pixels, (i + 1) * pixels), at * pixels);
        }
      }
    }
    return images;
  }
}

function rowsOf(all: Float32Array, length: number, places: readonly number[]): HostTensor {
  const data = new Float32Array(places.length * length);
  for (const [i, at] of places.entries()) data.set(all.subarray(at * length, (at + 1) * length), i * length);
  return { dtype: 'float32', shape: [places.length, length], data };
}
