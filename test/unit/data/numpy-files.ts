/** NumPy's files, written byte by byte. */
import { zip } from './zip-files.ts';

/** An array as `numpy.save` writes it. @param descr as in NumPy, e.g. "<f4" */
export function npy(descr: string, shape: readonly number[], values: Uint8Array, fortran = false): Buffer {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${tuple}), }`;
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(length, 8);
  return Buffer.concat([head, Buffer.from(`${dict.padEnd(length - 1)}\n`, 'latin1'), values]);
}

export const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** A zip of arrays, as `numpy.savez` or `numpy.savez_compressed` writes it. */
export const npz = (arrays: Readonly<Record<string, Uint8Array>>, compressed: boolean): Buffer =>
  zip(Object.entries(arrays).map(([name, content]) => ({ name: `${name}.npy`, content, stored: !compressed })));
