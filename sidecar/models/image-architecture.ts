/** Architectures of square images, which speak of sizes and channels where the others see shapes. */
import type {
  AdversarialArchitecture,
  Architecture,
  AutoregressiveArchitecture,
  ModelSpec,
  VariationalArchitecture,
} from './architecture.ts';

export interface ImageSpec extends ModelSpec {
  /** Height and width of the images, in pixels. */
  readonly imageSize: number;
  readonly channels: number;
  /** Channels of the image to translate from; 0 where there is none. */
  readonly inputChannels: number;
  /** Progressive growing: height and width that the networks work at now; else `imageSize`. */
  readonly resolution: number;
}

/** The spec in an image's words. @throws RangeError if its examples are not square images. */
export function imageSpec(spec: ModelSpec): ImageSpec {
  if (!isImage(spec.example)) throw new RangeError(`examples of shape [${spec.example}] are not square images`);
  const [imageSize = 0, , channels = 0] = spec.example;
  const [resolution = imageSize] = spec.stage;
  return { ...spec, imageSize, channels, inputChannels: spec.source?.[2] ?? 0, resolution };
}

type Written<A> = Omit<A, 'family' | 'examples' | 'nearestExample' | 'stages'> & {
  /** The size that fits nearest to the asked one; left out where all do. */
  nearestImageSize?(spec: ImageSpec): number;
  /** Progressive growing: every resolution that the networks work at, the last being `imageSize`. */
  resolutions?(spec: ImageSpec): readonly number[];
};

type OverImages<Family extends Architecture['family']> = Written<
  Extract<
    AdversarialArchitecture<ImageSpec> | VariationalArchitecture<ImageSpec> | AutoregressiveArchitecture<ImageSpec>,
    { family: Family }
  >
>;

const isImage = (example: readonly number[]): boolean => example.length === 3 && example[0] === example[1];

const square = (size: number, { channels }: ImageSpec): readonly number[] => [size, size, channels];

/** What holds for all families. */
function fit<A extends Written<{ refuses(spec: ImageSpec): string | null }>>(written: A) {
  const { nearestImageSize } = written;
  return {
    examples: 'images' as const,
    refuses: (spec: ModelSpec) =>
      isImage(spec.example)
        ? written.refuses(imageSpec(spec))
        : `these networks make square images, not examples of shape [${spec.example.join(', ')}]`,
    ...(nearestImageSize && {
      nearestExample(spec: ModelSpec) {
        if (!isImage(spec.example)) return spec.example;
        const image = imageSpec(spec);
        return square(nearestImageSize(image), image);
      },
    }),
  };
}

export function adversarialOverImages(written: OverImages<'adversarial'>): AdversarialArchitecture {
  const { about, head, seesBatch, resolutions, atStage, reduce, reconstruct } = written;
  return {
    ...fit(written),
    family: 'adversarial',
    about,
    ...(head && { head }),
    ...(seesBatch && { seesBatch }),
    ...(resolutions && {
      stages(spec) {
        const image = imageSpec(spec);
        return resolutions(image).map((size) => square(size, image));
      },
    }),
    ...(atStage && { atStage: (layers, example, fade, spec) => atStage(layers, example, fade, imageSpec(spec)) }),
    ...(reduce && { reduce: (layers, example, spec) => reduce(layers, example, imageSpec(spec)) }),
    generator: (layers, inputs, spec) => written.generator(layers, inputs, imageSpec(spec)),
    discriminator: (layers, inputs, spec) => written.discriminator(layers, inputs, imageSpec(spec)),
    ...(reconstruct && {
      reconstruct: (layers, features, inputs, spec) => reconstruct(layers, features, inputs, imageSpec(spec)),
    }),
  };
}

export function variationalOverImages(written: OverImages<'variational'>): VariationalArchitecture {
  return {
    ...fit(written),
    family: 'variational',
    about: written.about,
    encoder: (layers, image, condition, spec) => written.encoder(layers, image, condition, imageSpec(spec)),
    decoder: (layers, z, condition, spec) => written.decoder(layers, z, condition, imageSpec(spec)),
  };
}

export function autoregressiveOverImages(written: OverImages<'autoregressive'>): AutoregressiveArchitecture {
  const { rows } = written;
  return {
    ...fit(written),
    family: 'autoregressive',
    about: written.about,
    ...(rows && { rows: (layers, image, condition, spec) => rows(layers, image, condition, imageSpec(spec)) }),
    positions: (layers, image, rows, condition, spec) =>
      written.positions(layers, image, rows, condition, imageSpec(spec)),
    value: (layers, features, before, spec) => written.value(layers, features, before, imageSpec(spec)),
  };
}
