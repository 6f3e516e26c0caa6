import { numberStop, textStop } from '../../../terms/snippet.ts';
import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary: 'A tar archive of such images (`path`), gzipped or not.',
  details:
    'Classes are WebDataset’s (`.cls` files, or a key of `.json` files that `columns.label` names), those of ' +
    'StyleGAN’s `dataset.json`, or the folders inside.',
  modality: 'images',
  path: 'the tar archive of images',
  keys: ['columns'],
  idle: { 'columns.image': 'every image of a tar archive is read' },
  endless: 'never',
  channels: null,
  anySize: true,
  hasDirection: false,
  labels: 'sort the images into one folder a class before packing',
  files: /\.(tar|tgz|tar\.gz)$/i,
  guessed: /^/,
  snippets: [
    {
      label: 'Archive of images',
      description: 'tar or tar.gz; folders inside are classes',
      body: { source: 'tar', path: textStop(1, './images.tar'), imageSize: numberStop(2, 32) },
    },
  ],
};
