import { numberStop, textStop } from '../../../terms/snippet.ts';
import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary: 'A zip archive of such images (`path`).',
  details: 'Classes are those of StyleGAN’s `dataset.json`, or the folders inside.',
  modality: 'images',
  path: 'the zip archive of images',
  keys: [],
  idle: {},
  endless: 'never',
  channels: null,
  anySize: true,
  hasDirection: false,
  labels: 'sort the images into one folder a class before packing',
  files: /\.zip$/i,
  guessed: /^/,
  snippets: [
    {
      label: 'Zip archive of images',
      description: 'Folders inside or StyleGAN’s dataset.json are classes',
      body: { source: 'zip', path: textStop(1, './images.zip'), imageSize: numberStop(2, 32) },
    },
  ],
};
