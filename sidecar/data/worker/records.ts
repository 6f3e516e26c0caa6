/** Reads records one at a time, without waiting for other work: a worker has nothing else to do. */
import { readSync } from 'node:fs';
import { UserError } from '../../terms/errors.ts';
import { explainFileError } from '../files.ts';
import type { RecordsPlan } from './plan.ts';

/** The bytes of record `index`, valid until the next call. @throws UserError if the file has become shorter. */
export type ReadRecord = (index: number) => Uint8Array;

export function recordReader(plan: RecordsPlan): ReadRecord {
  const { start, recordBytes } = plan;
  if (plan.kind === 'memory') {
    const bytes = new Uint8Array(plan.bytes);
    return (index) => bytes.subarray(start + index * recordBytes, start + (index + 1) * recordBytes);
  }
  const { descriptor, path } = plan;
  const record = new Uint8Array(recordBytes);
  return (index) => {
    let done = 0;
    while (done < recordBytes) {
      const got = read(descriptor, path, record, done, start + index * recordBytes + done);
      if (got === 0) {
        throw new UserError('data/truncated', `${path} became shorter while it was read: put the whole file back.`, {
          subject: { path },
        });
      }
      done += got;
    }
    return record;
  };
}

function read(descriptor: number, path: string, into: Uint8Array, done: number, position: number): number {
  try {
    return readSync(descriptor, into, done, into.length - done, position);
  } catch (error) {
    throw explainFileError(error, path);
  }
}
