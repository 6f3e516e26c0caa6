import { numberStop, textStop } from '../../../terms/snippet.ts';
import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary: 'A folder of PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF images (`path`), told by their content.',
  details: 'Subfolders, if there are any, are the classes, unless StyleGAN’s `dataset.json` lies beside.',
  modality: 'images',
  path: 'the folder of images',
  keys: [],
  idle: {},
  endless: 'never',
  channels: null,
  anySize: true,
  hasDirection: false,
  labels: 'sort the images into one subfolder a class',
  files: null,
  guessed: /^/,
  snippets: [
    {
      label: 'Folder of images',
      description: 'PNG, JPEG, WebP and others; subfolders are classes',
      body: { source: 'folder', path: textStop(1, './images'), imageSize: numberStop(2, 32) },
    },
  ],
};
