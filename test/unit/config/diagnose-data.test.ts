import { type Case, chapter, checkCases, configBesideData, digits } from './diagnose-cases.ts';

const cases: readonly Case[] = [
  {
    what: 'a path for drawn digits',
    text: `{${chapter}, "data": {"source": "digits", «"path"»: "images"}}`,
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "digits"}}`,
  },
  {
    what: 'labels beside a folder',
    text: `{"model": {"architecture": "dcgan"}, "data": {"source": "folder", "path": "images", «"labels"»: "labels.idx", "imageSize": 32}, "training": {"batchSize": 2}}`,
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: `{"model": {"architecture": "dcgan"}, "data": {"source": "folder", "path": "images", "imageSize": 32}, "training": {"batchSize": 2}}`,
  },
  ...['idx', 'folder', 'tar', 'zip', 'table', 'npz', 'cifar-10'].map((source) => ({
    what: `no path where ${source} needs one`,
    text: `{${chapter}, "data": {"source": «"${source}"»}}`,
    code: 'data/no-path',
  })),
  {
    what: 'columns of a folder',
    text: `{${chapter}, "data": {"source": "folder", "path": "images", «"columns"»: {"label": "kind"}}, "training": {"batchSize": 2}}`,
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize": 2}}`,
  },
  {
    what: 'a column of images of a tar archive',
    text: `{${chapter}, "data": {"source": "tar", "path": "a.tar", "columns": {«"image"»: "jpg", "label": "kind"}}}`,
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "tar", "path": "a.tar", "columns": {"label": "kind"}}}`,
  },
  {
    what: 'a range of pixels of a folder',
    text: `{${chapter}, "data": {"source": "folder", "path": "images", «"pixelRange"»: [0, 1]}, "training": {"batchSize": 2}}`,
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize": 2}}`,
  },
  {
    what: 'white below black',
    text: `{${chapter}, "data": {"source": "npz", "path": "x.npz", «"pixelRange"»: [1, -1]}}`,
    code: 'data/pixel-range',
    fixed: `{${chapter}, "data": {"source": "npz", "path": "x.npz", "pixelRange": [-1,1]}}`,
  },
  {
    what: 'an input of another architecture',
    text: `{${chapter}, "data": {"source": "digits", «"input"»: "edges"}}`,
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: `{${chapter}, ${digits}}`,
  },
  {
    what: 'a folder of inputs that is not named',
    text: '{"model": {"architecture": "image-to-image"}, "data": {"source": "folder", "path": "images", "input": «"folder"»}}',
    code: 'data/no-input-path',
  },
  {
    what: 'a folder of inputs that is not read',
    text: '{"model": {"architecture": "image-to-image"}, "data": {"source": "digits", «"inputPath"»: "inputs"}}',
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: '{"model": {"architecture": "image-to-image"}, "data": {"source": "digits"}}',
  },
  {
    what: 'mirrored digits',
    text: `{${chapter}, "data": {"source": "digits", "augment": {"flip": «true»}}}`,
    code: 'data/flipped-digits',
    severity: 'info',
    choices: [`{${chapter}, "data": {"source": "digits", "augment": {"flip": false}}}`],
  },
  {
    what: 'a path that is not there',
    text: `{${chapter}, "data": {"source": "folder", "path": «"./imges"»}, "training": {"batchSize": 2}}`,
    code: 'data/missing',
    fixed: `{${chapter}, "data": {"source": "folder", "path": "./images"}, "training": {"batchSize": 2}}`,
  },
  {
    what: 'a path like no other',
    text: `{${chapter}, "data": {"source": "folder", "path": «"./elsewhere"»}}`,
    code: 'data/missing',
  },
  {
    what: 'a labels file that is not there',
    text: `{${chapter}, "data": {"source": "idx", "path": "images.idx", "labels": «"label.idx"»}}`,
    code: 'data/missing',
    fixed: `{${chapter}, "data": {"source": "idx", "path": "images.idx", "labels": "labels.idx"}}`,
  },
  {
    what: 'a folder that is said to be an IDX file',
    text: `{${chapter}, "data": {"source": "idx", "path": «"images"»}, "training": {"batchSize": 2}}`,
    code: 'data/not-a-file',
    fixed: `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize": 2}}`,
  },
  {
    what: 'an IDX file that is said to be a folder',
    text: `{${chapter}, "data": {"source": "folder", "path": «"images.idx"»}}`,
    code: 'data/not-a-folder',
    fixed: `{${chapter}, "data": {"source": "idx", "path": "images.idx"}}`,
  },
  {
    what: 'images and labels in each other’s place',
    text: `{${chapter}, "data": {"source": "idx", "path": «"labels.idx"», "labels": "images.idx"}}`,
    code: 'data/labels-as-images',
    fixed: `{${chapter}, "data": {"source": "idx", "path": "images.idx", "labels": "labels.idx"}}`,
  },
  {
    what: 'labels of another dataset',
    text: `{${chapter}, "data": {"source": "idx", "path": "images.idx", "labels": «"few-labels.idx"»}}`,
    code: 'data/label-count',
  },
  {
    what: 'a file that is no IDX file',
    text: `{${chapter}, "data": {"source": "idx", "path": «"notes.txt"»}}`,
    code: 'data/wrong-magic',
  },
  {
    what: 'images of several sizes',
    text: `{"model": {"architecture": "dcgan"}, "data": {"source": "folder", "path": «"mixed"»}, "training": {"batchSize": 2}}`,
    code: 'data/mixed-sizes',
    fixed: `{"model": {"architecture": "dcgan"}, "data": {"source": "folder", "path": "mixed", "imageSize": 64}, "training": {"batchSize": 2}}`,
  },
  {
    what: 'images of several sizes that may not be resized',
    text: `{${chapter}, "data": {"source": "folder", "path": "mixed", "resize": «"refuse"»}, "training": {"batchSize": 2}}`,
    code: 'data/mixed-sizes',
  },
  {
    what: 'a batch larger than the dataset',
    text: `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize": «64»}}`,
    code: 'training/batch-size',
    fixed: `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize": 2}}`,
  },
  {
    what: 'batches of several discriminator steps that are larger than the dataset',
    text: `{${chapter}, "data": {"source": "idx", "path": "images.idx"}, "objective": {"discriminatorSteps": 5}, "training": {"batchSize": «64»}}`,
    code: 'training/batch-size',
    fixed: `{${chapter}, "data": {"source": "idx", "path": "images.idx"}, "objective": {"discriminatorSteps": 5}, "training": {"batchSize": 32}}`,
  },
  {
    what: 'a default batch larger than the dataset',
    text: `{${chapter}, "data": {"source": "folder", "path": «"images"»}}`,
    code: 'training/batch-size',
    fixed: `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize":2}}`,
  },
  {
    what: 'images enlarged beyond what they hold',
    text: `{${chapter}, "data": {"source": "idx", "path": "images.idx", "imageSize": «128»}}`,
    code: 'data/enlarged',
    severity: 'info',
  },
];

describe('diagnose, of data,', () => checkCases('meaning', cases, configBesideData()));
