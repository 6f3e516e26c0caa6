/** Trains until it is told otherwise, and does at once what it is asked. */
import { metricsRow, serveRun } from './fake-run.ts';

let step = 0;
const { writer, server } = await serveRun(async (command, run) => {
  if (command === 'stop') {
    await run.finish({ state: 'stopped', error: null });
    setImmediate(() => server.close().then(() => process.exit(0)));
  } else {
    await run.update({ state: command === 'pause' ? 'paused' : 'running' });
  }
});
setInterval(() => {
  if (writer.record.state === 'running') void writer.metrics(metricsRow(++step));
}, 50);
