import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { applyEdits } from 'jsonc-parser';
import { pack } from 'tar-stream';
import { diagnose } from '../../../sidecar/config/diagnose.ts';
import { casePath, temporaryFolder, write, writeImage } from '../data/fixtures.ts';
import { bytesOf, npy, npz } from '../data/numpy-files.ts';

interface Case {
  readonly what: string;
  /** The place of the one diagnostic stands between « and ». */
  readonly text: string;
  readonly code: string;
  readonly severity?: 'error' | 'warning' | 'info';
  /** Text after the fix. */
  readonly fixed?: string;
}

const chapter = '"model": {"architecture": "chapter-mlp-conv"}, "training": {"batchSize": 2}';
const translation = '"model": {"architecture": "image-to-image"}, "training": {"batchSize": 2}';

const cases: readonly Case[] = [
  {
    what: 'a table without the column that is named',
    text: `{${chapter}, "data": {"source": "table", "path": "t.csv", "columns": {"label": «"kind"»}}}`,
    code: 'data/no-column',
  },
  {
    what: 'a table without a column of images',
    text: `{${chapter}, "data": {"source": "table", "path": «"other.csv"»}}`,
    code: 'data/no-column',
  },
  {
    what: 'a range of pixels that a table of files has not',
    text: `{${chapter}, "data": {"source": "table", "path": "t.csv", «"pixelRange"»: [0, 1]}}`,
    code: 'data/no-numbers',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "table", "path": "t.csv"}}`,
  },
  {
    what: 'an NPZ file without the array that is named',
    text: `{${chapter}, "data": {"source": "npz", "path": "x.npz", "columns": {"image": «"pictures"»}}}`,
    code: 'data/no-array',
  },
  {
    what: 'labels of other images',
    text: `{${chapter}, "data": {"source": "npz", "path": "x.npz", "labels": «"three.npy"»}}`,
    code: 'data/label-count',
  },
  {
    what: 'numbers that fill no usual range',
    text: `{${chapter}, "data": {"source": "npz", "path": «"half.npz"»}}`,
    code: 'data/pixel-range',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "npz", "path": "half.npz", "pixelRange": [-0.5,0.5]}}`,
  },
  {
    what: 'numbers beyond the range that they should have',
    text: `{${chapter}, "data": {"source": "npz", "path": "half.npz", «"pixelRange"»: [0, 1]}}`,
    code: 'data/pixel-range',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "npz", "path": "half.npz"}}`,
  },
  {
    what: 'an NPZ file that is called an archive',
    text: `{${chapter}, "data": {"source": "tar", "path": «"x.npz"»}}`,
    code: 'data/not-a-tar',
    fixed: `{${chapter}, "data": {"source": "npz", "path": "x.npz"}}`,
  },
  {
    what: 'a zip that is called a tar archive',
    text: `{${chapter}, "data": {"source": "tar", "path": «"images.zip"»}}`,
    code: 'data/not-a-tar',
    fixed: `{${chapter}, "data": {"source": "zip", "path": "images.zip"}}`,
  },
  {
    what: 'an NPZ file that is called a zip of images',
    text: `{${chapter}, "data": {"source": "zip", "path": «"x.npz"»}}`,
    code: 'data/no-images',
    fixed: `{${chapter}, "data": {"source": "npz", "path": "x.npz"}}`,
  },
  {
    what: 'class folders one level too deep',
    text: `{${chapter}, "data": {"source": "folder", "path": «"deep/"»}}`,
    code: 'data/lost-labels',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "folder", "path": "deep/train"}}`,
  },
  {
    what: 'class folders beside loose images',
    text: `{${chapter}, "data": {"source": "folder", "path": «"mixed-depth"»}}`,
    code: 'data/lost-labels',
    severity: 'warning',
  },
  {
    what: 'labels of WebDataset whose key is not named',
    text: `{${chapter}, "data": {"source": "tar", "path": «"keyed.tar"»}}`,
    code: 'data/lost-labels',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "tar", "path": "keyed.tar", "columns": {"label":"label"}}}`,
  },
  {
    what: 'a key of WebDataset that is nowhere',
    text: `{${chapter}, "data": {"source": "tar", "path": "keyed.tar", "columns": {"label": «"colour"»}}}`,
    code: 'data/no-column',
  },
  {
    what: 'files that are no images',
    text: `{${chapter}, "data": {"source": "folder", "path": «"formats"»}}`,
    code: 'data/skipped-files',
    severity: 'info',
  },
  {
    what: 'a conditional model on a table without labels',
    text: `{"model": {"architecture": "chapter-mlp-conv", "conditional": «true»}, "training": {"batchSize": 2}, "data": {"source": "table", "path": "t.csv"}}`,
    code: 'model/no-labels',
  },
  {
    what: 'balanced classes without labels',
    text: `{${chapter}, "data": {"source": "table", "path": "t.csv", "balanceClasses": «true»}}`,
    code: 'data/no-classes',
    severity: 'warning',
    fixed: `{${chapter}, "data": {"source": "table", "path": "t.csv"}}`,
  },
  {
    what: 'one channel for stacked MNIST',
    text: `{${chapter}, "data": {"source": "stacked-mnist", "channels": «1»}}`,
    code: 'data/channels',
    fixed: `{${chapter}, "data": {"source": "stacked-mnist"}}`,
  },
  {
    what: 'inputs whose folder is nearly named',
    text: `{${translation}, "data": {"source": "folder", "path": "photos", "input": "folder", "inputPath": «"map"»}}`,
    code: 'data/missing',
    fixed: `{${translation}, "data": {"source": "folder", "path": "photos", "input": "folder", "inputPath": "maps"}}`,
  },
  {
    what: 'an image without its input',
    text: `{${translation}, "data": {"source": "folder", "path": "photos", "input": "folder", "inputPath": «"maps"»}}`,
    code: 'data/no-pair',
  },
  {
    what: 'stored inputs of a source that has no files',
    text: `{${translation}, "data": {"source": "digits", "input": «"folder"», "inputPath": "maps"}}`,
    code: 'data/input-source',
    fixed: `{${translation}, "data": {"source": "digits", "input": "edges", "inputPath": "maps"}}`,
  },
  {
    what: 'grey inputs of grey images',
    text: `{${translation}, "data": {"source": "digits", "imageSize": 32, "input": «"grey"»}}`,
    code: 'data/grey-input',
    severity: 'warning',
    fixed: `{${translation}, "data": {"source": "digits", "imageSize": 32, "input": "edges"}}`,
  },
];

describe('diagnose tells what the data say', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);

  beforeEach(async () => {
    for (const name of ['photos/a.png', 'photos/b.png', 'maps/a.png']) {
      await mkdir(dirname(at(name)), { recursive: true });
      await writeImage(at(name), 32, 32, [9]);
    }
    for (const name of ['deep', 'mixed-depth', 'formats']) await cp(casePath(name), at(name), { recursive: true });
    await cp(casePath('stylegan-dataset.zip'), at('images.zip'));
    const tar = pack();
    for (const name of ['a', 'b']) {
      tar.entry({ name: `${name}.png` }, await readFile(at(`photos/${name}.png`)));
      tar.entry({ name: `${name}.json` }, `{"label": "${name}"}`);
    }
    tar.finalize();
    await pipeline(tar, createWriteStream(at('keyed.tar')));
    await write(at('t.csv'), 'path\nphotos/a.png\nphotos/b.png\n');
    await write(at('other.csv'), 'one,two\n1,2\n');
    await write(
      at('x.npz'),
      npz({ x: npy('|u1', [2, 32, 32], bytesOf(Uint8Array.from({ length: 2048 }, (_, i) => i))) }, true),
    );
    const half = Float32Array.from({ length: 2048 }, (_, i) => (i % 2) - 0.5);
    await write(at('half.npz'), npz({ x: npy('<f4', [2, 32, 32], bytesOf(half)) }, true));
    await write(at('three.npy'), npy('|u1', [3], Uint8Array.of(0, 1, 2)));
  });

  for (const { what, text, code, severity = 'error', fixed } of cases) {
    it(what, async () => {
      const [start, end] = [text.indexOf('«'), text.indexOf('»') - 1];
      const plain = text.replace(/[«»]/g, '');
      const found = (await diagnose(plain, at('gan.config.json'))).filter(
        ({ code: other }) => !other.startsWith('config/'),
      );
      assert.deepEqual(
        found.map((one) => [one.code, one.severity]),
        [[code, severity]],
        JSON.stringify(found),
      );
      const [{ offset, length, fix }] = found as [(typeof found)[number]];
      assert.equal(plain.slice(offset, offset + length), plain.slice(start, end));
      if (fixed === undefined) return;
      assert.ok(fix, 'there is no fix');
      assert.equal(
        applyEdits(
          plain,
          fix.edits.map(({ text: content, ...edit }) => ({ ...edit, content })),
        ),
        fixed,
      );
    });
  }

  it('of a conditional model whose labels lie deeper, with both ways out', async () => {
    const text = `{"model": {"architecture": "chapter-mlp-conv", "conditional": true}, "training": {"batchSize": 2}, "data": {"source": "folder", "path": "deep"}}`;
    const found = (await diagnose(text, at('gan.config.json'))).find(({ code }) => code === 'model/no-labels');
    assert.deepEqual(
      found?.choices?.map(({ title }) => title),
      ['Set data.path to "deep/train"', 'Train without labels ("conditional": false)'],
    );
  });

  it('of labels that translations have no use for: nothing', async () => {
    const text = `{${translation}, "data": {"source": "folder", "path": "deep"}}`;
    assert.deepEqual(await diagnose(text, at('gan.config.json')), []);
  });
});
