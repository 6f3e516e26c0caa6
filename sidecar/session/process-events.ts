/** What the operating system and bugs do to a process that trains. */
import { exitCodes } from '../terms/exit-codes.ts';
import type { TrainingControl } from './control.ts';

export interface ProcessEvents {
  /** The signal that asked for the end, or null while none has. */
  readonly signal: NodeJS.Signals | null;
}

/**
 * The first SIGINT or SIGTERM stops training with a checkpoint, the second ends the process at once.
 * `hangup`: what the end of the terminal, or of whoever reads the output, does. Errors that nobody
 * caught fail the run.
 */
export function handleProcessEvents(
  control: TrainingControl,
  hangup: 'stop' | 'ignore',
  onSignal: (signal: NodeJS.Signals) => void = () => {},
): ProcessEvents {
  const events: { signal: NodeJS.Signals | null } = { signal: null };
  const stop = (signal: NodeJS.Signals) => {
    if (events.signal !== null) process.exit(signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated);
    events.signal = signal;
    onSignal(signal);
    void control.stop();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (process.platform !== 'win32') process.on('SIGHUP', hangup === 'stop' ? stop : () => {});
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => {
      if (hangup === 'stop') void control.stop();
    });
  }
  process.on('uncaughtException', (error) => control.fail(error));
  process.on('unhandledRejection', (error) => control.fail(error));
  return events;
}
