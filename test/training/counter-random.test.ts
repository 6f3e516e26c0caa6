import assert from 'node:assert/strict';
import { normals, philox, uniforms } from '../../sidecar/training/counter-random.ts';

const moments = (numbers: Float32Array) => {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  return { mean, variance: numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length };
};

describe('counter-based random numbers', () => {
  // Known answers published with Random123, the authors' implementation.
  for (const [counter, [key0, key1], expected] of [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [Array(4).fill(0xffffffff), [0xffffffff, 0xffffffff], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as [number[], [number, number], number[]][]) {
    it(`gives Philox 4×32-10’s known answer to ${counter.map((n) => n.toString(16))}`, () => {
      const block = Uint32Array.from(counter);
      philox(block, key0, key1);
      assert.deepEqual([...block], expected);
    });
  }

  it('draws numbers with the right moments', () => {
    const normal = moments(normals(1, 'a', 200_000));
    assert.ok(Math.abs(normal.mean) < 0.01 && Math.abs(normal.variance - 1) < 0.01, JSON.stringify(normal));
    const uniform = moments(uniforms(1, 'a', 200_000));
    assert.ok(Math.abs(uniform.mean - 0.5) < 0.003 && Math.abs(uniform.variance - 1 / 12) < 0.001);
  });

  it('depends on seed and stream, and a longer draw begins like a shorter one', () => {
    assert.deepEqual(normals(1, 'a', 7), normals(1, 'a', 10).slice(0, 7));
    assert.notDeepEqual(normals(1, 'a', 7), normals(2, 'a', 7));
    assert.notDeepEqual(normals(1, 'a', 7), normals(1, 'b', 7));
  });

  it('takes seeds of 32 bits', () => {
    assert.notDeepEqual(uniforms(4294967295, 'a', 4), uniforms(0, 'a', 4));
  });
});
