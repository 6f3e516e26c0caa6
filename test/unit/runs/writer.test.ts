import assert from 'node:assert/strict';
import { appendFile, chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { AppendFile } from '../../../sidecar/runs/append-file.ts';
import { listCheckpoints } from '../../../sidecar/runs/checkpoint.ts';
import { reserveRunDirectory, startTimeName, stepFileName, stepOfFileName } from '../../../sidecar/runs/layout.ts';
import { RunReader } from '../../../sidecar/runs/reader.ts';
import type { NewsItem } from '../../../sidecar/runs/writer.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { needs, posix, withoutRoot } from '../conditions.ts';
import { checkpointOf, config, emptyFolder, grid, openWriter, record, removeFolders, row } from './fixtures.ts';

const diskError = (pattern: RegExp) => (error: unknown) =>
  error instanceof UserError &&
  error.code === 'runs/disk' &&
  pattern.test(error.message) &&
  !error.message.includes('\n');

describe('RunWriter', () => {
  afterEach(removeFolders);

  it('writes the run directory and tells what it wrote', async () => {
    const directory = await emptyFolder();
    const news: NewsItem[] = [];
    const writer = await openWriter(directory, { onNews: (item) => news.push(item) });
    await writer.sample(0, await grid(0));
    await writer.metrics(row(1));
    await writer.checkpoint(checkpointOf(1));
    writer.log('warn', 'three images were skipped');
    await writer.finish({ state: 'finished', error: null });

    const names = (await readdir(directory)).filter((name) => !name.startsWith('events.out.tfevents.'));
    assert.deepEqual(names.sort(), ['checkpoints', 'config.json', 'log.txt', 'metrics.jsonl', 'run.json', 'samples']);
    assert.deepEqual(JSON.parse(await readFile(join(directory, 'config.json'), 'utf8')), config);
    assert.equal(await readFile(join(directory, 'metrics.jsonl'), 'utf8'), `${JSON.stringify(row(1))}\n`);
    assert.match(
      await readFile(join(directory, 'log.txt'), 'utf8'),
      /^\d{4}-\S+Z warn {2}three images were skipped\n$/,
    );
    const picture = await sharp(join(directory, 'samples', '00000000.png')).metadata();
    assert.deepEqual([picture.format, picture.width, picture.height, picture.channels], ['png', 6, 4, 1]);

    const saved = JSON.parse(await readFile(join(directory, 'run.json'), 'utf8'));
    assert.ok(Math.abs(Date.parse(saved.endedAt) - Date.now()) < 60_000);
    const { layout } = await grid(0);
    assert.deepEqual(saved, { ...record, state: 'finished', step: 1, endedAt: saved.endedAt, samples: layout });
    assert.deepEqual(
      news.map(({ method }) => method),
      ['run', 'run', 'sample', 'metrics', 'checkpoint', 'log', 'run'],
    );
  });

  it('keeps the newest checkpoints that the config asks for', async () => {
    const directory = await emptyFolder();
    const writer = await openWriter(directory);
    for (const step of [1, 2, 3, 4, 5]) await writer.checkpoint(checkpointOf(step));
    assert.deepEqual(
      (await listCheckpoints(directory)).map(({ step }) => step),
      [3, 4, 5],
    );
  });

  it('drops what came after the checkpoint when a run is resumed, torn lines and half files included', async () => {
    const directory = await emptyFolder();
    const first = await openWriter(directory);
    for (let step = 1; step <= 6; step++) {
      await first.metrics(row(step));
      await first.sample(step, await grid(step));
      if (step % 2 === 0) await first.checkpoint(checkpointOf(step));
    }
    await appendFile(join(directory, 'metrics.jsonl'), '{"step":7,"generatorLo');
    await writeFile(join(directory, '.run.json.99.tmp'), '{');
    await writeFile(join(directory, 'samples', '.00000007.png.99.tmp'), 'PNG');

    const second = await openWriter(directory, { resumedFrom: 4, record: { ...record, step: 4 } });
    await second.metrics(row(5));
    const { metrics, samples } = await new RunReader(directory).snapshot();
    assert.deepEqual(metrics, [1, 2, 3, 4, 5].map(row));
    assert.deepEqual(
      samples.map(({ step }) => step),
      [1, 2, 3, 4],
    );
    assert.deepEqual(
      (await listCheckpoints(directory)).map(({ step }) => step),
      [2, 4],
    );
    assert.ok(!(await readdir(directory)).includes('.run.json.99.tmp'));
    assert.ok(!(await readdir(join(directory, 'samples'))).includes('.00000007.png.99.tmp'));
  });

  it('writes numbers that JSON lacks as null, and reads them as NaN', async () => {
    const directory = await emptyFolder();
    const writer = await openWriter(directory);
    await writer.metrics({ ...row(1), generatorLoss: Number.POSITIVE_INFINITY });
    assert.deepEqual(await new RunReader(directory).metrics(), [{ ...row(1), generatorLoss: Number.NaN }]);
  });

  it('logs the resident memory every 100 steps', async () => {
    const directory = await emptyFolder();
    const writer = await openWriter(directory);
    for (let step = 1; step <= 250; step += 3) await writer.metrics(row(step));
    const log = await readFile(join(directory, 'log.txt'), 'utf8');
    assert.deepEqual(
      [...log.matchAll(/step (\d+): resident memory \d+ MiB/g)].map((match) => Number(match[1])),
      [100, 202],
    );
  });

  it('says in one line which file cannot be written and how to mend it', async () => {
    const directory = await emptyFolder();
    const writer = await openWriter(directory);
    await writeFile(join(directory, 'samples'), 'a file where the folder belongs');
    await assert.rejects(
      writer.sample(1, await grid(1)),
      diskError(/^Cannot create .*samples: a file is in the place of a folder/),
    );
    await rm(directory, { recursive: true });
    await assert.rejects(writer.checkpoint(checkpointOf(1)), diskError(/removed while the run wrote/));
    await assert.rejects(writer.update({ state: 'paused' }), diskError(/^Cannot write .*run\.json: .+/));
  });

  it('says that the disk is full', function () {
    needs(this, process.platform === 'linux', '/dev/full of Linux');
    const full = new AppendFile('/dev/full');
    assert.throws(() => full.append('a line\n'), diskError(/^Cannot write \/dev\/full: the disk is full\. Free/));
    full.close();
  });

  it('says that the metrics cannot be written, and keeps the rows before', async function () {
    needs(this, process.platform === 'linux', '/dev/full of Linux');
    const directory = await emptyFolder();
    await symlink('/dev/full', join(directory, 'metrics.jsonl'));
    const writer = await openWriter(directory);
    await assert.rejects(writer.metrics(row(1)), diskError(/metrics\.jsonl: the disk is full/));
  });
});

describe('Run directories', () => {
  afterEach(removeFolders);

  it('are made anew for each run, even in the same second, and kept out of git', async () => {
    const workspace = await emptyFolder();
    const now = new Date(2026, 0, 31, 14, 5, 9);
    const directories = await Promise.all([1, 2, 3].map(() => reserveRunDirectory(workspace, 'tiny', now)));
    const parent = join(workspace, '.gan', 'runs', 'tiny');
    assert.deepEqual(
      directories.sort(),
      ['', '-2', '-3'].map((suffix) => join(parent, `2026-01-31T14-05-09${suffix}`)),
    );
    assert.equal(startTimeName(now), '2026-01-31T14-05-09');
    assert.equal(await readFile(join(workspace, '.gan', '.gitignore'), 'utf8'), '*\n');
  });

  it('that cannot be made are an error of one line', async () => {
    const workspace = await emptyFolder();
    await writeFile(join(workspace, '.gan'), 'a file where the folder belongs');
    await assert.rejects(
      reserveRunDirectory(workspace, 'tiny'),
      diskError(/^Cannot create a run folder in .*not a folder/),
    );
  });

  it('that may not be made are an error of one line', async function () {
    needs(this, posix, 'POSIX file modes');
    const workspace = await emptyFolder();
    await mkdir(join(workspace, '.gan'));
    await chmod(workspace, 0o755);
    await chmod(join(workspace, '.gan'), 0o555);
    try {
      await withoutRoot(() => assert.rejects(reserveRunDirectory(workspace, 'tiny'), diskError(/permission denied/)));
    } finally {
      await chmod(join(workspace, '.gan'), 0o755);
    }
  });

  it('name files by step', () => {
    assert.equal(stepFileName(1200, '.png'), '00001200.png');
    assert.equal(stepOfFileName('00001200.png', '.png'), 1200);
    assert.equal(stepOfFileName('123456789.png', '.png'), 123_456_789);
    for (const name of ['1200.png', '.00001200.png.5.tmp', '00001200.json', 'latest.png', '0000120x.png']) {
      assert.equal(stepOfFileName(name, '.png'), null, name);
    }
  });
});
