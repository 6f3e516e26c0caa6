import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary:
    'A file of NumPy (`path`), NPZ or NPY: an array of images [n, height, width], [n, height, width, channels], ' +
    '[n, channels, height, width], or of flat ones [n, k²] or [n, 3k²], and one of labels if there is one ' +
    '(`columns`, or a file of its own, `labels`).',
  details: '',
  modality: 'images',
  path: 'the NPZ or NPY file',
  keys: ['labels', 'columns', 'pixelRange'],
  idle: {},
  endless: 'never',
  channels: null,
  anySize: false,
  hasDirection: false,
  labels: 'name the array of labels in "data.columns.label"',
  files: /\.np[yz]$/i,
  guessed: /^/,
  snippets: [],
};
