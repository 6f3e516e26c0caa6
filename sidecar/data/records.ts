/** Records of one length after another, in memory or on disk, behind one way of reading them. */
import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { explainFileError } from './files.ts';

export interface Records {
  /** The bytes of these records one after another, in this order. */
  gather(indices: readonly number[]): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function memoryRecords(bytes: Uint8Array, recordBytes: number): Records {
  return {
    async gather(indices) {
      const out = new Uint8Array(indices.length * recordBytes);
      indices.forEach((index, i) => {
        out.set(bytes.subarray(index * recordBytes, (index + 1) * recordBytes), i * recordBytes);
      });
      return out;
    },
    async close() {},
  };
}

/** Reads in flight at once: enough to keep a disk busy, few enough to leave threads to training. */
const readsAtOnce = 16;

/** Records from byte `start` of a file on, read when asked for; holds no more than a batch in memory. */
export async function fileRecords(path: string, start: number, recordBytes: number): Promise<Records> {
  const file = await open(path).catch((error) => {
    throw explainFileError(error, path);
  });
  return {
    async gather(indices) {
      const out = new Uint8Array(indices.length * recordBytes);
      let next = 0;
      const worker = async () => {
        while (next < indices.length) {
          const i = next++;
          const record = out.subarray(i * recordBytes, (i + 1) * recordBytes);
          await readFully(file, path, record, start + indices[i]! * recordBytes);
        }
      };
      await Promise.all(Array.from({ length: readsAtOnce }, worker));
      return out;
    },
    close: () => file.close(),
  };
}

async function readFully(file: FileHandle, path: string, into: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) {
      throw new UserError('data/truncated', `${path} became shorter while it was read: put the whole file back.`);
    }
    done += bytesRead;
  }
}
