import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { appendFile, mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Lease } from '../../../sidecar/runs/lease.ts';
import { encodeMetricsRow } from '../../../sidecar/runs/metrics-log.ts';
import { listRuns, RunReader } from '../../../sidecar/runs/reader.ts';
import type { RunChange } from '../../../sidecar/runs/run-change.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import type { MetricsRow } from '../../../sidecar/terms/run-record.ts';
import { emptyFolder, grid, openWriter, record, removeFolders, row } from './fixtures.ts';

const withCode = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;

/** Changes in order; each `next` waits for one. */
function following(reader: RunReader): { next(): Promise<RunChange>; dispose(): void } {
  const arrivals = new EventEmitter();
  const changes: RunChange[] = [];
  const follower = reader.follow((change) => {
    changes.push(change);
    arrivals.emit('change');
  });
  return {
    async next() {
      while (changes.length === 0) await once(arrivals, 'change');
      return changes.shift()!;
    },
    dispose: () => follower.dispose(),
  };
}

describe('The newest row of a run', () => {
  afterEach(removeFolders);

  it('is read from the end, of a file that no buffer could hold', async () => {
    const directory = await emptyFolder();
    const file = join(directory, 'metrics.jsonl');
    await writeFile(file, '');
    await truncate(file, 3 * 2 ** 30);
    await appendFile(file, `\n${encodeMetricsRow(row(7))}${encodeMetricsRow(row(8))}{"step":9,"sec`);
    assert.equal((await new RunReader(directory).lastMetrics())?.step, 8);
  });

  it('is found where it is longer than what is read at once, and where there is none', async () => {
    const directory = await emptyFolder();
    const file = join(directory, 'metrics.jsonl');
    assert.equal(await new RunReader(directory).lastMetrics(), null);
    await writeFile(file, '{"step":');
    assert.equal(await new RunReader(directory).lastMetrics(), null);
    const long = { ...row(3), ...Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`m${i}`, i])) };
    await writeFile(file, encodeMetricsRow(row(2)) + encodeMetricsRow(long));
    assert.equal((await new RunReader(directory).lastMetrics())?.m19999, 19_999);
  });
});

describe('RunReader', () => {
  afterEach(removeFolders);

  it('sees a run without a living process as interrupted, unless it had ended', async () => {
    const directory = await emptyFolder();
    const lease = await Lease.acquire(directory, () => {});
    const writer = await openWriter(directory);
    const reader = new RunReader(directory);
    assert.equal((await reader.run()).state, 'running');
    await lease.release();
    assert.deepEqual(await reader.run(), { ...record, state: 'interrupted' });
    await writer.finish({ state: 'stopped', error: null });
    assert.equal((await reader.run()).state, 'stopped');
  });

  it('leaves a torn last line out, and reads what is damaged around sound lines', async () => {
    const directory = await emptyFolder();
    const writer = await openWriter(directory);
    await writer.metrics(row(1));
    await appendFile(join(directory, 'metrics.jsonl'), 'garbage\n[1,2]\n{"step":"2"}\nnull\n\n');
    await writer.metrics(row(2));
    await appendFile(join(directory, 'metrics.jsonl'), '{"step":3,"seconds":0.');
    assert.deepEqual(await new RunReader(directory).metrics(), [row(1), row(2)]);
  });

  it('says what is wrong with a folder that holds no run', async () => {
    const directory = await emptyFolder();
    const reader = new RunReader(directory);
    await assert.rejects(reader.run(), withCode('runs/no-run'));
    for (const text of ['', '{', 'null', '{"version":1}', '{"version":1,"name":"a","state":"dancing"}']) {
      await writeFile(join(directory, 'run.json'), text);
      await assert.rejects(reader.run(), withCode('runs/bad-run'), text);
    }
    await writeFile(join(directory, 'run.json'), JSON.stringify({ ...record, version: 3 }));
    await assert.rejects(reader.run(), withCode('runs/other-version'));
    assert.deepEqual(await reader.metrics(), []);
    assert.deepEqual(await reader.samples(), []);
    assert.deepEqual(await reader.checkpoints(), []);
  });

  it('follows a run: a snapshot first, then what is new', async () => {
    const directory = await emptyFolder();
    const lease = await Lease.acquire(directory, () => {});
    const writer = await openWriter(directory);
    await writer.metrics(row(1));
    await writer.sample(0, await grid(0));
    const changes = following(new RunReader(directory));
    const sample = (step: number) => ({ step, file: join('samples', `0000000${step}.png`) });
    const run = { ...record, samples: (await grid(0)).layout };
    assert.deepEqual(await changes.next(), {
      type: 'snapshot',
      snapshot: {
        run: { ...record, step: 1, samples: (await grid(0)).layout },
        metrics: [row(1)],
        samples: [sample(0)],
      },
    });
    await writer.metrics(row(2));
    assert.deepEqual(await changes.next(), { type: 'metrics', rows: [row(2)] });
    const torn = JSON.stringify(row(3));
    await appendFile(join(directory, 'metrics.jsonl'), torn.slice(0, 20));
    await writer.sample(2, await grid(2));
    assert.deepEqual(await changes.next(), { type: 'samples', samples: [sample(2)] });
    await appendFile(join(directory, 'metrics.jsonl'), `${torn.slice(20)}\n`);
    assert.deepEqual(await changes.next(), { type: 'metrics', rows: [row(3)] });
    await writer.update({ state: 'paused' });
    assert.deepEqual(await changes.next(), { type: 'run', run: { ...run, state: 'paused', step: 2 } });
    await lease.release();
    assert.deepEqual(await changes.next(), { type: 'run', run: { ...run, state: 'interrupted', step: 2 } });
    changes.dispose();
  });

  it('gives a new snapshot when a resumed run rewrites its past', async () => {
    const directory = await emptyFolder();
    const writer = await openWriter(directory);
    for (const step of [1, 2, 3, 4]) await writer.metrics(row(step));
    await writer.sample(4, await grid(4));
    const changes = following(new RunReader(directory));
    await changes.next();
    const resumed = await openWriter(directory, { resumedFrom: 2 });
    await resumed.metrics(row(3));
    // Whether the new row comes with the snapshot or after it is a matter of time.
    let seen: readonly MetricsRow[] = [];
    let samples = 1;
    while (seen.length !== 3 || samples > 0) {
      const change = await changes.next();
      if (change.type === 'metrics') seen = [...seen, ...change.rows];
      if (change.type !== 'snapshot') continue;
      seen = change.snapshot.metrics;
      samples = change.snapshot.samples.length;
    }
    assert.deepEqual(seen, [1, 2, 3].map(row));
    changes.dispose();
  });

  it('tells once that a folder has gone, and follows it again when it is back', async () => {
    const directory = await emptyFolder();
    await openWriter(directory);
    const changes = following(new RunReader(directory));
    assert.equal((await changes.next()).type, 'snapshot');
    await rm(directory, { recursive: true });
    const gone = await changes.next();
    assert.ok(gone.type === 'error' && gone.error instanceof UserError);
    await mkdir(directory);
    await openWriter(directory);
    for (let change = await changes.next(); change.type !== 'snapshot'; change = await changes.next()) {
      assert.equal(change.type, 'error');
    }
    changes.dispose();
  });
});

describe('listRuns', () => {
  afterEach(removeFolders);

  it('finds the runs of a workspace, newest first, and passes over everything else', async () => {
    const workspace = await emptyFolder();
    assert.deepEqual(await listRuns(workspace), []);
    const directories = [];
    for (const [name, startedAt] of [
      ['a', '2026-01-01T00:00:00.000Z'],
      ['b', '2026-01-03T00:00:00.000Z'],
      ['c', '2026-01-02T00:00:00.000Z'],
    ] as const) {
      const directory = join(workspace, '.gan', 'runs', name, '1');
      await mkdir(directory, { recursive: true });
      await openWriter(directory, { record: { ...record, name, startedAt } });
      directories.push(directory);
    }
    await mkdir(join(workspace, '.gan', 'runs', 'empty', 'folder'), { recursive: true });
    await writeFile(join(workspace, '.gan', 'runs', 'file'), '');
    await writeFile(join(directories[2]!, 'run.json'), 'damaged');
    assert.deepEqual(
      (await listRuns(workspace)).map(({ directory, run }) => [directory, run.name, run.state]),
      [
        [directories[1], 'b', 'interrupted'],
        [directories[0], 'a', 'interrupted'],
      ],
    );
  });
});
