/** Trains the config and folder given, with a bug that strikes after the first row. */
import { TrainingControl } from '../../../sidecar/session/control.ts';
import { handleProcessEvents } from '../../../sidecar/session/process-events.ts';
import { runTraining } from '../../../sidecar/session/run-training.ts';

const [configFile = '', runDirectory = ''] = process.argv.slice(2);
const control = new TrainingControl();
handleProcessEvents(control, 'ignore');
const onNews = ({ method }: { readonly method: string }) => {
  if (method !== 'metrics') return;
  setImmediate(() => {
    throw new Error('the cat walked over the keyboard');
  });
};
runTraining({ kind: 'new', configFile, overrides: [], runDirectory, workspace: '.' }, control, { onNews }).then(() =>
  process.exit(),
);
