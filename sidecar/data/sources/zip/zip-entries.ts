/** The files in a zip archive, one after another: neither its names nor their contents are held in memory. */
import { crc32 } from 'node:zlib';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { UserError } from '../../../terms/errors.ts';
import { printable } from '../../../terms/names.ts';
import { explainFileError, statAs } from '../../files.ts';
import { signatureBytes, UnreadableImage } from '../../image-formats/signature.ts';
import { isHiddenPath } from '../../image-names.ts';
import { emptyFile, entryPath, largestImage, tooLarge } from '../archive.ts';

export interface ZippedFile {
  /** Its place among all entries. */
  readonly number: number;
  /** How many entries there are. */
  readonly of: number;
  readonly name: string;
  readonly bytes: number;
  /** Why it cannot be read, whatever it is; null if it can. */
  readonly refusal: string | null;
  /** The first bytes, enough to tell an image by. @throws UnreadableImage if they are damaged. */
  head(): Promise<Buffer>;
  /** All of it, checked, in memory of its own. @throws UnreadableImage if it is damaged. */
  content(): Promise<Uint8Array>;
}

/**
 * Files that may be images or labels: folders, hidden files and those of the system are left out.
 * @throws UserError if the file is no zip archive, or its directory is damaged.
 */
export async function* filesInZip(path: string, signal: AbortSignal | undefined): AsyncGenerator<ZippedFile> {
  const { size } = await statAs('file', path);
  if (size === 0) throw emptyFile(path);
  let last: string | null = null;
  let zip: ZipFile | null = null;
  try {
    // Names are checked here, one by one: the library gives up at the first bad one.
    zip = await openPromise(path, { decodeStrings: false, autoClose: false });
    let number = 0;
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      const raw = nameOf(entry);
      const named = entryPath(raw);
      last = raw;
      const place = number++;
      if (raw.endsWith('/') || ('path' in named && isHiddenPath(named.path))) continue;
      yield {
        number: place,
        of: zip.entryCount,
        name: 'path' in named ? named.path : raw,
        bytes: entry.uncompressedSize,
        refusal: 'refusal' in named ? named.refusal : whyUnreadable(entry),
        ...readers(zip, entry, path),
      };
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw explainZipError(error, path, last);
  } finally {
    zip?.close();
  }
}

const nameOf = (entry: Entry): string =>
  getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);

export const encrypted = 'encrypted';

function whyUnreadable(entry: Entry): string | null {
  if (entry.isEncrypted()) return encrypted;
  if (!entry.canDecodeFileData()) return `packed by another method than deflate (${entry.compressionMethod})`;
  return entry.uncompressedSize > largestImage ? tooLarge : null;
}

function readers(zip: ZipFile, entry: Entry, path: string): Pick<ZippedFile, 'head' | 'content'> {
  const read = async (atMost: number): Promise<Uint8Array[]> => {
    try {
      const stream = await zip.openReadStreamPromise(entry);
      const chunks: Uint8Array[] = [];
      let have = 0;
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        chunks.push(chunk);
        have += chunk.length;
        if (have >= atMost) break;
      }
      return chunks;
    } catch (error) {
      const explained = explainFileError(error, path);
      throw explained === error ? new UnreadableImage('damaged in the archive') : explained;
    }
  };
  return {
    head: async () => Buffer.concat(await read(signatureBytes)).subarray(0, signatureBytes),
    async content() {
      const chunks = await read(Number.POSITIVE_INFINITY);
      const content = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const chunk of chunks) {
        content.set(chunk, at);
        at += chunk.length;
      }
      if (crc32(content) !== entry.crc32) throw new UnreadableImage('damaged in the archive');
      return content;
    },
  };
}

function explainZipError(error: unknown, path: string, last: string | null): unknown {
  if (error instanceof UserError) return error;
  const explained = explainFileError(error, path);
  if (explained !== error || !(error instanceof Error)) return explained;
  const where = last === null ? '' : ` after ${printable(last)}`;
  return new UserError(
    'data/not-a-zip',
    `${path} is not a zip archive, or is damaged or cut short${where}: download or copy it again, or name another file.`,
    { subject: { path }, cause: error },
  );
}
