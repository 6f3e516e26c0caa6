import { type Case, chapter, checkCases, configBesideData, digits } from './diagnose-cases.ts';

/** A device that this platform never has. */
const foreign = process.platform === 'win32' ? 'coreml' : 'dml';

const cases: readonly Case[] = [
  {
    what: 'steps and epochs',
    text: `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"steps": 9, «"epochs"»: 1, "batchSize": 2}}`,
    code: 'training/steps-and-epochs',
    choices: [
      `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"steps": 9, "batchSize": 2}}`,
      `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"epochs": 1, "batchSize": 2}}`,
    ],
  },
  {
    what: 'steps and epochs of endless data',
    text: `{${chapter}, ${digits}, "training": {"steps": 9, «"epochs"»: 1}}`,
    code: 'training/steps-and-epochs',
    fixed: `{${chapter}, ${digits}, "training": {"steps": 9}}`,
  },
  {
    what: 'epochs of endless data',
    text: `{${chapter}, ${digits}, "training": {«"epochs"»: 5}}`,
    code: 'training/endless-epochs',
    choices: [`{${chapter}, ${digits}, "training": {"steps": 20000}}`],
  },
  {
    what: 'two intervals of grids',
    text: `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize": 2}, "monitor": {"sampleEvery": 9, «"sampleEveryEpochs"»: 1}}`,
    code: 'monitor/two-intervals',
    choices: [
      `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize": 2}, "monitor": {"sampleEvery": 9}}`,
      `{${chapter}, "data": {"source": "folder", "path": "images"}, "training": {"batchSize": 2}, "monitor": {"sampleEveryEpochs": 1}}`,
    ],
  },
  {
    what: 'grids by epochs of endless data',
    text: `{${chapter}, ${digits}, "monitor": {«"sampleEveryEpochs"»: 1}}`,
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: `{${chapter}, ${digits}, "monitor": {}}`,
  },
  {
    what: 'a key of another architecture',
    text: `{"model": {"architecture": "chapter-deep", «"baseChannels"»: 64}, ${digits}}`,
    code: 'config/ignored-key',
    severity: 'warning',
    fixed: `{"model": {"architecture": "chapter-deep"}, ${digits}}`,
  },
  {
    what: 'the minimax loss',
    text: `{${chapter}, ${digits}, "objective": {"loss": «"minimax"»}}`,
    code: 'objective/minimax',
    severity: 'info',
    choices: [`{${chapter}, ${digits}, "objective": {"loss": "non-saturating"}}`],
  },
  {
    what: 'an image size that the strides refuse',
    text: `{"model": {"architecture": "dcgan"}, "data": {"source": "digits", "imageSize": «30»}}`,
    code: 'model/image-size',
    fixed: `{"model": {"architecture": "dcgan"}, "data": {"source": "digits", "imageSize": 28}}`,
  },
  {
    what: 'images that the strides refuse as they are',
    text: `{"model": {"architecture": "dcgan"}, "data": {"source": "folder", "path": «"large"»}, "training": {"batchSize": 1}}`,
    code: 'model/image-size',
    fixed: `{"model": {"architecture": "dcgan"}, "data": {"source": "folder", "path": "large", "imageSize": 96}, "training": {"batchSize": 1}}`,
  },
  {
    what: 'a conditional model without labels',
    text: `{"model": {"architecture": "chapter-mlp-conv", "conditional": «true»}, "data": {"source": "idx", "path": "images.idx"}}`,
    code: 'model/no-labels',
    fixed: `{"model": {"architecture": "chapter-mlp-conv", "conditional": false}, "data": {"source": "idx", "path": "images.idx"}}`,
  },
  {
    what: 'a model that is conditional by default, without labels',
    text: `{"model": {"architecture": «"chapter-deep"»}, "data": {"source": "idx", "path": "images.idx"}}`,
    code: 'model/no-labels',
    fixed: `{"model": {"architecture": "chapter-deep", "conditional": false}, "data": {"source": "idx", "path": "images.idx"}}`,
  },
  {
    what: 'a conditional model of one class',
    text: `{"model": {"architecture": "chapter-mlp-conv", "conditional": «true»}, "data": {"source": "idx", "path": "images.idx", "labels": "one-class.idx"}}`,
    code: 'model/one-class',
    severity: 'warning',
    fixed: `{"model": {"architecture": "chapter-mlp-conv", "conditional": false}, "data": {"source": "idx", "path": "images.idx", "labels": "one-class.idx"}}`,
  },
  {
    what: 'a device of another platform',
    text: `{${chapter}, ${digits}, "device": «"${foreign}"»}`,
    code: 'device/other-platform',
    severity: 'warning',
    choices: [`{${chapter}, ${digits}, "device": "auto"}`, `{${chapter}, ${digits}, "device": "webgpu"}`],
  },
  {
    what: 'a CPU that falls back to itself',
    text: `{${chapter}, ${digits}, "device": "cpu", «"deviceFallback"»: "cpu"}`,
    code: 'device/needless-fallback',
    severity: 'info',
    fixed: `{${chapter}, ${digits}, "device": "cpu"}`,
  },
];

describe('diagnose, of what a config means,', () => checkCases('meaning', cases, configBesideData()));
