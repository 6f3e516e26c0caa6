import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HostTensor } from '../../../sidecar/engine/engine.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../sidecar/runs/safetensors.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { checkpointOf } from './fixtures.ts';

const encode = (tensors: Readonly<Record<string, HostTensor>>): Buffer =>
  Buffer.concat(encodeSafetensors({ tensors, metadata: { step: '12' } }));

const isBadCheckpoint = (error: unknown) =>
  error instanceof UserError && error.code === 'runs/bad-checkpoint' && !error.message.includes('\n');

describe('safetensors', () => {
  it('follow the format: 64-bit header length, JSON padded to 8 bytes, gapless little-endian data', () => {
    const file = encode({
      b: { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) },
      f: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1.5, -2) },
      i: { dtype: 'int32', shape: [], data: Int32Array.of(-7) },
    });
    const length = Number(file.readBigUInt64LE(0));
    assert.equal(length % 8, 0);
    assert.deepEqual(JSON.parse(file.toString('utf8', 8, 8 + length)), {
      __metadata__: { step: '12' },
      f: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
      i: { dtype: 'I32', shape: [], data_offsets: [8, 12] },
      b: { dtype: 'BOOL', shape: [3], data_offsets: [12, 15] },
    });
    const data = file.subarray(8 + length);
    assert.equal(data.length, 15);
    assert.equal(data.readFloatLE(0), 1.5);
    assert.equal(data.readFloatLE(4), -2);
    assert.equal(data.readInt32LE(8), -7);
    assert.deepEqual([...data.subarray(12)], [1, 0, 1]);
  });

  it('give back what was written, bit for bit, NaN and negative zero included', () => {
    const words = fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), words), (entries) => {
        const tensors: Record<string, HostTensor> = {};
        for (const [name, bits] of Object.entries(entries)) {
          if (name === '__metadata__' || name === '__proto__') continue;
          const data = new Float32Array(Uint32Array.from(bits).buffer);
          tensors[name] = { dtype: 'float32', shape: [bits.length], data };
        }
        const back = decodeSafetensors(encode(tensors), 'file').tensors;
        assert.deepEqual(Object.keys(back).sort(), Object.keys(tensors).sort());
        for (const [name, { data }] of Object.entries(tensors)) {
          assert.deepEqual(new Uint8Array(back[name]!.data.buffer), new Uint8Array(data.buffer));
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('give equal bytes whatever the order of the tensors', () => {
    const { tensors } = checkpointOf(5);
    assert.deepEqual(encode(Object.fromEntries(Object.entries(tensors).reverse())), encode({ ...tensors }));
  });

  it('refuse every truncation and every file with something appended', () => {
    const file = encode({ ...checkpointOf(1, 8).tensors });
    for (let length = 0; length < file.length; length++) {
      assert.throws(() => decodeSafetensors(file.subarray(0, length), 'file'), isBadCheckpoint);
    }
    assert.throws(() => decodeSafetensors(Buffer.concat([file, Buffer.of(0)]), 'file'), isBadCheckpoint);
  });

  it('refuse headers that lie', () => {
    const fake = (header: object, bytes: number) => {
      const json = Buffer.from(JSON.stringify(header));
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(json.length));
      return Buffer.concat([length, json, Buffer.alloc(bytes)]);
    };
    const tensor = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
      dtype: 'F32',
      shape,
      data_offsets: [begin, end],
    });
    assert.doesNotThrow(() => decodeSafetensors(fake({ a: tensor(0, 8), b: tensor(8, 16) }, 16), 'file'));
    for (const [header, bytes] of [
      [{ a: tensor(0, 8), b: tensor(4, 12) }, 12],
      [{ a: tensor(0, 8), b: tensor(12, 20) }, 20],
      [{ a: tensor(4, 12) }, 12],
      [{ a: tensor(0, 8, [3]) }, 8],
      [{ a: tensor(0, 8, [-2, -1]) }, 8],
      [{ a: { dtype: 'F64', shape: [1], data_offsets: [0, 8] } }, 8],
      [{ a: { dtype: 'F32', shape: [2], data_offsets: [8, 0] } }, 8],
      [{ a: null }, 0],
    ] as const) {
      assert.throws(() => decodeSafetensors(fake(header, bytes), 'file'), isBadCheckpoint, JSON.stringify(header));
    }
    const endless = Buffer.alloc(16, 0xff);
    assert.throws(() => decodeSafetensors(endless, 'file'), isBadCheckpoint);
  });
});
