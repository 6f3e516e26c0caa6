import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { loadLatestCheckpoint } from '../../sidecar/runs/checkpoint.ts';
import { RunReader } from '../../sidecar/runs/reader.ts';
import { emptyFolder, removeFolders } from '../unit/runs/fixtures.ts';
import { killAll, startSidecar, writeTinyConfig } from '../unit/sidecar/fixtures.ts';

const KILLS = 20;

/** Park and Miller's generator, as fractions. */
function* fractions(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48271) % 2147483647;
    yield state / 2147483647;
  }
}

/** All that a run leaves which is not a time of day or a speed. */
async function traces(directory: string) {
  const { run, metrics, samples } = await new RunReader(directory).snapshot();
  assert.equal(run.state, 'finished');
  const checkpoint = await loadLatestCheckpoint(directory, assert.fail);
  assert.ok(checkpoint);
  return {
    metrics: metrics.map(({ seconds, imagesPerSecond, stall, ...row }) => row),
    grids: await Promise.all(
      samples.map(async ({ step, file }) => [step, (await readFile(join(directory, file))).toString('base64')]),
    ),
    step: checkpoint.step,
    images: checkpoint.images,
    tensors: checkpoint.tensors,
  };
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

describe('Training killed with kill -9', function () {
  this.timeout(600_000);
  afterEach(async () => {
    killAll();
    await removeFolders();
  });

  it(`at ${KILLS} random moments and resumed ends bit for bit as without`, async () => {
    const folder = await emptyFolder();
    const config = await writeTinyConfig(folder);
    const train = (directory: string) => startSidecar('train', '--config', config, '--run-dir', directory);
    const resume = (directory: string) => startSidecar('resume', '--run-dir', directory);

    const uninterrupted = join(folder, 'uninterrupted');
    const begin = performance.now();
    assert.equal((await (await train(uninterrupted)).end).code, 0);
    let duration = performance.now() - begin;
    const expected = await traces(uninterrupted);

    const moments = fractions(20_260_131);
    const ends: string[] = [];
    for (let kills = 0, runs = 0; kills < KILLS; runs++) {
      const directory = join(folder, `killed-${runs}`);
      for (let finished = false; !finished; ) {
        const begun = await exists(join(directory, 'run.json'));
        const sidecar = await (begun ? resume(directory) : train(directory));
        if (kills < KILLS) await Promise.race([setTimeout(duration * moments.next().value), sidecar.end]);
        const killed = kills < KILLS && sidecar.process.exitCode === null && sidecar.process.kill('SIGKILL');
        const { code, stderr } = await sidecar.end;
        finished = code === 0;
        if (finished) {
          // The machine has become faster than it was for the uninterrupted run: kill sooner.
          duration *= 0.8;
          continue;
        }
        assert.ok(killed && code === null, `ended by itself with ${code}: ${stderr}`);
        kills++;
        if (!(await exists(join(directory, 'run.json')))) continue;
        const { run, metrics } = await new RunReader(directory).snapshot();
        ends.push(`${run.state} at ${metrics.length}`);
        // The last word was written, only the process had not yet ended.
        finished = run.state === 'finished';
      }
      assert.deepEqual(await traces(directory), expected);
    }
    assert.ok(
      ends.some((end) => /interrupted at ([5-9]|\d\d)/.test(end)),
      `no kill came in the middle of training: ${ends.join(', ')}`,
    );
  });
});
