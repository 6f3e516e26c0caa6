import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { crc32c, maskedCrc32c } from '../../../sidecar/runs/crc32c.ts';
import { emptyFolder, grid, openWriter, removeFolders, row } from './fixtures.ts';

/** The parts of TensorFlow's event.proto and summary.proto that event files of scalars and images use. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Image { int32 height = 1; int32 width = 2; int32 colorspace = 3; bytes encoded_image_string = 4; }
  message Value { string tag = 1; oneof value { float simple_value = 2; Image image = 4; } }
  message Summary { repeated Value value = 1; }
  message SessionLog { enum Status { UNSPECIFIED = 0; START = 1; } Status status = 1; }
  message Event {
    double wall_time = 1;
    int64 step = 2;
    oneof what { string file_version = 3; Summary summary = 5; SessionLog session_log = 7; }
  }`);
const Event = root.lookupType('Event');

/** Every event of the one event file in a folder; fails on a wrong length or checksum. */
async function events(directory: string) {
  const names = (await readdir(directory)).filter((name) => name.startsWith('events.out.tfevents.'));
  assert.equal(names.length, 1);
  const file = await readFile(join(directory, names[0]!));
  const found = [];
  for (let offset = 0; offset < file.length; ) {
    const length = Number(file.readBigUInt64LE(offset));
    assert.equal(file.readUInt32LE(offset + 8), maskedCrc32c(file.subarray(offset, offset + 8)));
    const data = file.subarray(offset + 12, offset + 12 + length);
    assert.equal(file.readUInt32LE(offset + 12 + length), maskedCrc32c(data));
    const event = Event.toObject(Event.decode(data), { longs: Number });
    assert.ok(Math.abs(event.wallTime - Date.now() / 1000) < 60);
    found.push(event);
    offset += 16 + length;
  }
  return found;
}

describe('TensorBoard event files', () => {
  afterEach(removeFolders);

  it('use CRC-32C, with the vectors of RFC 3720', () => {
    assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
    assert.equal(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8ab43);
    assert.equal(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e);
    assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  });

  it('hold scalars and images by step', async () => {
    const directory = await emptyFolder();
    const writer = await openWriter(directory);
    await writer.metrics(row(300));
    await writer.sample(300, await grid(0));
    const [version, scalars, picture, ...rest] = await events(directory);
    assert.equal(version?.fileVersion, 'brain.Event:2');
    assert.equal(scalars?.step, 300);
    assert.deepEqual(
      scalars?.summary.value,
      [
        ['loss/generator', 1 / 300],
        ['loss/discriminator', Math.sqrt(300)],
        ['statistics/realScore', 0.5],
        ['speed/imagesPerSecond', 40],
        ['speed/stall', 0.01],
      ].map(([tag, value]) => ({ tag, simpleValue: Math.fround(Number(value)) })),
    );
    const [{ tag, image }] = picture!.summary.value;
    assert.deepEqual([tag, image.height, image.width, image.colorspace], ['samples', 4, 6, 1]);
    const png = await readFile(join(directory, 'samples', '00000300.png'));
    assert.deepEqual(Buffer.from(image.encodedImageString), png);
    assert.deepEqual(rest, []);
  });

  it('mark where a resumed run takes over, so that TensorBoard forgets the steps made anew', async () => {
    const directory = await emptyFolder();
    await openWriter(directory, { resumedFrom: 2_000_000_000 });
    const [, start] = await events(directory);
    assert.equal(start?.step, 2_000_000_001);
    assert.deepEqual(start?.sessionLog, { status: 1 });
  });
});
