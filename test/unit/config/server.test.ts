import assert from 'node:assert/strict';
import { join } from 'node:path';
import { architectureDefaults } from '../../../sidecar/config/defaults.ts';
import { merged } from '../../../sidecar/config/merged.ts';
import type { ArchitectureName } from '../../../sidecar/config/resolved-config.ts';
import { describeModel } from '../../../sidecar/models/describe.ts';
import { specOf } from '../../../sidecar/models/spec.ts';
import { bytesOf, npy } from '../data/numpy-files.ts';
import { jsonEngine } from './json-engine.ts';
import { ConfigServer } from './server-process.ts';
import { idx, idxLabels, pngHeader, tempFolder } from './temp-folder.ts';

describe('config language server', () => {
  const folder = tempFolder();
  const engine = jsonEngine();
  const file = join(folder.path, 'project', 'gan.config.json');
  let server: ConfigServer;

  before(async () => {
    folder.write('project/images.idx', idx(200, 28, 28));
    folder.write('project/labels.idx', idxLabels(200));
    folder.write('project/notes.txt', 'notes');
    for (const name of ['icons.tar', 'faces.zip', 'list.csv', 'arrays.npz', 'one.npy'])
      folder.write(`project/${name}`, 'data');
    folder.write('project/.hidden/a.png', pngHeader(8, 8));
    folder.write('project/photos/cats/a.png', pngHeader(28, 28));
    folder.write('project/photos/dogs/b.png', pngHeader(28, 28));
    folder.write('faces/c.png', pngHeader(64, 64));
    server = await ConfigServer.start(folder.path);
  });
  after(async () => {
    await server.stop();
    folder.remove();
    assert.deepEqual(server.errors, []);
  });

  const config = (data: string, model = '{"architecture": "chapter-mlp-conv"}', rest = '') =>
    `{"model": ${model}, "data": ${data}${rest}}`;
  const idxData = '{"source": "idx", "path": "images.idx", "labels": "labels.idx"}';

  describe('diagnostics', () => {
    it('sit on the value, with code and source', async () => {
      const text = config('{"source": "folder", "path": "./phots"}');
      await server.show(file, text);
      const [found, ...rest] = await server.diagnostics();
      assert.deepEqual(rest, []);
      assert.deepEqual([found?.code, found?.source, found?.severity], ['data/missing', 'gan', 1]);
      assert.equal(text.slice(found?.range.start.character, found?.range.end.character), '"./phots"');
    });

    it('follow the text as it is typed', async () => {
      await server.show(file, config(idxData));
      assert.deepEqual(await server.diagnostics(), []);
      await server.show(file, config(idxData, undefined, ', "training": {"batchSize": 500}'));
      assert.deepEqual(
        (await server.diagnostics()).map(({ code }) => code),
        ['training/batch-size'],
      );
    });

    it('follow the disk', async () => {
      await server.show(file, config('{"source": "idx", "path": "later.idx"}'));
      assert.deepEqual(
        (await server.diagnostics()).map(({ code }) => code),
        ['data/missing'],
      );
      folder.write('project/later.idx', idx(200, 28, 28));
      assert.deepEqual(await server.diagnostics(), []);
    });

    it('follow the files that a pattern stands for', async () => {
      await server.show(file, config('{"source": "table", "path": "photos/cats/part-*.csv"}'));
      const codes = async () => (await server.diagnostics()).map(({ code }) => code);
      assert.deepEqual(await codes(), ['data/no-table']);
      folder.write('project/photos/cats/part-1.csv', 'one,two\n1,2\n');
      assert.deepEqual(await codes(), ['data/no-column']);
      folder.write('project/photos/cats/part-2.csv', 'one,three\n1,2\n');
      assert.deepEqual(await codes(), ['data/shard-columns']);
    });

    it('never repeat what the JSON engine says', async () => {
      const text = config(
        '{"source": "mnst"}',
        '{"architecture": "dcgan", "latentsize": 0}',
        ', "training": {"steps": "many"}',
      );
      await server.show(file, text);
      assert.deepEqual(await server.diagnostics(), []);
      assert.equal((await engine.validate(text)).length, 3);
    });
  });

  describe('quick fixes', () => {
    it('mend what the server says', async () => {
      await server.show(file, config('{"source": "digits", "imageSize": 30}', '{"architecture": "dcgan"}'));
      const [diagnostic] = await server.diagnostics();
      const [fix, ...rest] = await server.fixes(diagnostic!);
      assert.deepEqual(rest, []);
      assert.equal(fix?.text, config('{"source": "digits", "imageSize": 28}', '{"architecture": "dcgan"}'));
      assert.equal(fix?.action.isPreferred, true);
      assert.deepEqual(fix?.action.diagnostics, [diagnostic]);
    });

    it('mend what the JSON engine says: did you mean', async () => {
      const text = config('{"source": "digits"}', '{"architecture": "dcgan", "latnetSize": 64}');
      await server.show(file, text);
      const [diagnostic] = await engine.validate(text);
      const [fix] = await server.fixes(diagnostic!);
      assert.equal(fix?.action.title, 'Change to "latentSize"');
      assert.equal(fix?.text, text.replace('latnetSize', 'latentSize'));
      assert.deepEqual(fix?.action.diagnostics, [diagnostic]);
    });

    it('offer a choice where there are two answers', async () => {
      await server.show(file, config(idxData, undefined, ', "training": {"steps": 9, "epochs": 2}'));
      const [diagnostic] = await server.diagnostics();
      const fixes = await server.fixes(diagnostic!);
      assert.deepEqual(
        fixes.map(({ action }) => [action.title, action.isPreferred]),
        [
          ['Remove "epochs"', false],
          ['Remove "steps"', false],
        ],
      );
    });
  });

  describe('completion of paths', () => {
    const labels = async (marked: string) => (await server.complete(file, marked)).map(({ label }) => label).sort();

    it('offers archives, tables and NPZ files to the sources that read them', async () => {
      const files = async (source: string) =>
        (await labels(config(`{"source": "${source}", "path": "./|"}`))).filter((label) => !label.endsWith('/'));
      assert.deepEqual(await files('tar'), ['icons.tar']);
      assert.deepEqual(await files('zip'), ['faces.zip']);
      assert.deepEqual(await files('table'), ['list.csv']);
      assert.deepEqual(await files('npz'), ['arrays.npz', 'one.npy']);
      assert.deepEqual(await labels(config('{"source": "npz", "labels": "./o|"}')), [
        'arrays.npz',
        'one.npy',
        'photos/',
      ]);
      assert.deepEqual(await files('cifar-10'), []);
    });

    it('offers folders for the inputs of image-to-image', async () =>
      assert.deepEqual(await labels(config('{"source": "folder", "inputPath": "|"}')), ['photos/']));

    it('offers folders for a folder, not files or hidden ones', async () =>
      assert.deepEqual(await labels(config('{"source": "folder", "path": "|"}')), ['photos/']));

    it('offers IDX files and folders for idx', async () => {
      const items = await labels(config('{"source": "idx", "path": "./|"}'));
      assert.deepEqual(
        items.filter((label) => label !== 'later.idx'),
        ['images.idx', 'labels.idx', 'photos/'],
      );
    });

    it('goes on inside folders and above the config', async () => {
      assert.deepEqual(await labels(config('{"source": "folder", "path": "photos/|"}')), ['cats/', 'dogs/']);
      assert.deepEqual(await labels(config('{"source": "folder", "path": "../|"}')), ['faces/', 'project/']);
    });

    it('replaces the whole value', async () => {
      const items = await server.complete(file, config('{"source": "folder", "path": "./ph|o"}'));
      assert.equal(server.accept(items[0]!), config('{"source": "folder", "path": "./photos/"}'));
    });

    it('works without quotes and in unfinished text', async () => {
      const items = await server.complete(file, '{"data": {"source": "idx", "labels": |');
      const labelsFile = items.find(({ label }) => label === 'labels.idx');
      assert.equal(server.accept(labelsFile!), '{"data": {"source": "idx", "labels": "labels.idx"');
      const open = await server.complete(file, '{"data": {"source": "folder", "path": "ph|\n}}');
      assert.equal(server.accept(open[0]!), '{"data": {"source": "folder", "path": "photos/\n}}');
    });

    it('is silent elsewhere', async () => {
      assert.deepEqual(await labels(config('{"source": "|"}')), []);
      assert.deepEqual(await labels('{"name": "|"}'), []);
      assert.deepEqual(await labels(config('{"source": "folder", "path": "nowhere/|"}')), []);
    });
  });

  describe('hover', () => {
    const described = (
      architecture: ArchitectureName,
      changes: object,
      images: { imageSize: number; channels: number },
      batch: number,
    ) => {
      const classNames = Array.from({ length: 10 }, String);
      const { imageSize, channels } = images;
      const spec = specOf(merged(architectureDefaults[architecture].model, changes), {
        shape: [imageSize, imageSize, channels],
        sourceShape: channels === 1 && architecture === 'image-to-image' ? [imageSize, imageSize, 1] : null,
        classNames,
      });
      return describeModel(architecture, spec, batch);
    };
    const counted = (name: string, { parameters }: { parameters: number }) =>
      `- ${name}: ${parameters.toLocaleString('en-US')} parameters`;

    it('counts parameters and memory at model', async () => {
      const text = (await server.hover(file, config(idxData).replace('"model"', '"mo|del"'))) ?? '';
      const { networks } = described('chapter-mlp-conv', {}, { imageSize: 28, channels: 1 }, 128);
      assert.match(text, /28×28 grey images/);
      assert.ok(text.includes(counted('Generator', networks.generator!)), text);
      assert.ok(text.includes(counted('Discriminator', networks.discriminator!)), text);
      assert.match(text, /Memory for a batch of 128: about [\d.]+ MB/);
    });

    it('takes classes, sizes and batch from the config', async () => {
      const model = '{"architecture": "dc|gan", "conditional": true, "baseChannels": 16}';
      const text = await server.hover(
        file,
        config('{"source": "digits", "imageSize": 32, "channels": 3}', model, ', "training": {"batchSize": 8}'),
      );
      const changes = { conditional: true, baseChannels: 16 };
      const { networks } = described('dcgan', changes, { imageSize: 32, channels: 3 }, 8);
      assert.match(text ?? '', /32×32 RGB images, 10 classes/);
      assert.ok(text?.includes(counted('Generator', networks.generator!)), text ?? '');
      assert.match(text ?? '', /batch of 8/);
    });

    for (const [architecture, names] of [
      ['vae', ['Encoder', 'Decoder']],
      ['pixelcnn', ['Network']],
      ['image-to-image', ['Generator', 'Discriminator']],
    ] as const) {
      it(`names the networks of ${architecture}`, async () => {
        const data = '{"source": "digits", "imageSize": 32}';
        const text = (await server.hover(file, config(data, `{"architecture": "${architecture}|"}`))) ?? '';
        const { networks } = described(architecture, {}, { imageSize: 32, channels: 1 }, 16);
        for (const [i, network] of Object.values(networks).entries())
          assert.ok(text.includes(counted(names[i] ?? '', network)), text);
      });
    }

    it('counts each of several generators', async () => {
      const model = '{"architecture": "dc|gan", "generators": 2}';
      const text = (await server.hover(file, config('{"source": "digits"}', model))) ?? '';
      assert.match(text, /- Generator 1: [\d,]+ parameters\n- Generator 2: [\d,]+ parameters\n- Discriminator: /);
    });

    it('tells what the data hold', async () => {
      const text = await server.hover(file, config(idxData.replace('"idx"', '"i|dx"')));
      assert.equal(text, '200 images of 28×28, grey, 10 classes, 157 kB on disk.');
    });

    it('tells what numbers are taken for', async () => {
      const values = Float32Array.from({ length: 128 }, (_, i) => (i % 2) - 0.5);
      folder.write('range/half.npy', npy('<f4', [2, 8, 8], bytesOf(values)));
      const text = await server.hover(file, config('{"source": "npz", "p|ath": "../range/half.npy"}'));
      assert.equal(
        text,
        '2 images of 8×8, grey, no classes, 640 B on disk.\n\n' +
          'Numbers: values from -0.5 to 0.5, black is -0.5 and white 0.5.',
      );
    });

    it('tells which files and labels are left out', async () => {
      folder.write('odd/set/cats/a.png', pngHeader(28, 28));
      folder.write('odd/set/dogs/b.png', pngHeader(28, 28));
      folder.write('odd/set/*notes*.txt', 'notes');
      const text = await server.hover(file, config('{"source": "f|older", "path": "../odd"}'));
      assert.equal(
        text,
        '2 images of 28×28, grey, no classes, 128 B on disk.\n\n' +
          'No labels: the class folders cats and dogs lie deeper, in set: let data.path name that folder.\n\n' +
          'Skipped: one file, for example set/\\*notes\\*.txt (not a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF image).',
      );
    });

    it('leaves the meaning of keys to the JSON engine', async () => {
      assert.equal(await server.hover(file, config(idxData, '{"architecture": "dcgan", "latent|Size": 64}')), null);
      const ours = (await server.hover(file, config(idxData).replace('"model"', '"mo|del"'))) ?? '';
      const theirs = await engine.hover(config(idxData).replace('"model"', '"mo|del"'));
      for (const line of theirs.split('\n').filter(Boolean)) assert.ok(!ours.includes(line), line);
    });

    it('is silent where numbers cannot be known', async () => {
      assert.equal(
        await server.hover(file, config('{"source": "folder", "path": "gone"}').replace('"model"', '"mo|del"')),
        null,
      );
      assert.equal(await server.hover(file, '{"mo|del": {}}'), null);
      assert.equal(await server.hover(file, '|'), null);
    });
  });
});
