/** Sends news as fast as it can, far more than a window can show, then finishes. */
import { setImmediate } from 'node:timers/promises';
import { metricsRow, serveRun } from './fake-run.ts';

const ROWS = 20_000;

const { writer, watched, finish } = await serveRun(async () => {});
await watched;
for (let step = 1; step <= ROWS; step++) {
  await writer.metrics(metricsRow(step));
  if (step % 100 === 0) await setImmediate();
  if (step % 500 === 0) writer.log('info', `step ${step} ${'x'.repeat(2000)}`);
}
await writer.update({ step: ROWS });
await finish();
