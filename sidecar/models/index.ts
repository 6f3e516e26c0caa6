/** Every architecture by its name in the config. */
import type { ArchitectureName } from '../config/resolved-config.ts';
import type { Architecture } from './architecture.ts';
import { chapterDeep } from './chapter-deep/network.ts';
import { chapterMlpConv } from './chapter-mlp-conv/network.ts';
import { dcgan } from './dcgan/network.ts';
import { imageToImage } from './image-to-image/network.ts';
import { pixelcnn } from './pixelcnn/network.ts';
import { progressive } from './progressive/network.ts';
import { r3gan } from './r3gan/network.ts';
import { resnet } from './resnet/network.ts';
import { superResolution } from './super-resolution/network.ts';
import { vae } from './vae/network.ts';

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
