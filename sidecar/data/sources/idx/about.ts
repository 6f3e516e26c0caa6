import { textStop } from '../../../terms/snippet.ts';
import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary: 'An IDX images file, gzipped or not (`path`), and its labels file (`labels`) if there is one.',
  details: '',
  modality: 'images',
  path: 'the IDX file of images',
  keys: ['labels'],
  idle: {},
  endless: 'never',
  channels: null,
  anySize: false,
  hasDirection: false,
  labels: 'name the labels file in "data.labels"',
  files: null,
  guessed: /^/,
  snippets: [
    {
      label: 'IDX files',
      description: 'Images and labels as MNIST stores them',
      body: {
        source: 'idx',
        path: textStop(1, './images-idx3-ubyte.gz'),
        labels: textStop(2, './labels-idx1-ubyte.gz'),
      },
    },
  ],
};
