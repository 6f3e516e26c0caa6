/** Trains some steps, then is killed without a word, as by the system when memory runs out. */
import { metricsRow, serveRun } from './fake-run.ts';

const { writer, watched } = await serveRun(async () => {});
await watched;
for (let step = 1; step <= 20; step++) {
  await writer.metrics(metricsRow(step));
}
await writer.update({ step: 20 });
process.kill(process.pid, 'SIGKILL');
