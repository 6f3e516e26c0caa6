/**
 * Arrays as NumPy writes them (NEP 1): a magic string, a version, a header that is a Python literal,
 * then the elements.
 */
import { UserError } from '../../errors.ts';

export interface NpyHeader {
  readonly shape: readonly number[];
  /** Kind and bytes of an element: "u1", "f4", … */
  readonly type: string;
  readonly elementBytes: number;
  /** Where the elements begin. */
  readonly start: number;
  /** Element `index` of `bytes`, which begin with an element. */
  read(bytes: DataView, index: number): number;
}

type Read = (bytes: DataView, at: number, little: boolean) => number;

const readers: Readonly<Record<string, Read>> = {
  b1: (bytes, at) => bytes.getUint8(at),
  u1: (bytes, at) => bytes.getUint8(at),
  i1: (bytes, at) => bytes.getInt8(at),
  u2: (bytes, at, little) => bytes.getUint16(at, little),
  i2: (bytes, at, little) => bytes.getInt16(at, little),
  u4: (bytes, at, little) => bytes.getUint32(at, little),
  i4: (bytes, at, little) => bytes.getInt32(at, little),
  u8: (bytes, at, little) => Number(bytes.getBigUint64(at, little)),
  i8: (bytes, at, little) => Number(bytes.getBigInt64(at, little)),
  f4: (bytes, at, little) => bytes.getFloat32(at, little),
  f8: (bytes, at, little) => bytes.getFloat64(at, little),
};

/** Enough for the header of any plain array. */
export const npyHeadBytes = 1024;

/**
 * @param head the first bytes of the array, `npyHeadBytes` or all there are.
 * @param what names the array in messages.
 * @throws UserError
 */
export function readNpyHeader(head: Uint8Array, what: string): NpyHeader {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== '\x93NUMPY') {
    throw new UserError('data/not-an-array', `${what} is not a NumPy array: save it with numpy.savez.`);
  }
  const long = bytes[6]! >= 2;
  const start = long ? 12 + bytes.readUInt32LE(8) : 10 + bytes.readUInt16LE(8);
  const text = bytes.toString('latin1', long ? 12 : 10, start);
  const type = /'descr'\s*:\s*'([<>|=])([a-zA-Z]\d+)'/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  const kind = type?.[2] ?? '';
  const read = readers[kind];
  if (!read || shape === undefined) {
    const found = /'descr'\s*:\s*(\[|'[^']*')/.exec(text)?.[1] ?? 'no type';
    throw new UserError(
      'data/array-type',
      `${what} holds elements of type ${found === '[' ? 'record' : found}: save it as uint8, float32 or whole numbers.`,
    );
  }
  if (/'fortran_order'\s*:\s*True/.test(text)) {
    throw new UserError(
      'data/array-order',
      `${what} is stored column by column: save numpy.ascontiguousarray of it instead.`,
    );
  }
  const elementBytes = Number(kind.slice(1));
  const little = type?.[1] !== '>';
  return {
    shape: shape
      .split(',')
      .map((length) => length.trim())
      .filter((length) => length !== '')
      .map(Number),
    type: kind,
    elementBytes,
    start,
    read: (view, index) => read(view, index * elementBytes, little),
  };
}
