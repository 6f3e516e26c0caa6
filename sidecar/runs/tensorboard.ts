/**
 * TensorBoard event files: TFRecord frames (length, masked CRC, data, masked CRC) that each hold one
 * `Event` message of tensorflow/core/util/event.proto, encoded here field by field.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppendFile } from './append-file.ts';
import { maskedCrc32c } from './crc32c.ts';

/** `SessionLog.SessionStatus.START`. */
const SESSION_START = 1;

/** Field types of the protocol buffer wire format. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

export interface EventImage {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Appends to one event file; each process that trains a run starts its own, which TensorBoard joins. */
export class EventFile {
  readonly #file: AppendFile;

  /**
   * `resumedAt`: the first step this process will do; TensorBoard then forgets what an earlier,
   * interrupted process wrote for it and later steps.
   */
  constructor(runDirectory: string, resumedAt: number | null, now = Date.now()) {
    const seconds = String(Math.floor(now / 1000)).padStart(10, '0');
    this.#file = new AppendFile(join(runDirectory, `events.out.tfevents.${seconds}.${hostname()}.${process.pid}`));
    this.#append(0, text(3, 'brain.Event:2'), now);
    if (resumedAt !== null) this.#append(resumedAt, message(7, varint(1, SESSION_START)), now);
  }

  scalars(step: number, values: Readonly<Record<string, number>>): void {
    const parts = Object.entries(values).map(([tag, value]) =>
      message(1, Buffer.concat([text(1, tag), float(2, value)])),
    );
    this.#append(step, message(5, Buffer.concat(parts)));
  }

  image(step: number, tag: string, image: EventImage): void {
    const picture = Buffer.concat([
      varint(1, image.height),
      varint(2, image.width),
      varint(3, image.channels),
      message(4, image.png),
    ]);
    this.#append(step, message(5, message(1, Buffer.concat([text(1, tag), message(4, picture)]))));
  }

  close(): void {
    this.#file.close();
  }

  #append(step: number, what: Uint8Array, now = Date.now()): void {
    const event = Buffer.concat([double(1, now / 1000), varint(2, step), what]);
    const frame = Buffer.alloc(12 + event.length + 4);
    frame.writeBigUInt64LE(BigInt(event.length), 0);
    frame.writeUInt32LE(maskedCrc32c(frame.subarray(0, 8)), 8);
    event.copy(frame, 12);
    frame.writeUInt32LE(maskedCrc32c(event), 12 + event.length);
    this.#file.append(frame);
  }
}

function rawVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

const key = (field: number, type: number): Buffer => rawVarint(field * 8 + type);
const varint = (field: number, value: number): Buffer => Buffer.concat([key(field, VARINT), rawVarint(value)]);
const message = (field: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([key(field, BYTES), rawVarint(bytes.length), bytes]);
const text = (field: number, value: string): Buffer => message(field, Buffer.from(value));

function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([key(field, FIXED64), bytes]);
}

function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([key(field, FIXED32), bytes]);
}
