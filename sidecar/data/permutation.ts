/** Counter-based shuffling: the place of any element without storing the order. */

/** Mixes 32-bit words into one (the finalizer of MurmurHash3 after each word). Returns 0 … 2³² − 1. */
export function hash(...words: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const word of words) {
    state = Math.imul(state ^ word, 0x85ebca6b) + 0x6d2b79f5;
    state ^= state >>> 16;
    state = Math.imul(state, 0x85ebca6b);
    state ^= state >>> 13;
    state = Math.imul(state, 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return state >>> 0;
}

const ROUNDS = 8;

/**
 * The element at `position` of the permutation of 0 … size − 1 that `key` chooses (size ≤ 2⁵²).
 *
 * A Feistel network is a permutation of the numbers of its bit width; numbers beyond `size` are
 * walked through again until one falls inside (Black and Rogaway 2002, "Ciphers with Arbitrary
 * Finite Domains"), which takes fewer than four rounds of it on average.
 */
export function permuted(position: number, size: number, key: number): number {
  const halfBits = Math.max(1, Math.ceil(Math.log2(size) / 2));
  const half = 2 ** halfBits;
  let value = position;
  do {
    let left = Math.floor(value / half);
    let right = value % half;
    for (let round = 0; round < ROUNDS; round++) {
      const mixed = (left ^ hash(key, round, right)) & (half - 1);
      left = right;
      right = mixed;
    }
    value = left * half + right;
  } while (value >= size);
  return value;
}
