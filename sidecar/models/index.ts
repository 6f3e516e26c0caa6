/** Every architecture by its name in the config, in the order in which they are offered. */
import type { Architecture, ModelSpec } from './architecture.ts';
import { chapterDeep } from './chapter-deep/network.ts';
import { chapterMlpConv } from './chapter-mlp-conv/network.ts';
import { dcgan } from './dcgan/network.ts';
import { fastgan } from './fastgan/network.ts';
import { imageToImage } from './image-to-image/network.ts';
import { mlp } from './mlp/network.ts';
import { mlpAutoregressive } from './mlp-autoregressive/network.ts';
import { mlpVae } from './mlp-vae/network.ts';
import { pixelcnn } from './pixelcnn/network.ts';
import { progressive } from './progressive/network.ts';
import { r3gan } from './r3gan/network.ts';
import { refusedOption } from './refusals.ts';
import { residualVae } from './residual-vae/network.ts';
import { resnet } from './resnet/network.ts';
import { superResolution } from './super-resolution/network.ts';
import { vae } from './vae/network.ts';

const registry = {
  'chapter-mlp-conv': chapterMlpConv,
  'chapter-deep': chapterDeep,
  dcgan,
  resnet,
  r3gan,
  fastgan,
  progressive,
  'super-resolution': superResolution,
  'image-to-image': imageToImage,
  vae,
  'residual-vae': residualVae,
  pixelcnn,
  mlp,
  'mlp-vae': mlpVae,
  'mlp-autoregressive': mlpAutoregressive,
} as const satisfies Readonly<Record<string, Architecture>>;

export type ArchitectureName = keyof typeof registry;

export const architectures: Readonly<Record<ArchitectureName, Architecture>> = registry;

export const architectureNames = Object.keys(registry) as readonly ArchitectureName[];

/** Says why the networks cannot be made by this spec, or null. */
export function refusalOf(name: ArchitectureName, spec: ModelSpec): string | null {
  const architecture = architectures[name];
  return (
    architecture.refuses(spec) ?? refusedOption(name, architecture.about, { ...spec, conditional: spec.classes > 0 })
  );
}
