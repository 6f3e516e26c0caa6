import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { env, execPath } from 'node:process';
import { promisify } from 'node:util';
import type { DeviceStatus } from '../../sidecar/engine/engine.ts';
import type { MetricsRow } from '../../sidecar/terms/run-record.ts';
import { projectRoot, readJson, temporaryFolder } from '../host/paths.ts';
import { close } from '../training/fixtures.ts';
import { buildProgram } from '../unit/programs.ts';
import { TFJS_VERSION } from './binding.ts';
import { builtEnvironment } from './engines.ts';

const config = path.join(projectRoot, 'examples', 'digits', 'gan.config.json');

/** Runs the bundled `gan` and returns the events it prints. */
async function gan<Event>(
  folder: string,
  environment: NodeJS.ProcessEnv,
  ...args: readonly string[]
): Promise<Event[]> {
  const program = await buildProgram('sidecar/cli.ts');
  const options = { cwd: folder, env: environment };
  const { stdout, stderr } = await promisify(execFile)(execPath, [program, ...args, '--json'], options);
  assert.equal(stderr, '');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
}

type Metrics = MetricsRow & { readonly event: string };

const train = async (folder: string, environment: NodeJS.ProcessEnv, device: string, steps: number) => {
  const args = ['train', config, '--device', device, '--set', `training.steps=${steps}`];
  return (await gan<Metrics>(folder, environment, ...args)).filter(({ event }) => event === 'metrics');
};

describe('the bundled program on TensorFlow', () => {
  it('trains the example as on the CPU, and writes the device into the run', async () => {
    const folder = temporaryFolder('tensorflow');
    const rows = await train(folder, builtEnvironment(), 'tensorflow', 20);
    assert.equal(rows.at(-1)!.step, 20);
    for (const { generatorLoss } of rows) assert.ok(Number.isFinite(generatorLoss));

    const [run = ''] = readdirSync(path.join(folder, '.gan', 'runs', 'digits'));
    const record = readJson<{ device: unknown }>(path.join(folder, '.gan', 'runs', 'digits', run, 'run.json'));
    assert.deepEqual(record.device, {
      id: 'tensorflow',
      name: 'TensorFlow (CPU)',
      engine: `@tensorflow/tfjs-node ${TFJS_VERSION}`,
    });

    const [expected] = await train(temporaryFolder('tensorflow'), env, 'cpu', 1);
    // Of the untrained discriminator: rounding is all that can differ.
    close(rows[0]!.discriminatorLoss!, expected!.discriminatorLoss!, 2e-6);
  });

  it('lists it as a device that runs', async () => {
    const devices = await gan<DeviceStatus>(temporaryFolder('tensorflow'), builtEnvironment(), 'devices');
    const { available, name } = devices.find(({ id }) => id === 'tensorflow')!;
    assert.deepEqual({ available, name }, { available: true, name: 'TensorFlow (CPU)' });
  });
});
