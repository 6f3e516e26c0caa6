/** Pictures of a run's samples, as the modality of its examples draws them. */
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { Dataset } from '../data/dataset.ts';
import { modalities } from '../modalities/index.ts';
import type { SampleRequest, SampleSet } from '../modalities/modality.ts';
import { architectures } from '../models/index.ts';
import type { Preview } from '../terms/preview.ts';

export interface Previews {
  /** What the trainer is asked to make. */
  readonly request: SampleRequest;
  preview(samples: SampleSet): Promise<Preview>;
}

export function previews({ model, monitor }: ResolvedConfig, dataset: Pick<Dataset, 'info' | 'read'>): Previews {
  const { modality: name, shape, size } = dataset.info;
  const modality = modalities[name];
  const architecture = architectures[model.architecture];
  const translates = architecture.family === 'adversarial' && architecture.about.from !== 'latent';
  const request = modality.request(monitor.gridSize, translates);
  const real = async (count: number) => {
    const indices = Array.from({ length: Math.min(count, size) }, (_, i) => i);
    return (await dataset.read(indices)).examples;
  };
  return { request, preview: (samples) => modality.preview(samples, { request, shape, real }) };
}
