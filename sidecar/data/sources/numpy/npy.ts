/**
 * Arrays as NumPy writes them (NEP 1): a magic string, a version, a header that is a Python literal,
 * then the elements.
 */
import { UserError } from '../../../terms/errors.ts';
import type { Values } from '../numbers/values.ts';
import { halfPrecision } from './half.ts';

export interface NpyHeader {
  readonly shape: readonly number[];
  /** Whether the first index runs fastest, not the last. */
  readonly fortran: boolean;
  readonly elementBytes: number;
  /** Where the elements begin. */
  readonly start: number;
  readonly elements: Elements;
}

/** Makes something of bytes that hold whole elements and begin at the start of their buffer. */
export type Elements =
  | {
      readonly kind: 'number';
      /** Whether each is a byte without a sign. */
      readonly bytes: boolean;
      decode(bytes: Uint8Array): Values;
    }
  | { readonly kind: 'text'; decode(bytes: Uint8Array): string[] };

type View = new (buffer: ArrayBuffer) => Values;

/** By NumPy's letter and the bytes of an element, on machines whose lowest byte comes first: all that Node.js runs on. */
const views: Readonly<Record<string, View>> = {
  b1: Uint8Array,
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
};

/** Types that become float64 one by one. */
const converted: Readonly<Record<string, (buffer: ArrayBuffer) => Float64Array>> = {
  u8: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number),
  i8: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number),
  f2: (buffer) => Float64Array.from(new Uint16Array(buffer), halfPrecision),
};

/** Enough for the header of any plain array. */
export const npyHeadBytes = 1024;

export const isNpy = (head: Buffer): boolean => head.toString('latin1', 0, 6) === '\x93NUMPY';

/**
 * @param head the first bytes of the array, `npyHeadBytes` or all there are.
 * @param what names the array in messages.
 * @param path of the file that it is in.
 * @throws UserError
 */
export function readNpyHeader(head: Uint8Array, what: string, path: string): NpyHeader {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length < 12 || !isNpy(bytes)) {
    throw new UserError('data/not-an-array', `${what} is not a NumPy array: save it with numpy.save or numpy.savez.`, {
      subject: { path },
    });
  }
  const long = bytes[6]! >= 2;
  const start = long ? 12 + bytes.readUInt32LE(8) : 10 + bytes.readUInt16LE(8);
  const text = bytes.toString('latin1', long ? 12 : 10, start);
  const type = /'descr'\s*:\s*'([<>|=])([a-zA-Z])(\d*)'/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  const [, order = '', letter = '', digits = ''] = type ?? [];
  const elements = elementsOf(letter, Number(digits), order === '>');
  if (elements === null || shape === undefined) throw unknownType(text, what, path);
  return {
    shape: shape
      .split(',')
      .map((length) => length.trim())
      .filter((length) => length !== '')
      .map(Number),
    fortran: /'fortran_order'\s*:\s*True/.test(text),
    elementBytes: letter === 'U' ? 4 * Number(digits) : Number(digits),
    start,
    elements,
  };
}

function elementsOf(letter: string, length: number, bigEndian: boolean): Elements | null {
  const type = `${letter}${length}`;
  const View = views[type];
  const convert = converted[type] ?? (View && ((buffer: ArrayBuffer) => new View(buffer)));
  if (convert) {
    const ordered = bigEndian ? swapped(length) : bufferOf;
    return { kind: 'number', bytes: type === 'u1', decode: (bytes) => convert(ordered(bytes)) };
  }
  if (length === 0) return null;
  if (letter === 'S') return { kind: 'text', decode: (bytes) => pieces(bytes, length).map(fromUtf8) };
  if (letter !== 'U') return null;
  const ordered = bigEndian ? swapped(4) : bufferOf;
  return { kind: 'text', decode: (bytes) => pieces(new Uint8Array(ordered(bytes)), 4 * length).map(fromUtf32) };
}

const bufferOf = (bytes: Uint8Array) =>
  (bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes)).buffer as ArrayBuffer;

const swapped = (elementBytes: number) => (bytes: Uint8Array) => {
  const copy = Buffer.from(Uint8Array.from(bytes).buffer);
  if (elementBytes === 2) copy.swap16();
  if (elementBytes === 4) copy.swap32();
  if (elementBytes === 8) copy.swap64();
  return copy.buffer as ArrayBuffer;
};

const pieces = (bytes: Uint8Array, length: number): Uint8Array[] =>
  Array.from({ length: bytes.length / length }, (_, i) => bytes.subarray(i * length, (i + 1) * length));

/** Texts of all lengths are filled up with zeros. */
const withoutEnd = (text: string) => text.replace(/\0+$/, '');

const fromUtf8 = (bytes: Uint8Array) => withoutEnd(Buffer.from(bytes).toString('utf8'));

const lastCodePoint = 0x10ffff;

const fromUtf32 = (bytes: Uint8Array) => {
  const codes = new Uint32Array(bufferOf(bytes));
  return withoutEnd(Array.from(codes, (code) => String.fromCodePoint(code <= lastCodePoint ? code : 0xfffd)).join(''));
};

function unknownType(header: string, what: string, path: string): UserError {
  const found = /'descr'\s*:\s*(\[|'[^'\p{Cc}]*')/u.exec(header)?.[1] ?? 'no type';
  const remedy = found.includes('O')
    ? "save it as numbers, or labels as text (labels.astype('str'))"
    : 'save it as uint8, float32 or whole numbers';
  const named =
    found === '[' ? 'of several fields' : found.includes('O') ? 'that are Python objects' : `of type ${found}`;
  return new UserError('data/array-type', `${what} holds elements ${named}: ${remedy}.`, { subject: { path } });
}
