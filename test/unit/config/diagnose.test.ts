import assert from 'node:assert/strict';
import { join } from 'node:path';
import { applyEdits } from 'jsonc-parser';
import { type Diagnostic, diagnose } from '../../../sidecar/config/diagnose.ts';
import { formatDiagnostic } from '../../../sidecar/config/format-diagnostics.ts';
import { idx, idxLabels, pngHeader, tempFolder } from './temp-folder.ts';

interface Case {
  readonly what: string;
  /** The place of the diagnostic stands between « and ». */
  readonly text: string;
  readonly code: string;
  readonly severity?: Diagnostic['severity'];
  readonly layer?: Diagnostic['layer'];
  /** Text after the one right fix. */
  readonly fixed?: string;
  /** Texts after each choice. */
  readonly choices?: readonly string[];
}

const digits = '"data": {"source": "digits"}';
const chapter = '"model": {"architecture": "chapter-mlp-conv"}';
/** A device that this platform never has. */
const foreign = process.platform === 'win32' ? 'coreml' : 'dml';

const schemaCases: readonly Case[] = [
  { what: 'nothing at all', text: '«»', code: 'json/empty' },
  { what: 'a comment only', text: '«/»/ later', code: 'json/empty' },
  { what: 'a stray comma', text: '«,»', code: 'json/syntax' },
  { what: 'a missing comma', text: `{${chapter} «"data"»: {"source": "digits"}}`, code: 'json/syntax' },
  { what: 'text that ends early', text: `{${chapter}, ${digits}«»`, code: 'json/syntax' },
  { what: 'text after the end', text: `{${chapter}, ${digits}} «,»`, code: 'json/syntax' },
  {
    what: 'a key that comes twice',
    text: `{«"device"»: "cpu", "device": "auto", ${chapter}, ${digits}}`,
    code: 'json/duplicate-key',
    severity: 'warning',
  },
  { what: 'a list', text: '«[»]', code: 'config/type' },
  { what: 'no groups', text: '«{»}', code: 'config/missing-key' },
  { what: 'a group without its needed key', text: `{«"model"»: {}, ${digits}}`, code: 'config/missing-key' },
  {
    what: 'a mistyped key',
    text: `{"model": {"architecture": "dcgan", «"latentsiz"»: 64}, ${digits}}`,
    code: 'config/unknown-key',
    fixed: `{"model": {"architecture": "dcgan", "latentSize": 64}, ${digits}}`,
  },
  {
    what: 'a key in another style',
    text: `{${chapter}, ${digits}, "training": {«"batch_size"»: 64}}`,
    code: 'config/unknown-key',
    fixed: `{${chapter}, ${digits}, "training": {"batchSize": 64}}`,
  },
  {
    what: 'a key in the wrong group',
    text: `{${chapter}, ${digits}, "training": {"steps": 9}, "monitor": {"logEvery": 5, «"seed"»: 1}}`,
    code: 'config/unknown-key',
    fixed: `{${chapter}, ${digits}, "training": {"steps": 9, "seed": 1}, "monitor": {"logEvery": 5}}`,
  },
  { what: 'a key that is like no other', text: `{${chapter}, ${digits}, «"weather"»: 1}`, code: 'config/unknown-key' },
  { what: 'a key named __proto__', text: `{${chapter}, ${digits}, «"__proto__"»: {}}`, code: 'config/unknown-key' },
  {
    what: 'a mistyped word',
    text: `{"model": {"architecture": «"DC-GAN"»}, ${digits}}`,
    code: 'config/value',
    fixed: `{"model": {"architecture": "dcgan"}, ${digits}}`,
  },
  {
    what: 'a word that is none of the list',
    text: `{${chapter}, ${digits}, "device": «"abacus"»}`,
    code: 'config/value',
  },
  { what: 'a number where a word belongs', text: `{${chapter}, ${digits}, "device": «7»}`, code: 'config/value' },
  {
    what: 'a number that is none of the list',
    text: `{${chapter}, "data": {"source": "digits", "channels": «2»}}`,
    code: 'config/value',
  },
  {
    what: 'text where a number belongs',
    text: `{${chapter}, ${digits}, "training": {"steps": «"10"»}}`,
    code: 'config/type',
  },
  { what: 'a fraction of a step', text: `{${chapter}, ${digits}, "training": {"steps": «1.5»}}`, code: 'config/type' },
  {
    what: 'a number beyond numbers',
    text: `{${chapter}, ${digits}, "training": {"seed": «1e999»}}`,
    code: 'config/type',
  },
  { what: 'a number too small', text: `{${chapter}, ${digits}, "training": {"batchSize": «0»}}`, code: 'config/range' },
  { what: 'a number too large', text: `{${chapter}, ${digits}, "monitor": {"gridSize": «17»}}`, code: 'config/range' },
  {
    what: 'a learning rate of nothing',
    text: `{${chapter}, ${digits}, "optimizer": {"generator": {"learningRate": «0»}}}`,
    code: 'config/range',
  },
  {
    what: 'a decay of one',
    text: `{${chapter}, ${digits}, "optimizer": {"generator": {"beta1": «1»}}}`,
    code: 'config/range',
  },
  {
    what: 'a mistyped word in a list',
    text: `{${chapter}, ${digits}, "augmentation": {"operations": ["cutout", «"colour"»]}}`,
    code: 'config/value',
    fixed: `{${chapter}, ${digits}, "augmentation": {"operations": ["cutout", "color"]}}`,
  },
  {
    what: 'a word where a list belongs',
    text: `{${chapter}, ${digits}, "augmentation": {"operations": «"cutout"»}}`,
    code: 'config/type',
  },
  {
    what: 'a word twice in a list',
    text: `{${chapter}, ${digits}, "augmentation": {«"operations"»: ["cutout", "cutout"]}}`,
    code: 'config/value',
  },
  {
    what: 'a mistyped key deep inside',
    text: `{${chapter}, ${digits}, "objective": {"penalties": {«"R1"»: 1}}}`,
    code: 'config/unknown-key',
    fixed: `{${chapter}, ${digits}, "objective": {"penalties": {"r1": 1}}}`,
  },
  { what: 'a name that is no folder name', text: `{"name": «"a/b"», ${chapter}, ${digits}}`, code: 'config/value' },
  {
    what: 'a path of no letters',
    text: `{${chapter}, "data": {"source": "folder", "path": «""»}}`,
    code: 'config/value',
  },
];

const meaningCases: readonly Case[] = [
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
  {
    what: 'the minimax loss',
    text: `{${chapter}, ${digits}, "objective": {"loss": «"minimax"»}}`,
    code: 'objective/minimax',
    severity: 'info',
    choices: [`{${chapter}, ${digits}, "objective": {"loss": "non-saturating"}}`],
  },
  ...['idx', 'folder', 'tar', 'table', 'npz', 'cifar-10'].map((source) => ({
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
    what: 'images enlarged beyond what they hold',
    text: `{${chapter}, "data": {"source": "idx", "path": "images.idx", "imageSize": «128»}}`,
    code: 'data/enlarged',
    severity: 'info',
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

describe('diagnose', () => {
  const folder = tempFolder();
  const file = join(folder.path, 'gan.config.json');

  before(() => {
    for (const name of ['images/a.png', 'images/b.png', 'images/c.png', 'mixed/a.png']) {
      folder.write(name, pngHeader(28, 28));
    }
    folder.write('mixed/b.png', pngHeader(40, 30));
    folder.write('large/a.png', pngHeader(100, 100));
    folder.write('images.idx', idx(200, 28, 28));
    folder.write('labels.idx', idxLabels(200));
    folder.write('few-labels.idx', idxLabels(20));
    folder.write('one-class.idx', idx(200));
    folder.write('notes.txt', 'These are notes, not images.');
  });
  after(() => folder.remove());

  const check = (layer: Diagnostic['layer'], test: Case) =>
    it(`says ${test.code} of ${test.what}`, async () => {
      const offset = test.text.indexOf('«');
      const length = test.text.indexOf('»') - offset - 1;
      const text = test.text.replace(/[«»]/g, '');
      const all = await diagnose(text, file);
      const found = all.find(({ code }) => code === test.code);
      assert.ok(found, `found ${JSON.stringify(all)}`);
      const expected = { offset, length, layer, severity: test.severity ?? 'error', line: 1, column: offset + 1 };
      const { offset: foundOffset, length: foundLength, layer: foundLayer, severity, line, column } = found;
      assert.deepEqual(
        { offset: foundOffset, length: foundLength, layer: foundLayer, severity, line, column },
        expected,
      );
      assert.doesNotMatch(found.message, /\n/);

      const edited = (fix: NonNullable<Diagnostic['fix']>) =>
        applyEdits(
          text,
          fix.edits.map(({ text: content, ...place }) => ({ ...place, content })),
        );
      assert.equal(found.fix && edited(found.fix), test.fixed);
      assert.deepEqual(found.choices?.map(edited), test.choices);
      for (const fix of [...(found.fix ? [found.fix] : []), ...(found.choices ?? [])]) {
        const rest = await diagnose(edited(fix), file);
        assert.ok(!rest.some(({ code }) => code === test.code), `${fix.title} leaves ${test.code}`);
      }
    });

  for (const test of schemaCases) check('schema', test);
  for (const test of meaningCases) check('meaning', test);

  const sound = {
    'the least there is': `{${chapter}, ${digits}}`,
    'comments and trailing commas': `// why\n{${chapter}, /* and */ ${digits}, "training": {"steps": 5,},}`,
    'images of a folder': `{${chapter}, "data": {"source": "folder", "path": "./images/"}, "training": {"batchSize": 2}}`,
    'a GPU that falls back to the CPU': `{${chapter}, ${digits}, "device": "webgpu", "deviceFallback": "cpu"}`,
    'labelled IDX files':
      '{"model": {"architecture": "chapter-deep"}, "data": {"source": "idx", "path": "images.idx", "labels": "labels.idx"}}',
  };
  for (const [what, text] of Object.entries(sound)) {
    it(`says nothing of ${what}`, async () => assert.deepEqual(await diagnose(text, file), []));
  }

  it('reports independent mistakes together, in the order of the text', async () => {
    const text = `{\n  "model": {"architecture": "dcgan", "latentSize": -1},\n  "data": {"source": "folder", "path": "gone"},\n  "divice": "cpu"\n}`;
    const found = await diagnose(text, file);
    assert.deepEqual(
      found.map((diagnostic) => formatDiagnostic('f', diagnostic).split(' ').slice(0, 3).join(' ')),
      ['f:2:52 error config/range', 'f:3:40 error data/missing', 'f:4:3 error config/unknown-key'],
    );
  });

  it('goes on checking the meaning of what is sound in broken text', async () => {
    const found = await diagnose(
      `{${chapter}, "data": {"source": "folder", "path": "gone"}, "training": {"steps": }}`,
      file,
    );
    assert.deepEqual(
      found.map(({ code }) => code),
      ['data/missing', 'json/syntax'],
    );
  });

  it('refuses text that no config has: too deep, too large', async () => {
    const deep = await diagnose('{"a":'.repeat(200_000), file);
    assert.deepEqual(
      deep.map(({ code, offset }) => [code, offset]),
      [['json/too-deep', 500]],
    );
    const large = await diagnose(`${' '.repeat(2_000_000)}{}`, file);
    assert.deepEqual(
      large.map(({ code }) => code),
      ['json/too-large'],
    );
  });

  it('keeps comments and layout when it fixes', async () => {
    const text =
      '{\n\t// the networks\n\t"model": {\n\t\t"architecture": "chapter-deep",\n\t\t"baseChannels": 64 // wide\n\t},\n\t"data": {"source": "digits"}\n}\n';
    const [found] = await diagnose(text, file);
    const edits = found!.fix!.edits.map(({ text: content, ...place }) => ({ ...place, content }));
    const fixed = applyEdits(text, edits);
    assert.match(fixed, /\t\/\/ the networks\n\t"model": \{\n\t\t"architecture": "chapter-deep"/);
    assert.deepEqual(await diagnose(fixed, file), []);
  });
});
