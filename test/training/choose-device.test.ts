import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ChooseOptions, chooseDevice } from '../../sidecar/devices/choose.ts';
import type { DeviceStatus, Engine } from '../../sidecar/engine/engine.ts';
import { createEngine, OutOfMemoryError } from '../../sidecar/engine/index.ts';
import type { DeviceId } from '../../sidecar/terms/devices.ts';
import { noiseDataset, tinyConfig } from './fixtures.ts';

const status = (id: DeviceId, more: Partial<DeviceStatus> = {}): DeviceStatus => ({
  id,
  name: `The ${id}`,
  available: true,
  software: false,
  memory: null,
  goodFor: 'Tests.',
  gflops: null,
  installable: false,
  ...more,
});

describe('what "auto" chooses', () => {
  let folder: string;
  let opened: DeviceId[];
  let log: string[];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gan-choose-'));
    opened = [];
    log = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Every device is the CPU; `rest` is what each waits before a step, in milliseconds. */
  const choose = (
    devices: readonly DeviceStatus[],
    rest: Partial<Record<DeviceId, number | Error>> = {},
    config = tinyConfig(),
  ) => {
    const open = async (id: DeviceId): Promise<Engine> => {
      opened.push(id);
      const cpu = await createEngine('cpu', { threads: 1 });
      const wait = rest[id] ?? 0;
      return {
        ...cpu,
        compile(name, step) {
          const compiled = cpu.compile(name, step);
          return {
            async run(...input) {
              if (wait instanceof Error) throw wait;
              const until = performance.now() + wait;
              while (performance.now() < until);
              return compiled.run(...input);
            },
            dispose: () => compiled.dispose(),
          };
        },
      };
    };
    const options: ChooseOptions = {
      dataset: noiseDataset().info,
      version: '1',
      threads: 1,
      budget: 50,
      log: (level, message) => log.push(`${level} ${message}`),
      cacheFile: path.join(folder, 'calibrations.json'),
      devices,
      open,
    };
    return chooseDevice(config, options);
  };

  it('is the CPU where there is nothing else, without measuring', async () => {
    const others = [status('webgpu', { software: true }), status('cuda', { available: false }), status('tensorflow')];
    assert.equal(await choose([status('cpu'), ...others]), 'cpu');
    assert.deepEqual([opened, log], [[], []]);
  });

  it('is the device that trains the config fastest', async () => {
    const devices = [status('cpu'), status('webgpu'), status('cuda')];
    assert.equal(await choose(devices, { cpu: 400, webgpu: 150, cuda: 0 }), 'cuda');
    assert.deepEqual(opened, ['webgpu', 'cuda', 'cpu']);
    assert.match(log.join(), /^info auto chose cuda: cuda \d+ images\/s; webgpu \d+; cpu \d+$/);
  });

  it('is remembered for the same machine and config', async () => {
    const devices = [status('cpu'), status('webgpu')];
    assert.equal(await choose(devices, { webgpu: 300 }), 'cpu');
    opened = [];
    assert.equal(await choose(devices, { cpu: 300 }), 'cpu');
    assert.deepEqual(opened, []);
    assert.match(log[1]!, /^info auto chose cpu, as measured before: cpu \d+ images\/s; webgpu \d+$/);
    // Another batch size is another step; another GPU, another machine.
    await choose(devices, { cpu: 300 }, tinyConfig({ training: { batchSize: 8 } }));
    assert.deepEqual(opened, ['webgpu', 'cpu']);
    await choose([status('cpu'), status('webgpu', { name: 'Another GPU' })], { cpu: 300 });
    assert.equal(opened.length, 4);
  });

  it('is no device that cannot run the step', async () => {
    const full = new OutOfMemoryError('webgpu', 'It is full.');
    assert.equal(await choose([status('cpu'), status('webgpu')], { webgpu: full }), 'cpu');
    assert.match(log[0]!, /^warn webgpu cannot train this config: Device "webgpu" is out of memory: It is full\.$/);
  });

  it('survives a damaged memory of past choices', async () => {
    const file = path.join(folder, 'calibrations.json');
    await writeFile(file, '{"half');
    assert.equal(await choose([status('cpu'), status('webgpu')], { webgpu: 300 }), 'cpu');
    assert.equal(Object.keys(JSON.parse(await readFile(file, 'utf8')) as object).length, 1);
  });
});
