/** From what was thrown to what run.json says of it. */
import { UserError } from '../terms/errors.ts';
import type { RunRecord } from '../terms/run-record.ts';

/** Another process took the run directory over, or somebody removed it: nothing may be written to it. */
export class LeaseLostError extends UserError {
  constructor(reason: string) {
    super('runs/lease-lost', `The run folder no longer belongs to this process: ${reason}. Training ended.`);
  }
}

/** What run.json says of a failure; its code is typed here, and a string to whoever reads it. */
type RecordedError = NonNullable<RunRecord['error']> & Pick<UserError, 'code'>;

/** Code and one line. A bug has the code "internal"; its stack is in the log. */
export function recordedError(thrown: unknown): RecordedError {
  if (thrown instanceof UserError) return { code: thrown.code, message: thrown.message };
  if (thrown instanceof Error && thrown.name === 'DeviceUnavailableError') {
    return { code: 'device/unavailable', message: thrown.message };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'internal',
    message: `This is a bug in the program: ${message.split('\n')[0]}. The log has more.`,
  };
}
