/** Writes a run as training would, as fast as it can, on from the newest checkpoint, until it is killed. */
import { loadLatestCheckpoint } from '../../../sidecar/runs/checkpoint.ts';
import { Lease } from '../../../sidecar/runs/lease.ts';
import { checkpointOf, grid, openWriter, row } from './fixtures.ts';

async function main(directory: string): Promise<void> {
  await Lease.acquire(directory, () => process.exit(1));
  const checkpoint = await loadLatestCheckpoint(directory, (message) => {
    throw new Error(message);
  });
  const writer = await openWriter(directory, { resumedFrom: checkpoint?.step ?? 0 });
  process.stdout.write('writing\n');
  for (let step = (checkpoint?.step ?? 0) + 1; ; step++) {
    await writer.metrics(row(step));
    if (step % 3 === 0) await writer.sample(step, await grid(step));
    if (step % 2 === 0) await writer.checkpoint(checkpointOf(step, 40_000));
    if (step % 5 === 0) await writer.update({ state: step % 10 === 0 ? 'paused' : 'running' });
  }
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
