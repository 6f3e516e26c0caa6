/** Specs and formulas for the tests of architectures. */
import { architectureDefaults } from '../../../sidecar/config/defaults.ts';
import type { ArchitectureName } from '../../../sidecar/config/resolved-config.ts';
import type { ModelSpec } from '../../../sidecar/models/architecture.ts';
import { specOf } from '../../../sidecar/models/spec.ts';

/** 28×28 grey images with the architecture's defaults, and 64 base channels. */
export function defaultSpec(name: ArchitectureName, over: SpecChanges = {}): ModelSpec {
  const { imageSize = 28, channels = 1, inputChannels = name === 'image-to-image' ? 1 : 0, ...rest } = over;
  const square = (depth: number) => [imageSize, imageSize, depth];
  const images = { shape: square(channels), sourceShape: inputChannels > 0 ? square(inputChannels) : null };
  const model = { ...architectureDefaults[name].model, conditional: false, baseChannels: 64, latentSize: 100 };
  return { ...specOf(model, { ...images, classNames: null }), ...rest };
}

/** Changes of a spec of images. */
export type SpecChanges = Partial<ModelSpec> & {
  readonly imageSize?: number;
  readonly channels?: number;
  readonly inputChannels?: number;
};

/** Weights of a layer with a bias, … */
export const dense = (inputs: number, units: number) => inputs * units + units;
export const conv = (kernel: number, inputs: number, filters: number) => kernel ** 2 * inputs * filters + filters;
/** … and without. */
export const kernels = (kernel: number, inputs: number, filters: number) => kernel ** 2 * inputs * filters;
/** Scale and shift. */
export const norm = (channels: number) => 2 * channels;

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
