import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine, DeviceLostError, OutOfMemoryError } from '../../sidecar/engine/index.ts';
import { listCheckpoints } from '../../sidecar/runs/checkpoint.ts';
import { TrainingControl } from '../../sidecar/session/control.ts';
import { runTraining } from '../../sidecar/session/run-training.ts';
import type { DeviceId } from '../../sidecar/terms/devices.ts';

const STEPS = 9;

/** The CPU under the name of a GPU whose training step fails once it has run `after` times. */
async function failingGpu(failure: Error, after: number): Promise<Engine> {
  const cpu = await createEngine('cpu', { threads: 1 });
  return {
    ...cpu,
    device: { ...cpu.device, id: 'webgpu', name: 'A failing GPU' },
    compile(name, step) {
      const compiled = cpu.compile(name, step);
      if (name !== 'training step') return compiled;
      return {
        run: (...input) => (input[1].step < after ? compiled.run(...input) : Promise.reject(failure)),
        dispose: () => compiled.dispose(),
      };
    },
  };
}

describe('a device that fails in mid-run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gan-device-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function run(failure: Error | null, after: number, deviceFallback: 'none' | 'cpu') {
    const configFile = path.join(folder, 'gan.config.json');
    const config = {
      model: { architecture: 'dcgan', latentSize: 8, baseChannels: 4 },
      data: { source: 'digits' },
      training: { steps: STEPS, batchSize: 48, seed: 3 },
      monitor: { checkpointEvery: 4, sampleEvery: 3, gridSize: 2, logEvery: 1 },
      device: failure === null ? 'cpu' : 'webgpu',
      deviceFallback,
    };
    await writeFile(configFile, JSON.stringify(config));
    const runDirectory = path.join(folder, `run-${failure?.name ?? 'sound'}`);
    const start = { kind: 'new', configFile, overrides: [], runDirectory, workspace: folder } as const;
    const openEngine = (id: DeviceId) =>
      failure !== null && id === 'webgpu' ? failingGpu(failure, after) : createEngine(id, { threads: 1 });
    const outcome = await runTraining(start, new TrainingControl(), {}, { threads: 1, openEngine });
    const read = (file: string) => readFile(path.join(runDirectory, file), 'utf8');
    const log = await read('log.txt');
    const lines = await read('metrics.jsonl').catch(() => '');
    const rows = lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { step: number; seconds: number; generatorLoss: number });
    const checkpoints = (await listCheckpoints(runDirectory)).map(({ step }) => step);
    return { record: outcome.record, log, rows, checkpoints };
  }

  it('ends the run with its last checkpoint kept, and says so', async () => {
    const { record, checkpoints, rows } = await run(new DeviceLostError('webgpu', 'The driver was reset.'), 6, 'none');
    assert.equal(record.state, 'failed');
    assert.deepEqual(record.error, {
      code: 'device/lost',
      message:
        'The device "webgpu" was lost: The driver was reset. The checkpoint of step 4 is kept. ' +
        'Resume the run, with --device cpu if it happens again.',
    });
    assert.deepEqual(checkpoints.at(-1), 4);
    assert.equal(rows.length, 6);
  });

  it('names the batch size that should fit where memory ran out', async () => {
    const { record } = await run(new OutOfMemoryError('webgpu', 'It is full.', 1e9), 0, 'none');
    assert.equal(record.error?.code, 'device/out-of-memory');
    assert.equal(
      record.error?.message,
      'The device "webgpu" has too little memory for training.batchSize 48. A batch of 32 should fit: ' +
        'start a new run with training.batchSize 32. There is no checkpoint yet.',
    );
  });

  it('goes on on the CPU where the config says so, as if nothing had been', async () => {
    const lost = new DeviceLostError('webgpu', 'It is gone.');
    const [fallen, sound] = [await run(lost, 6, 'cpu'), await run(null, 0, 'none')];
    assert.equal(fallen.record.state, 'finished', fallen.record.error?.message);
    assert.equal(fallen.record.device?.id, 'cpu');
    assert.match(fallen.log, /warn {2}The device "webgpu" was lost: It is gone\./);
    assert.match(fallen.log, /warn {2}deviceFallback: continuing on the CPU from step 4/);
    assert.deepEqual(
      fallen.rows.map(({ step }) => step),
      Array.from({ length: STEPS }, (_, at) => at + 1),
    );
    const seconds = fallen.rows.map((row) => row.seconds);
    assert.deepEqual(
      seconds,
      [...seconds].sort((a, b) => a - b),
    );
    const losses = ({ rows }: typeof sound) => rows.map((row) => row.generatorLoss);
    assert.deepEqual(losses(fallen), losses(sound));
    assert.deepEqual(fallen.checkpoints.at(-1), STEPS);
  });
});
