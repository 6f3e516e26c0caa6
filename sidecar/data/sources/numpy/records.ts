/** An array's elements, cut into one record for each index of its first dimension. */
import { UserError } from '../../../terms/errors.ts';
import type { ScanOptions } from '../source.ts';
import type { NumpyArray } from './array-file.ts';

/** Held at once of an array whose records lie scattered: few to begin with, for an answer while someone types. */
const FIRST_BLOCK = 2 ** 24;
const LATER_BLOCKS = 2 ** 28;

/** Bytes of one record. */
export const recordBytesOf = ({ header: { shape, elementBytes } }: NumpyArray): number =>
  shape.slice(1).reduce((product, length) => product * length, elementBytes);

/** @throws UserError if the array is shorter than its shape says. @param what a record is, in the plural. */
export function checkWhole(array: NumpyArray, what: string): void {
  const [count = 0] = array.header.shape;
  const length = recordBytesOf(array);
  if (array.bytes >= count * length) return;
  throw new UserError(
    'data/truncated',
    `${array.title} ends after ${Math.floor(array.bytes / length)} of ${count} ${what}: save or download it again.`,
    { subject: { path: array.path } },
  );
}

/**
 * Every record in turn, its elements with the last index running fastest, in memory of its own.
 * An array in Fortran order is read once for each block of records.
 */
export async function* records(
  array: NumpyArray,
  { signal }: ScanOptions,
  blocks: readonly [first: number, later: number] = [FIRST_BLOCK, LATER_BLOCKS],
): AsyncGenerator<Uint8Array> {
  const [count = 0, ...inner] = array.header.shape;
  const length = recordBytesOf(array);
  // A single dimension has but one order.
  if (array.header.fortran && inner.some((size) => size > 1)) {
    const atOnce = blocks.map((bytes) => Math.max(1, Math.floor(bytes / length)));
    yield* gathered(array, count, length, atOnce as [number, number], signal);
    return;
  }
  let given = 0;
  for await (const record of pieces(array.chunks(), length)) {
    signal?.throwIfAborted();
    if (given++ === count) return;
    yield record;
  }
}

/** Bytes cut into pieces of one length; what is left over at the end is dropped. */
async function* pieces(chunks: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of chunks) {
    let at = 0;
    while (at < chunk.length) {
      const taken = Math.min(length - filled, chunk.length - at);
      piece.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < length) continue;
      yield piece;
      piece = new Uint8Array(length);
      filled = 0;
    }
  }
}

/** In Fortran order, element k of every record lies in a row of its own: [elements of a record, records]. */
async function* gathered(
  array: NumpyArray,
  count: number,
  length: number,
  [few, many]: readonly [number, number],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const { elementBytes, shape } = array.header;
  const place = placesOf(shape.slice(1));
  for (let first = 0; first < count; ) {
    const rest = count - first;
    const block = Array.from({ length: Math.min(first === 0 ? few : many, rest) }, () => new Uint8Array(length));
    let k = 0;
    for await (const row of pieces(array.chunks(), count * elementBytes)) {
      signal?.throwIfAborted();
      if (k === place.length) break;
      const to = place[k++]! * elementBytes;
      for (let i = 0; i < block.length; i++) {
        const from = (first + i) * elementBytes;
        for (let byte = 0; byte < elementBytes; byte++) block[i]![to + byte] = row[from + byte]!;
      }
    }
    yield* block;
    first += block.length;
  }
}

/** Where each element of a record goes whose first index runs fastest, if the last one should. */
function placesOf(sizes: readonly number[]): Uint32Array {
  const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((product, size) => product * size, 1));
  const total = sizes.reduce((product, size) => product * size, 1);
  return Uint32Array.from({ length: total }, (_, element) => {
    let rest = element;
    let place = 0;
    for (const [axis, size] of sizes.entries()) {
      place += (rest % size) * strides[axis]!;
      rest = Math.floor(rest / size);
    }
    return place;
  });
}
