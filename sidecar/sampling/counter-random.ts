/**
 * Random numbers that are a pure function of (seed, stream, index), for what is drawn once and must
 * be the same whatever the device: initial weights and the fixed z of the sample grid.
 */
import { fillNormal, fillUniform } from '../engine/random/random.ts';

/** Standard normal numbers, float32. `stream` names what they are for; equal names draw equal numbers. */
export function normals(seed: number, stream: string, count: number): Float32Array {
  const numbers = new Float32Array(count);
  fillNormal(numbers, draw(seed, stream));
  return numbers;
}

/** Uniform numbers in [0, 1), float32. */
export function uniforms(seed: number, stream: string, count: number): Float32Array {
  const numbers = new Float32Array(count);
  fillUniform(numbers, draw(seed, stream));
  return numbers;
}

/** No step draws so often, so these numbers are never a step's own. */
const USE = 0xffffffff;

const draw = (seed: number, stream: string) => ({ seed, step: hash(stream), use: USE });

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
