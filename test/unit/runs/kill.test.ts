import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadLatestCheckpoint } from '../../../sidecar/runs/checkpoint.ts';
import { RunReader } from '../../../sidecar/runs/reader.ts';
import { buildProgram } from '../programs.ts';
import { checkpointOf, emptyFolder, grid, removeFolders, row } from './fixtures.ts';

const KILLS = 20;

/** Park and Miller's generator: the moments are the same in every run of the test. */
function* milliseconds(seed: number, most: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 48271) % 2147483647;
    yield state % most;
  }
}

describe('A run directory whose writer is killed with kill -9', () => {
  afterEach(removeFolders);

  it(`is whole at each of ${KILLS} random moments, and goes on from its newest checkpoint`, async () => {
    const directory = await emptyFolder();
    const program = await buildProgram('test/unit/runs/writer-child.ts');
    const reader = new RunReader(directory);
    const moments = milliseconds(20_260_131, 120);
    let reached = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, moments.next().value));
      child.kill('SIGKILL');
      assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);

      const { run, metrics, samples } = await reader.snapshot();
      assert.equal(run.state, 'interrupted');
      assert.deepEqual(
        metrics,
        metrics.map((_, i) => row(i + 1)),
        'rows are whole and without gaps',
      );
      const checkpoint = await loadLatestCheckpoint(directory, assert.fail);
      if (checkpoint !== null) assert.deepEqual(checkpoint, checkpointOf(checkpoint.step, 40_000));
      const step = checkpoint?.step ?? 0;
      assert.ok(step >= reached, `went back from ${reached} to ${step}`);
      assert.ok(metrics.length >= step, 'a checkpoint comes after its rows');
      reached = step;
      for (const sample of samples.slice(-3)) {
        assert.deepEqual(await readFile(join(directory, sample.file)), (await grid(sample.step)).bytes);
      }
    }
    assert.ok(reached >= 4, `only ${reached} steps were reached`);
  });
});
