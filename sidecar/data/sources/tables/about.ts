import { numberStop, textStop } from '../../../terms/snippet.ts';
import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary:
    'A CSV or Parquet file, a folder of several or a pattern like `train-*.parquet` (`path`), with a column of ' +
    'image files and one of labels if there is one (`columns`).',
  details: 'A Parquet file may hold the images themselves; or every other column is a pixel, k² or 3k² of them.',
  modality: 'images',
  path: 'the CSV or Parquet file, or the folder of several',
  keys: ['columns', 'pixelRange'],
  idle: {},
  endless: 'never',
  channels: null,
  anySize: false,
  hasDirection: false,
  labels: 'name the column of labels in "data.columns.label"',
  files: /\.(csv|tsv|parquet|pq)$/i,
  guessed: /^/,
  snippets: [
    {
      label: 'Table of images',
      description: 'CSV or Parquet with columns for images or pixels, and labels',
      body: { source: 'table', path: textStop(1, './images.csv'), imageSize: numberStop(2, 32) },
    },
  ],
};
