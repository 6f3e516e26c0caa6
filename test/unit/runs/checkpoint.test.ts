import assert from 'node:assert/strict';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  listCheckpoints,
  loadCheckpoint,
  loadLatestCheckpoint,
  removeCheckpointsAfter,
  rotateCheckpoints,
  saveCheckpoint,
} from '../../../sidecar/runs/checkpoint.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { checkpointOf, emptyFolder, removeFolders } from './fixtures.ts';

const withCode = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;
const steps = async (directory: string) => (await listCheckpoints(directory)).map(({ step }) => step);

describe('Checkpoints', () => {
  afterEach(removeFolders);

  it('come back as they were saved', async () => {
    const directory = await emptyFolder();
    const saved = await saveCheckpoint(directory, checkpointOf(1200));
    assert.deepEqual(saved, { step: 1200, file: join('checkpoints', '00001200.safetensors') });
    assert.deepEqual(await loadCheckpoint(directory, 1200), checkpointOf(1200));
    assert.deepEqual((await readdir(join(directory, 'checkpoints'))).sort(), ['00001200.json', '00001200.safetensors']);
  });

  it('are refused when torn or altered, and the one before is used', async () => {
    const directory = await emptyFolder();
    for (const step of [10, 20, 30]) await saveCheckpoint(directory, checkpointOf(step));
    const torn = join(directory, 'checkpoints', '00000030.safetensors');
    await truncate(torn, (await readFile(torn)).length - 1);
    const flipped = join(directory, 'checkpoints', '00000020.safetensors');
    const bytes = await readFile(flipped);
    bytes[bytes.length - 5]! ^= 1;
    await writeFile(flipped, bytes);

    const damaged: string[] = [];
    const latest = await loadLatestCheckpoint(directory, (message) => damaged.push(message));
    assert.deepEqual(latest, checkpointOf(10));
    assert.match(damaged.join('\n'), /00000030\.safetensors.*damaged[^\n]*\n.*00000020\.safetensors.*damaged/);
    await assert.rejects(loadCheckpoint(directory, 20), withCode('runs/bad-checkpoint'));
  });

  it('that are all damaged are an error, none at all is not', async () => {
    const directory = await emptyFolder();
    assert.equal(await loadLatestCheckpoint(directory, assert.fail), null);
    await saveCheckpoint(directory, checkpointOf(10));
    await writeFile(join(directory, 'checkpoints', '00000010.json'), '{"version":1');
    await assert.rejects(
      loadLatestCheckpoint(directory, () => {}),
      withCode('runs/bad-checkpoint'),
    );
  });

  it('name the steps there are when asked for another', async () => {
    const directory = await emptyFolder();
    for (const step of [10, 20]) await saveCheckpoint(directory, checkpointOf(step));
    await assert.rejects(loadCheckpoint(directory, 15), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, 'runs/no-checkpoint');
      assert.match(error.message, /no checkpoint of step 15; it has 10, 20/);
      return true;
    });
  });

  it('are rotated to the newest few, never to none', async () => {
    const directory = await emptyFolder();
    for (const step of [10, 20, 30, 40]) await saveCheckpoint(directory, checkpointOf(step));
    await rotateCheckpoints(directory, 2);
    assert.deepEqual(await steps(directory), [30, 40]);
    await rotateCheckpoints(directory, 0);
    assert.deepEqual(await steps(directory), [40]);
    assert.deepEqual((await readdir(join(directory, 'checkpoints'))).sort(), ['00000040.json', '00000040.safetensors']);
  });

  it('later than a step can be dropped, with what killed processes left', async () => {
    const directory = await emptyFolder();
    const folder = join(directory, 'checkpoints');
    for (const step of [10, 20, 30]) await saveCheckpoint(directory, checkpointOf(step));
    await writeFile(join(folder, '.00000040.safetensors.123.tmp'), 'half');
    await writeFile(join(folder, '00000015.safetensors'), 'its JSON was never written');
    await removeCheckpointsAfter(directory, 10);
    assert.deepEqual((await readdir(folder)).sort(), ['00000010.json', '00000010.safetensors']);
    await rm(folder, { recursive: true });
    await removeCheckpointsAfter(directory, 10);
  });
});
