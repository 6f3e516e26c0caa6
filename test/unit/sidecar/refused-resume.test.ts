import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createEngine } from '../../../sidecar/engine/index.ts';
import { connectToRun } from '../../../sidecar/runs/connection.ts';
import { RunReader } from '../../../sidecar/runs/reader.ts';
import { TrainingControl } from '../../../sidecar/session/control.ts';
import { runTraining } from '../../../sidecar/session/run-training.ts';
import { writeImage } from '../data/fixtures.ts';
import { emptyFolder, removeFolders } from '../runs/fixtures.ts';
import { killAll, startProgram, startSidecar, writeTinyConfig } from './fixtures.ts';

/** What says what the processes did; everything else is the run. */
const LOGS: ReadonlySet<string> = new Set(['log.txt', 'output.log']);

/** Path and SHA-256 of every file of a run but its logs. */
async function contentOf(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !LOGS.has(entry.name));
  const sums = files.map(async ({ parentPath, name }) => {
    const file = join(parentPath, name);
    return [
      file,
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ] as const;
  });
  return Object.fromEntries((await Promise.all(sums)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('A resume that is refused', () => {
  let folder: string;
  let directory: string;
  let whole: Record<string, string>;

  /** Trains eight steps on a folder of images. */
  before(async () => {
    folder = await emptyFolder();
    directory = join(folder, 'run');
    const config = await writeTinyConfig(folder);

    for (const name of ['a', 'b', 'c', 'd'])
      await writeImage(join(folder, 'images', `${name}.png`), 32, 32, [9, 200, 30]);
    const data = ['--set', 'data.source=folder', '--set', `data.path=${join(folder, 'images')}`];
    const options = [
      ...data,
      '--set',
      'training.steps=8',
      '--set',
      'data.imageSize=32',
      '--set',
      'training.batchSize=2',
    ];
    const sidecar = await startSidecar('train', '--config', config, '--run-dir', directory, ...options);
    assert.deepEqual(await sidecar.end, { code: 0, stdout: '', stderr: '' });
    whole = await contentOf(directory);
  });
  after(async () => {
    killAll();
    await removeFolders();
  });

  const longer = ['--set', 'training.steps=12'];

  for (const [what, options, message] of [
    ['another width', ['--set', 'model.baseChannels=8'], /does not fit this config/],
    ['another image size', ['--set', 'data.imageSize=64'], /does not fit this config/],
    ['another architecture', ['--set', 'model.architecture=resnet'], /./],
    ['another batch size', ['--set', 'training.batchSize=3'], /training\.batchSize was 2 and is now 3/],
    ['another seed', ['--set', 'training.seed=9'], /training\.seed was 3 and is now 9/],
    ['a device that is not there', ['--device', 'coreml'], /./],
    ['data that are not there', ['--set', 'data.path=nowhere'], /does not exist/],
    ['a value that is none', ['--set', 'training.steps=-1'], /training\.steps/],
    ['threads that are none', ['--threads', 'many'], /threads/],
    ['a checkpoint that is not there', ['--checkpoint', '3'], /3/],
  ] as const) {
    for (const [program, entry, args] of [
      ['the command line', 'sidecar/cli.ts', (run: string) => ['resume', run]],
      ['the editor’s process', 'sidecar/sidecar.ts', (run: string) => ['resume', '--run-dir', run]],
    ] as const) {
      it(`leaves the run as it was: ${what}, from ${program}`, async () => {
        const refused = await startProgram(entry, [...args(directory), ...longer, ...options], folder);
        const { code, stderr } = await refused.end;
        assert.notEqual(code, 0);
        assert.match(stderr, message);
        assert.deepEqual(await contentOf(directory), whole);
      });
    }
  }

  it('leaves the run as it was: data that have moved', async () => {
    await rename(join(folder, 'images'), join(folder, 'elsewhere'));
    const { code, stderr } = await (await startSidecar('resume', '--run-dir', directory, ...longer)).end;
    await rename(join(folder, 'elsewhere'), join(folder, 'images'));
    assert.equal(code, 3, stderr);
    assert.deepEqual(await contentOf(directory), whole);
  });

  it('leaves the run as it was: stopped over the socket before its first step', async () => {
    const control = new TrainingControl();
    const outcome = await runTraining(
      { kind: 'resume', runDirectory: directory, overrides: ['training.steps=12'], checkpoint: null },
      control,
      {},
      {
        async openEngine(id) {
          const connection = await connectToRun(directory, 'test');
          connection.request('stop').catch(() => {});
          while (!control.stopRequested) await setImmediate();
          return createEngine(id);
        },
      },
    );
    assert.deepEqual([outcome.record.state, outcome.error], ['stopped', null]);
    assert.deepEqual(await contentOf(directory), whole);
  });

  it('does not keep the run from going on afterwards', async () => {
    const { code, stderr } = await (await startSidecar('resume', '--run-dir', directory, ...longer)).end;
    assert.equal(code, 0, stderr);
    const { run, metrics } = await new RunReader(directory).snapshot();
    assert.deepEqual([run.state, run.step, run.steps], ['finished', 12, 12]);
    assert.deepEqual(
      metrics.map((row) => row.step),
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    assert.equal(JSON.parse(await readFile(join(directory, 'config.json'), 'utf8')).training.steps, 12);
  });
});
