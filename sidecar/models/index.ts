/** Every architecture by its name in the config. */
import type { ArchitectureName } from '../config/schema.ts';
import { chapterDeep } from './chapter-deep.ts';
import { chapterMlpConv } from './chapter-mlp-conv.ts';
import { dcgan } from './dcgan.ts';
import type { Architecture } from './layers.ts';

export const architectures: Readonly<Record<ArchitectureName, Architecture>> = {
  'chapter-mlp-conv': chapterMlpConv,
  'chapter-deep': chapterDeep,
  dcgan,
};
