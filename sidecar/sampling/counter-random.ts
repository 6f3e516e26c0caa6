/**
 * Random numbers that are a pure function of (seed, stream, index), for what is drawn once and must
 * be the same whatever the device: initial weights and the fixed z of the sample grid.
 */
import { fillNormal, fillUniform } from '../engine/random/random.ts';

/**
 * What numbers are for, by a name or, where there are very many, by a number from 0 to 2³² − 1. Equal streams
 * draw equal numbers. Two names of a few can be trusted to differ; streams by number always do, and from every name.
 */
export type Stream = string | number;

/** Standard normal numbers, float32. */
export function normals(seed: number, stream: Stream, count: number): Float32Array {
  const numbers = new Float32Array(count);
  fillNormal(numbers, draw(seed, stream));
  return numbers;
}

/** Uniform numbers in [0, 1), float32. */
export function uniforms(seed: number, stream: Stream, count: number): Float32Array {
  const numbers = new Float32Array(count);
  fillUniform(numbers, draw(seed, stream));
  return numbers;
}

/** No step draws so often, so these numbers are never a step's own. */
const NAMED = 0xffffffff;
const NUMBERED = 0xfffffffe;

const draw = (seed: number, stream: Stream) =>
  typeof stream === 'number' ? { seed, step: stream, use: NUMBERED } : { seed, step: hash(stream), use: NAMED };

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
