/** Every model of the benchmark, in the order of the report, and one for machines that are too slow for them. */
import { dense } from './dense.ts';
import { modelIds } from './ids.ts';
import type { BenchModel } from './model.ts';
import { productModel } from './product.ts';
import { residual } from './residual.ts';

const models: readonly BenchModel[] = [
  productModel({
    id: 'chapter-mlp-conv',
    title: "the chapter's code: dense generator, convolutional discriminator, 28×28×1",
    architecture: 'chapter-mlp-conv',
    size: 28,
    channels: 1,
  }),
  productModel({
    id: 'chapter-deep',
    title: "the chapter's prose: ten layers a network, one-hot labels, 28×28×1",
    architecture: 'chapter-deep',
    size: 28,
    channels: 1,
  }),
  productModel({ id: 'dcgan-28', title: 'DCGAN, 28×28×1', architecture: 'dcgan', size: 28, channels: 1 }),
  productModel({ id: 'dcgan-64', title: 'DCGAN, 64×64×3', architecture: 'dcgan', size: 64, channels: 3 }),
  residual,
  dense,
  productModel({
    id: 'dcgan-64-narrow',
    title: 'DCGAN with an eighth of the channels, 64×64×3',
    architecture: 'dcgan',
    size: 64,
    channels: 3,
    baseChannels: 8,
  }),
];

export function findModel(id: string): BenchModel {
  const found = models.find((model) => model.id === id);
  if (!found) throw new Error(`No model is called ${id}; there are ${modelIds.join(', ')}.`);
  return found;
}
