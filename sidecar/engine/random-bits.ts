/**
 * The random bits themselves, in WebAssembly: dropout draws millions of bytes a step, which plain
 * JavaScript makes at a tenth of the speed of four 32-bit lanes.
 *
 * The generator is pcg4d (Jarzynski and Olano, "Hash Functions for GPU Rendering", JCGT 9(3),
 * 2020), a permutation of four 32-bit words. Four neighbouring blocks are hashed at once, one a
 * lane, and stored word by word: x of the four blocks, then y, z and w.
 */

const MULTIPLIER = 1664525;
const INCREMENT = 1013904223;

/** Bytes that one turn of the loop makes. */
const GROUP = 64;
/** Bytes made by one call, the size of the module's memory. */
const CHUNK = 65536;

// Instructions, by their opcodes in the WebAssembly specification.
const simd = (code: number): number[] => [0xfd, ...unsigned(code)];
const LOOP = [0x03, 0x40];
const BRANCH_IF = 0x0d;
const END = 0x0b;
const I32_ADD = 0x6a;
const I32_SUB = 0x6b;
const STORE = simd(0x0b);
const CONST = simd(0x0c);
const I8X16_SPLAT = simd(0x0f);
const I32X4_SPLAT = simd(0x11);
const I8X16_GE_U = simd(0x2c);
const AND = simd(0x4e);
const XOR = simd(0x51);
const SHIFT_RIGHT = simd(0xad);
const ADD = simd(0xae);
const MULTIPLY = simd(0xb5);

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
const i32 = (value: number): number[] => [0x41, ...signed(value)];

/** LEB128, the variable-length integers of WebAssembly. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const rest = value >> 7;
  const last = (rest === 0 && (value & 0x40) === 0) || (rest === -1 && (value & 0x40) !== 0);
  return last ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(rest)];
}

const lanes = (values: readonly number[]): number[] => [...CONST, ...new Uint8Array(Int32Array.from(values).buffer)];
const same = (value: number): number[] => lanes([value, value, value, value]);

// Parameters, then locals.
const [GROUPS, BLOCK, USE, STEP, SEED, LEVEL] = [0, 1, 2, 3, 4, 5];
const [ADDRESS, COUNTER, X, Y, Z, W] = [6, 7, 8, 9, 10, 11];

/** target += a · b */
const mix = (target: number, a: number, b: number): number[] => [
  ...get(target),
  ...get(a),
  ...get(b),
  ...MULTIPLY,
  ...ADD,
  ...set(target),
];

const round = [...mix(X, Y, W), ...mix(Y, Z, X), ...mix(Z, X, Y), ...mix(W, Y, Z)];

const fold = [X, Y, Z, W].flatMap((word) => [
  ...get(word),
  ...get(word),
  ...i32(16),
  ...SHIFT_RIGHT,
  ...XOR,
  ...set(word),
]);

/** Bytes of 1 where the random byte is at least LEVEL, else 0. */
const keep = [...get(LEVEL), ...I8X16_SPLAT, ...I8X16_GE_U, ...same(0x01010101), ...AND];

/** The body of a function that writes GROUPS · 64 bytes from address 0, each passed through `last`. */
function body(last: readonly number[]): number[] {
  const store = [X, Y, Z, W].flatMap((word, at) => [
    ...get(ADDRESS),
    ...get(word),
    ...last,
    ...STORE,
    4, // aligned to 2⁴ bytes
    at * 16,
  ]);
  return [
    // Locals: one i32, five v128.
    ...[2, 1, 0x7f, 5, 0x7b],
    ...[...get(BLOCK), ...I32X4_SPLAT, ...lanes([0, 1, 2, 3]), ...ADD, ...set(COUNTER)],
    ...LOOP,
    ...[...get(COUNTER), ...same(MULTIPLIER), ...MULTIPLY, ...same(INCREMENT), ...ADD, ...set(X)],
    ...[...get(USE), ...I32X4_SPLAT, ...set(Y)],
    ...[...get(STEP), ...I32X4_SPLAT, ...set(Z)],
    ...[...get(SEED), ...I32X4_SPLAT, ...set(W)],
    ...round,
    ...fold,
    ...round,
    ...store,
    ...[...get(COUNTER), ...same(4), ...ADD, ...set(COUNTER)],
    ...[...get(ADDRESS), ...i32(GROUP), I32_ADD, ...set(ADDRESS)],
    ...[...get(GROUPS), ...i32(1), I32_SUB, ...tee(GROUPS), BRANCH_IF, 0],
    END,
    END,
  ];
}

const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const text = (value: string): number[] => [value.length, ...Buffer.from(value)];
const sized = (content: readonly number[]): number[] => [...unsigned(content.length), ...content];

const module = Uint8Array.from([
  ...[0, ...Buffer.from('asm'), 1, 0, 0, 0],
  ...section(1, [1, 0x60, 6, ...Array<number>(6).fill(0x7f), 0]), // one type: six i32, no result
  ...section(3, [2, 0, 0]), // two functions of it
  ...section(5, [1, 0, 1]), // one page of memory
  ...section(7, [3, ...text('memory'), 2, 0, ...text('bits'), 0, 0, ...text('kept'), 0, 1]),
  ...section(10, [2, ...sized(body([])), ...sized(body(keep))]),
]);

type Fill = (groups: number, block: number, use: number, step: number, seed: number, level: number) => void;
interface Generator {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly bits: Fill;
  readonly kept: Fill;
}

/** Part of every runtime, but not of the language's own type library. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

const generator = new WebAssembly.Instance(new WebAssembly.Module(module)).exports as Generator;
const made = new Uint8Array(generator.memory.buffer);

/** Which numbers of a step are drawn; `use` counts the draws within one step. */
export interface Draw {
  readonly seed: number;
  readonly step: number;
  readonly use: number;
}

const scramble = (word: number): number => (Math.imul(word | 0, MULTIPLIER) + INCREMENT) | 0;

function fill(into: Uint8Array, { seed, step, use }: Draw, write: Fill, level: number): void {
  // A seed may be any safe integer: its upper half is mixed into the word that the hash takes.
  const seedWord = scramble((seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9));
  for (let start = 0; start < into.length; start += CHUNK) {
    const length = Math.min(CHUNK, into.length - start);
    // A block is 16 bytes.
    write(Math.ceil(length / GROUP), start / 16, scramble(use), scramble(step), seedWord, level);
    into.set(length === CHUNK ? made : made.subarray(0, length), start);
  }
}

/** Fills `into` with random bytes. */
export function fillBytes(into: Uint8Array, draw: Draw): void {
  fill(into, draw, generator.bits, 0);
}

/** Fills `into` with 0 where a random byte is below `level` (0 … 255), else 1. */
export function fillKept(into: Uint8Array, level: number, draw: Draw): void {
  fill(into, draw, generator.kept, level);
}
