/**
 * The safetensors file format (https://github.com/huggingface/safetensors#format): a little-endian
 * 64-bit header length, a JSON header padded with spaces to 8 bytes, then the tensors without gaps.
 */
import type { HostTensor, HostTensorMap } from '../engine/engine.ts';
import { UserError } from '../terms/errors.ts';

/** Limit of the reference implementation, which keeps a damaged length from asking for all memory. */
const MAX_HEADER_BYTES = 100_000_000;

const dtypes = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;
const hostDtypes = { F32: 'float32', I32: 'int32', BOOL: 'bool' } as const;
type FileDtype = keyof typeof hostDtypes;
const itemBytes: Readonly<Record<FileDtype, number>> = { F32: 4, I32: 4, BOOL: 1 };

interface HeaderEntry {
  readonly dtype: FileDtype;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

export interface SafetensorsContent {
  readonly tensors: HostTensorMap;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The bytes of a safetensors file, in parts to be written one after the other. Equal content gives
 * equal bytes: tensors are ordered by item size, so that each is aligned, then by name.
 */
export function encodeSafetensors(content: SafetensorsContent): Uint8Array[] {
  const ordered = Object.entries(content.tensors).sort(([nameA, a], [nameB, b]) => {
    const bySize = itemBytes[dtypes[b.dtype]] - itemBytes[dtypes[a.dtype]];
    return bySize !== 0 ? bySize : nameA < nameB ? -1 : 1;
  });
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = { __metadata__: content.metadata };
  let offset = 0;
  for (const [name, tensor] of ordered) {
    if (name === '__metadata__') throw new Error('A tensor may not be named "__metadata__".');
    const size = tensor.shape.reduce((product, extent) => product * extent, 1);
    if (tensor.data.length !== size)
      throw new Error(`Tensor ${name}: ${tensor.data.length} values, shape has ${size}.`);
    const end = offset + tensor.data.byteLength;
    header[name] = { dtype: dtypes[tensor.dtype], shape: tensor.shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  head.writeBigUInt64LE(BigInt(head.length - 8), 0);
  json.copy(head, 8);
  return [head, ...ordered.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}

/** Reads the bytes of a safetensors file. @throws UserError "runs/bad-checkpoint" unless all of it is sound. */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const refuse = (what: string): never => {
    throw new UserError('runs/bad-checkpoint', `${file}: ${what}. The file is damaged; use another checkpoint.`);
  };
  if (bytes.length < 8) return refuse('shorter than a safetensors header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || 8 + length > bytes.length) return refuse('its header is cut off');
  const data = bytes.subarray(8 + length);
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    return refuse('its header is not JSON');
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors: Record<string, HostTensor> = {};
  const ranges: [number, number][] = [];
  for (const [name, entry] of Object.entries(entries)) {
    if (!isHeaderEntry(entry)) return refuse(`its entry for ${name} is not understood`);
    const [begin, end] = entry.data_offsets;
    const size = entry.shape.reduce((product, extent) => product * extent, 1);
    if (end - begin !== size * itemBytes[entry.dtype] || end > data.length) return refuse(`${name} is cut off`);
    // A copy, because a view needs an offset that is a multiple of the item size.
    const copy = new Uint8Array(data.subarray(begin, end)).buffer;
    const values =
      entry.dtype === 'F32'
        ? new Float32Array(copy)
        : entry.dtype === 'I32'
          ? new Int32Array(copy)
          : new Uint8Array(copy);
    tensors[name] = { dtype: hostDtypes[entry.dtype], shape: entry.shape, data: values };
    ranges.push([begin, end]);
  }
  ranges.sort(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd);
  let reached = 0;
  for (const [begin, end] of ranges) {
    if (begin !== reached) return refuse('its tensors overlap or leave gaps');
    reached = end;
  }
  if (reached !== data.length) return refuse('it does not end where its tensors end');
  return { tensors, metadata: metadata as Record<string, string> };
}

function isHeaderEntry(value: unknown): value is HeaderEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { dtype, shape, data_offsets: offsets } = value as Partial<Record<keyof HeaderEntry, unknown>>;
  const counts = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((item) => Number.isSafeInteger(item) && item >= 0);
  return typeof dtype === 'string' && dtype in hostDtypes && counts(shape) && counts(offsets) && offsets.length === 2;
}
