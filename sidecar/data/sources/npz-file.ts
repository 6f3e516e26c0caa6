/** The arrays inside a NumPy zip (`numpy.savez`, compressed or not). */
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { UserError } from '../../errors.ts';
import { explainFileError, statAs } from '../files.ts';
import { type NpyHeader, npyHeadBytes, readNpyHeader } from './npy.ts';

export interface NpzArray {
  readonly name: string;
  readonly header: NpyHeader;
  /** The elements' bytes, in chunks of any length. */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface NpzFile {
  /** By name, without ".npy". */
  readonly names: readonly string[];
  array(name: string): Promise<NpzArray>;
  close(): void;
}

/** @throws UserError if the file is no zip. */
export async function openNpz(path: string): Promise<NpzFile> {
  await statAs('file', path);
  const { zip, entries } = await listEntries(path).catch((error) => {
    throw explainZipError(error, path);
  });
  const stream = (name: string) =>
    new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entries.get(name)!, (error, opened) => (opened ? resolve(opened) : reject(error)));
    });
  const chunksFrom = async function* (name: string, start: number): AsyncGenerator<Uint8Array> {
    const source = await stream(name).catch((error) => {
      throw explainZipError(error, path);
    });
    let skip = start;
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        if (chunk.length <= skip) {
          skip -= chunk.length;
          continue;
        }
        yield chunk.subarray(skip);
        skip = 0;
      }
    } catch (error) {
      throw explainZipError(error, path);
    } finally {
      source.destroy();
    }
  };
  return {
    names: [...entries.keys()],
    async array(name) {
      const parts: Uint8Array[] = [];
      let have = 0;
      for await (const chunk of chunksFrom(name, 0)) {
        parts.push(chunk);
        have += chunk.length;
        if (have >= npyHeadBytes) break;
      }
      const header = readNpyHeader(Buffer.concat(parts), `${path} (${name})`);
      return { name, header, chunks: () => chunksFrom(name, header.start) };
    },
    close: () => zip.close(),
  };
}

interface Listed {
  readonly zip: yauzl.ZipFile;
  readonly entries: ReadonlyMap<string, yauzl.Entry>;
}

function listEntries(path: string): Promise<Listed> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) {
        reject(error);
        return;
      }
      const entries = new Map<string, yauzl.Entry>();
      zip.on('entry', (entry) => {
        if (entry.fileName.endsWith('.npy')) entries.set(entry.fileName.slice(0, -4), entry);
        zip.readEntry();
      });
      zip.on('end', () => resolve({ zip, entries }));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

function explainZipError(error: unknown, path: string): unknown {
  if (error instanceof UserError) return error;
  const explained = explainFileError(error, path);
  if (explained !== error || !(error instanceof Error)) return explained;
  return new UserError(
    'data/not-an-npz',
    `${path} is not a NumPy zip, or a damaged one (${error.message.split('\n', 1)[0]}): save or download it again.`,
    { cause: error },
  );
}
