/**
 * Random numbers that are a pure function of (seed, stream, index): Philox 4×32 with 10 rounds
 * (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). Used for what must be the
 * same whatever the device: initial weights and the fixed z of the sample grid.
 */

/** Standard normal numbers, float32. `stream` names what they are for; equal names draw equal numbers. */
export function normals(seed: number, stream: string, count: number): Float32Array {
  const numbers = new Float32Array(count);
  draw(seed, stream, count, (i, a, b) => {
    // Box and Muller (1958); the first uniform is never 0, so its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(a));
    numbers[i] = radius * Math.cos(2 * Math.PI * b);
    if (i + 1 < count) numbers[i + 1] = radius * Math.sin(2 * Math.PI * b);
  });
  return numbers;
}

/** Uniform numbers in (0, 1), float32. */
export function uniforms(seed: number, stream: string, count: number): Float32Array {
  const numbers = new Float32Array(count);
  draw(seed, stream, count, (i, a, b) => {
    numbers[i] = a;
    if (i + 1 < count) numbers[i + 1] = b;
  });
  return numbers;
}

/** Calls `take` for every second index with two uniforms of 24 bits, centred in their interval. */
function draw(seed: number, stream: string, count: number, take: (i: number, a: number, b: number) => void): void {
  const streamKey = hash(stream);
  const block = new Uint32Array(4);
  for (let i = 0; i < count; i += 4) {
    block.set([i / 4, 0, 0, 0]);
    philox(block, seed >>> 0, streamKey);
    const [a = 0, b = 0, c = 0, d = 0] = block;
    take(i, unit(a), unit(b));
    if (i + 2 < count) take(i + 2, unit(c), unit(d));
  }
}

const unit = (bits: number): number => ((bits >>> 8) + 0.5) / 2 ** 24;

/** Ten rounds in place; the counter becomes the random block. */
export function philox(counter: Uint32Array, key0: number, key1: number): void {
  let [x0 = 0, x1 = 0, x2 = 0, x3 = 0] = counter;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, x0);
    const low0 = Math.imul(0xd2511f53, x0);
    const high1 = multiplyHigh(0xcd9e8d57, x2);
    const low1 = Math.imul(0xcd9e8d57, x2);
    x0 = (high1 ^ x1 ^ k0) >>> 0;
    x1 = low1 >>> 0;
    x2 = (high0 ^ x3 ^ k1) >>> 0;
    x3 = low0 >>> 0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  counter.set([x0, x1, x2, x3]);
}

/** Upper 32 bits of the product of two unsigned 32-bit integers, from 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carried = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carried / 65536)) >>> 0;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
