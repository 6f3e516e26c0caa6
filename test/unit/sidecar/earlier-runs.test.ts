import assert from 'node:assert/strict';
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RunReader } from '../../../sidecar/runs/reader.ts';
import { TrainingControl } from '../../../sidecar/session/control.ts';
import { runTraining } from '../../../sidecar/session/run-training.ts';
import { RECORD_VERSION } from '../../../sidecar/terms/run-record.ts';
import { close } from '../../training/fixtures.ts';
import { emptyFolder, removeFolders } from '../runs/fixtures.ts';

/**
 * A conditional DCGAN on 16×16 digits, four steps of four images, written by version 0.3.0 (without its log; host,
 * process and config's folder renamed).
 */
const stored = resolve('test', 'unit', 'sidecar', 'cases', 'run-0.3.0');

/** What 0.3.0 itself measured in the two steps after those, and to what part processors differ. */
const NEXT = [
  { step: 5, discriminatorLoss: 1.375532865524292, generatorLoss: 0.6996260285377502 },
  { step: 6, discriminatorLoss: 1.378133773803711, generatorLoss: 0.6748480796813965 },
];
const TOLERANCE = 1e-4;

describe('A run of version 0.3.0', () => {
  afterEach(removeFolders);

  const copied = async () => {
    const directory = join(await emptyFolder(), 'run');
    await cp(stored, directory, { recursive: true });
    return directory;
  };

  it('opens: its data have a shape, and its samples a layout', async () => {
    const { run, metrics, samples } = await new RunReader(await copied()).snapshot();
    assert.equal(run.version, RECORD_VERSION);
    assert.deepEqual(run.dataset, { name: 'digits', size: null, unit: 'images', shape: [16, 16, 1], classes: 10 });
    assert.deepEqual(run.samples, { kind: 'grid', columns: [], pitch: 18 });
    assert.deepEqual([metrics.length, samples.map(({ step }) => step)], [4, [0, 3, 4]]);
  });

  it('resumes as 0.3.0 would have gone on, and is written in the format of today', async () => {
    const directory = await copied();
    const overrides = ['training.steps=6'];
    const start = { kind: 'resume', runDirectory: directory, overrides, checkpoint: null } as const;
    const { record, error } = await runTraining(start, new TrainingControl());
    assert.deepEqual([error, record.state, record.version], [null, 'finished', RECORD_VERSION]);
    const rows = await new RunReader(directory).metrics();
    assert.deepEqual(
      rows.map(({ step }) => step),
      [1, 2, 3, 4, 5, 6],
    );
    for (const [i, expected] of NEXT.entries()) {
      close(rows[4 + i]?.discriminatorLoss ?? 0, expected.discriminatorLoss, TOLERANCE);
      close(rows[4 + i]?.generatorLoss ?? 0, expected.generatorLoss, TOLERANCE);
    }
    assert.deepEqual((await readdir(join(directory, 'samples'))).sort(), [
      '00000000.png',
      '00000003.png',
      '00000004.png',
      '00000006.png',
    ]);
  });
});
