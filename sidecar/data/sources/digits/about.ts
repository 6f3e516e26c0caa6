import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary: 'Digits 0 to 9 that the program draws itself: grey, 28×28, labelled, endless.',
  details: 'Needs no files and no download.',
  modality: 'images',
  path: null,
  keys: [],
  idle: { path: 'source digits draws its own images', resize: 'source digits draws its own images' },
  endless: 'always',
  channels: 1,
  anySize: false,
  hasDirection: true,
  labels: null,
  files: null,
  guessed: null,
  snippets: [{ label: 'Drawn digits', description: 'No files, no download', body: { source: 'digits' } }],
};
