import assert from 'node:assert/strict';
import { normals, uniforms } from '../../sidecar/sampling/counter-random.ts';

const moments = (numbers: Float32Array) => {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  return { mean, variance: numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length };
};

describe('counter-based random numbers', () => {
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
