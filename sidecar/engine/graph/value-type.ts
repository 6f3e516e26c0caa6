/** What a recorded value's elements may be, and the arrays that hold them. */

export type ValueType = 'float32' | 'int32' | 'bool' | 'int64' | 'uint8';

export type HostArray = Float32Array | Int32Array | Uint8Array | BigInt64Array;
