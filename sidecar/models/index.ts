/** Every architecture by its name in the config. */
import type { ArchitectureName } from '../config/resolved-config.ts';
import type { Architecture } from './architecture.ts';
import { chapterDeep } from './chapter-deep.ts';
import { chapterMlpConv } from './chapter-mlp-conv.ts';
import { dcgan } from './dcgan.ts';
import { imageToImage } from './image-to-image.ts';
import { pixelcnn } from './pixelcnn.ts';
import { progressive } from './progressive.ts';
import { r3gan } from './r3gan.ts';
import { resnet } from './resnet.ts';
import { superResolution } from './super-resolution.ts';
import { vae } from './vae.ts';

export const architectures: Readonly<Record<ArchitectureName, Architecture>> = {
  'chapter-mlp-conv': chapterMlpConv,
  'chapter-deep': chapterDeep,
  dcgan,
  resnet,
  r3gan,
  progressive,
  'super-resolution': superResolution,
  'image-to-image': imageToImage,
  vae,
  pixelcnn,
};
