import assert from 'node:assert/strict';
import { once } from 'node:events';
import { access, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { presetList } from '../../../sidecar/config/preset-list.ts';
import { loadLatestCheckpoint } from '../../../sidecar/runs/checkpoint.ts';
import { connectToRun } from '../../../sidecar/runs/connection.ts';
import { listRuns, RunReader } from '../../../sidecar/runs/reader.ts';
import { exitCodeOf } from '../../../sidecar/terms/exit-codes.ts';
import { needs, posix } from '../conditions.ts';
import { pngHeader } from '../config/temp-folder.ts';
import { emptyFolder, openWriter, record, removeFolders, row } from '../runs/fixtures.ts';
import { fileOf, killAll, startProgram, writeTinyConfig } from '../sidecar/fixtures.ts';

describe('gan', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await emptyFolder();
    await writeTinyConfig(folder);
  });
  afterEach(async () => {
    killAll();
    await removeFolders();
  });

  const start = (...args: readonly string[]) => startProgram('sidecar/cli.ts', args, folder);
  const gan = async (...args: readonly string[]) => (await start(...args)).end;
  const objects = (stdout: string) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown> & { event: string });

  it('explains itself', async () => {
    const general = await gan('--help');
    assert.equal(general.code, 0);
    for (const command of ['train', 'resume', 'new', 'presets', 'validate', 'devices', 'runs']) {
      assert.match(general.stdout, new RegExp(`^ +${command} `, 'm'));
      const { code, stdout } = await gan(command, '--help');
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`^Usage: gan ${command}`));
    }
    assert.match(general.stdout, /^ +130 +stopped by Ctrl-C, with a checkpoint$/m);
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    assert.equal((await gan('--version')).stdout, `${version}\n`);
  });

  it('trains, and tells programs one object a line', async () => {
    const { code, stdout, stderr } = await gan('train', '--json', '--seed', '9', '--set', 'training.steps=20');
    assert.deepEqual([code, stderr], [0, '']);
    const events = objects(stdout);
    const [run] = await listRuns(folder);
    const { event, run: directory, steps, seed, step } = events[0]!;
    assert.deepEqual([event, directory, steps, seed, step], ['start', run?.directory, 20, 9, 0]);
    assert.match(String(directory), /\.gan.runs.tiny.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/);
    const metrics = events.filter((object) => object.event === 'metrics');
    assert.deepEqual(
      metrics.map(({ event, ...rest }) => rest),
      await new RunReader(run!.directory).metrics(),
    );
    for (const name of ['step', 'generatorLoss', 'discriminatorLoss', 'imagesPerSecond']) {
      assert.ok(
        metrics.every((object) => Number.isFinite(object[name])),
        name,
      );
    }
    const files = (kind: string) => events.filter((object) => object.event === kind);
    assert.deepEqual(
      files('sample').map((object) => object.step),
      [0, 20],
    );
    assert.deepEqual(
      files('checkpoint').map((object) => object.step),
      [5, 10, 15, 20],
    );
    await access(String(files('sample')[1]?.file));
    assert.deepEqual(events.at(-1), {
      event: 'end',
      run: directory,
      state: 'finished',
      step: 20,
      steps: 20,
      error: null,
    });
  });

  it('prints plain lines to people without a terminal, and what to try next', async () => {
    const { code, stdout } = await gan('train', 'gan.config.json', '--run-dir', 'here', '--set', 'training.steps=3');
    assert.equal(code, 0);
    assert.match(stdout, /^Run folder: here\nTraining tiny: 3 steps on digits, CPU/);
    assert.match(stdout, /^step 3\/3 {2}\d+.* images\/s {2}loss: generator \d.*, discriminator \d/m);
    const grid = /^Last sample grid: (.+)$/m.exec(stdout)?.[1];
    assert.equal((await readFile(String(grid))).toString('latin1', 1, 4), 'PNG');
    assert.match(stdout, /^Next:$/m);

    const again = await gan('resume', 'here');
    assert.equal(again.code, 5);
    assert.match(again.stderr, /^gan: .*here is finished at step 3\. To train longer: .*--set training\.steps=6\n$/);
    const longer = await gan('resume', 'here', '--set', 'training.steps=5', '--json');
    assert.equal(longer.code, 0, longer.stderr);
    assert.deepEqual(
      (await new RunReader(join(folder, 'here')).metrics()).map(({ step }) => step),
      [1, 2, 3, 4, 5],
    );
  });

  it('trains and resumes with as many threads as it is told', async () => {
    const device = (stdout: string) => objects(stdout)[0]?.device as { name: string } | undefined;
    const trained = await gan('train', '--json', '--run-dir', 'here', '--set', 'training.steps=2', '--threads', '1');
    assert.equal(device(trained.stdout)?.name, 'CPU, 1 thread', trained.stderr);
    const resumed = await gan('resume', 'here', '--json', '--set', 'training.steps=3', '--threads', '1');
    assert.equal(device(resumed.stdout)?.name, 'CPU, 1 thread', resumed.stderr);
  });

  it('goes on from an earlier checkpoint when asked, and drops what came later', async () => {
    assert.equal((await gan('train', '--run-dir', 'here', '--set', 'training.steps=12', '--json')).code, 0);
    const refused = await gan('resume', 'here', '--checkpoint', '7');
    assert.equal(refused.code, 5);
    assert.match(refused.stderr, /no checkpoint of step 7; it has 5, 10, 12/);
    const resumed = await gan('resume', 'here', '--checkpoint', '5', '--json');
    assert.equal(resumed.code, 0, resumed.stderr);
    const events = objects(resumed.stdout);
    assert.deepEqual([events[0]?.step, events[1]?.step, events.at(-1)?.step], [5, 6, 12]);
  });

  it('stops on Ctrl-C with a checkpoint, serves the editor meanwhile, and resumes the newest run', async function () {
    needs(this, posix, 'POSIX signals');
    const running = await start('train', '--run-dir', '.gan/runs/tiny/1', '--set', 'training.steps=1000000');
    const directory = join(folder, '.gan', 'runs', 'tiny', '1');
    await fileOf(running, join(directory, 'session.json'));
    const connection = await connectToRun(directory, 'extension');
    await new Promise<void>((resolve) => connection.onNews((method) => method === 'metrics' && resolve()));
    running.process.kill('SIGINT');
    const { code, stdout } = await running.end;
    assert.equal(code, 130);
    assert.match(stdout, /Stopping after this step, with a checkpoint\./);
    const { state, step } = await new RunReader(directory).run();
    assert.equal(state, 'stopped');
    assert.equal((await loadLatestCheckpoint(directory, assert.fail))?.step, step);

    const resumed = await gan('resume', '--json', '--set', `training.steps=${step + 1}`);
    assert.deepEqual(objects(resumed.stdout).at(-1)?.state, 'finished');
  });

  it('quits at once on a second Ctrl-C', async function () {
    needs(this, posix, 'POSIX signals');
    const running = await start('train', '--run-dir', 'here', '--set', 'training.steps=1000000');
    await fileOf(running, join(folder, 'here', 'session.json'));
    const connection = await connectToRun(join(folder, 'here'), 'test');
    await connection.request('pause');
    const stopping = once(running.process.stdout!, 'data');
    running.process.kill('SIGINT');
    await stopping;
    running.process.kill('SIGINT');
    assert.equal((await running.end).code, 130);
  });

  it('says in one line what is wrong, with the exit code of its kind', async () => {
    await writeFile(
      join(folder, 'broken.gan.json'),
      '{ "model": { "architecture": "dcgan" }, "data": { "source": "digit" } }',
    );
    for (const [args, code, message] of [
      [['dance'], 2, /^gan: Unknown command "dance"\. Commands: train, .*\n$/],
      [['train', '--fast'], 2, /^gan: Unknown option '--fast'.*\n$/],
      [['train', 'nowhere.json'], 2, /^gan: .*nowhere\.json: there is no such file.*\n$/],
      [['train', 'broken.gan.json'], 2, /^\S*broken\.gan\.json:1:\d+ error \S+ .*\n$/],
      [['train', '--set', 'training.steps'], 2, /^gan: .*training\.steps.*\n$/],
      [['train', '--device', 'toaster'], 2, /^.*device.*\n$/],
      [['resume', 'nowhere'], 5, /^gan: .*nowhere holds no run.*\n$/],
      [['resume'], 5, /^gan: No unfinished run under .*\n$/],
      [['train', '--set', 'data.source=idx', '--set', 'data.path=nowhere'], 3, /^gan: .*nowhere.*\n$/],
      [['resume', 'here', '--checkpoint', 'last'], 2, /^gan: --checkpoint last: .*\n$/],
      [['train', '--threads', '0'], 2, /^gan: --threads 0: give a whole number from 1 to \d+, the cores.*\n$/],
      [['train', '--threads', '100000'], 2, /^gan: --threads 100000: .*\n$/],
      [['resume', 'here', '--threads', 'all'], 2, /^gan: --threads all: .*\n$/],
    ] as const) {
      const end = await gan(...args);
      assert.equal(end.code, code, `${args.join(' ')}: ${end.stderr}`);
      assert.match(end.stderr, message);
    }
  });

  it('tells programs of failures by an end event as well', async () => {
    const before = await gan('train', 'nowhere.json', '--json');
    assert.equal(before.code, 2);
    const [end] = objects(before.stdout);
    assert.deepEqual([end?.event, end?.run, end?.state], ['end', null, 'failed']);
    const after = await gan(
      'train',
      '--json',
      '--run-dir',
      'here',
      '--set',
      'data.source=folder',
      '--set',
      'data.path=no',
    );
    assert.equal(after.code, 3);
    const last = objects(after.stdout).at(-1);
    assert.deepEqual([last?.event, last?.run, last?.state], ['end', join(folder, 'here'), 'failed']);
    assert.match(JSON.stringify(last?.error), /"code":"data\//);
  });

  it('validates configs', async () => {
    await writeFile(
      join(folder, 'broken.gan.json'),
      '{\n  "model": { "architecture": "dcgan" },\n  "data": { "sorce": "digits" }\n}',
    );
    const good = await gan('validate');
    assert.deepEqual([good.code, good.stdout], [0, '1 config, 0 errors, 0 remarks\n']);
    const bad = await gan('validate', 'gan.config.json', 'broken.gan.json', 'nowhere.json');
    assert.equal(bad.code, 2);
    assert.match(bad.stdout, /^broken\.gan\.json:3:\d+ error \S+ .+$/m);
    assert.match(bad.stdout, /^nowhere\.json:1:1 error config\/unreadable .+$/m);
    assert.match(bad.stdout, /^3 configs, \d errors, \d remarks?s?\n$/m);
    const [first] = objects((await gan('validate', 'broken.gan.json', '--json')).stdout);
    assert.deepEqual([first?.event, first?.file, first?.line], ['diagnostic', 'broken.gan.json', 3]);
  });

  it('lists the presets', async () => {
    const { code, stdout } = await gan('presets');
    assert.equal(code, 0);
    for (const { id } of presetList) assert.match(stdout, new RegExp(`^${id} +[A-Z]`, 'm'));
    const listed = objects((await gan('presets', '--json')).stdout);
    assert.deepEqual(
      listed,
      presetList.map((preset) => ({ event: 'preset', ...preset })),
    );
  });

  it('writes a config from a preset, for images of one’s own too', async () => {
    const first = await gan('new', 'digits', '--out', 'mine.gan.json');
    assert.deepEqual([first.code, first.stdout], [0, 'Wrote mine.gan.json. Train it: gan train mine.gan.json\n']);
    const text = await readFile(join(folder, 'mine.gan.json'), 'utf8');
    assert.equal(text, await readFile('examples/digits/gan.config.json', 'utf8'));
    assert.equal((await gan('validate', 'mine.gan.json')).stdout, '1 config, 0 errors, 0 remarks\n');

    const images = join(folder, 'images');
    await mkdir(images);
    for (const name of ['a', 'b', 'c', 'd']) await writeFile(join(images, `${name}.png`), pngHeader(40, 40));
    const second = await gan('new', 'conditional-mnist', '--data', 'images', '--out', 'own.gan.json');
    assert.equal(second.code, 0, second.stderr);
    const own = await readFile(join(folder, 'own.gan.json'), 'utf8');
    assert.match(own, /"source": "folder",\s+"path": "images"/);
    const errors = objects((await gan('validate', 'own.gan.json', '--json')).stdout || '{}');
    await cp('test/unit/data/cases/stylegan-dataset.zip', join(folder, 'faces.zip'));
    await gan('new', 'conditional-mnist', '--data', 'faces.zip', '--out', 'zip.gan.json');
    const zipped = await readFile(join(folder, 'zip.gan.json'), 'utf8');
    assert.match(zipped, /"source": "zip",\s+"path": "faces\.zip"/);
    assert.ok(errors.every(({ severity }) => severity !== 'error'));
    await writeFile(join(folder, 'one.npy'), '');
    await mkdir(join(folder, 'shards'));
    await writeFile(join(folder, 'shards', 'a-0.csv'), 'path\n');
    for (const [data, source] of [
      ['one.npy', 'npz'],
      ['shards', 'table'],
      ['shards/a-*.csv', 'table'],
    ] as const) {
      const out = `${source}-${data.length}.gan.json`;
      await gan('new', 'conditional-mnist', '--data', data, '--out', out);
      assert.ok((await readFile(join(folder, out), 'utf8')).includes(`"source": "${source}"`), data);
    }
  });

  it('writes no config over another, and knows its presets', async () => {
    for (const [args, code, message] of [
      [['new', 'digits'], 2, /gan\.config\.json: it already exists; choose another with --out\.\n$/],
      [['new'], 2, /^gan: Name a preset, for example: gan new digits\. List them: gan presets\.\n$/],
      [['new', 'hinges'], 2, /^gan: Unknown preset "hinges"; did you mean "hinge"\? List them: gan presets\.\n$/],
      [['new', 'nothing-like-it'], 2, /^gan: Unknown preset "nothing-like-it"\. List them: gan presets\.\n$/],
      [
        ['new', 'hinge', '--data', 'nowhere'],
        3,
        /^gan: --data nowhere: there is no such folder or file\. Correct the path, or name digits, .*\n$/,
      ],
      [['new', 'hinge', '--out', 'no/where.json'], 2, /where\.json: its folder does not exist\.\n$/],
    ] as const) {
      const end = await gan(...args);
      assert.equal(end.code, code, `${args.join(' ')}: ${end.stderr}`);
      assert.match(end.stderr, message);
    }
  });

  it('lists runs', async () => {
    assert.match((await gan('runs')).stdout, /^No runs under .*Start one: gan train/);
    const directory = join(folder, '.gan', 'runs', 'tiny', '2026-01-31T14-05-09');
    await mkdir(directory, { recursive: true });
    const writer = await openWriter(directory);
    await writer.metrics(row(4));
    const { code, stdout } = await gan('runs');
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^state +step +losses +run\ninterrupted +4\/100 +generator 0\.2500, discriminator 2\.000 +\S+14-05-09\n$/,
    );
    const [run] = objects((await gan('runs', folder, '--json')).stdout);
    assert.deepEqual(
      [run?.event, run?.directory, run?.state, run?.startedAt, run?.lastMetrics],
      ['run', directory, 'interrupted', record.startedAt, row(4)],
    );
  });
});

describe('Exit codes', () => {
  it('follow from the group of an error code', () => {
    assert.deepEqual(
      [
        'usage',
        'config/invalid',
        'model/no-labels',
        'data/missing',
        'device/unavailable',
        'runs/in-use',
        'checkpoint/mismatch',
      ].map(exitCodeOf),
      [2, 2, 2, 3, 4, 5, 5],
    );
    assert.deepEqual(['training/not-finite', 'internal', ''].map(exitCodeOf), [1, 1, 1]);
  });
});
