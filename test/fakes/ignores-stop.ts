/** Trains for ever and takes no notice of what it is asked. */
import { metricsRow, serveRun } from './fake-run.ts';
import { startHelper } from './helper.ts';

startHelper();

const { writer } = await serveRun(() => new Promise(() => {}));
let step = 0;
setInterval(() => writer.metrics(metricsRow(++step)), 50);
