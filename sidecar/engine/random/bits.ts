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

/** Bytes that one turn of the loop makes: two times four blocks, hashed side by side. */
const TURN = 128;
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
const FLOAT_MULTIPLY = simd(0xe6);
const CONVERT_U = simd(0xfb);

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
const [TURNS, BLOCK, USE, STEP, SEED, LEVEL] = [0, 1, 2, 3, 4, 5];
const ADDRESS = 6;
const [COUNTER, X, Y, Z, W] = [7, 8, 9, 10, 11];
/** The second four blocks' words, at this distance from the first's. */
const SECOND = 4;
/** What stays the same from turn to turn. */
const [FACTOR, USES, STEPS, SEEDS, LEVELS, ONES] = [16, 17, 18, 19, 20, 21];

/** target += a · b */
const mix = (target: number, a: number, b: number): number[] => [
  ...get(target),
  ...get(a),
  ...get(b),
  ...MULTIPLY,
  ...ADD,
  ...set(target),
];

/** The same instructions for both fours, one after the other: neither waits for the other's results. */
const both = (instructions: (offset: number) => number[]): number[] => [...instructions(0), ...instructions(SECOND)];

const round = (
  [
    [X, Y, W],
    [Y, Z, X],
    [Z, X, Y],
    [W, Y, Z],
  ] as const
).flatMap(([target, a, b]) => both((offset) => mix(target + offset, a + offset, b + offset)));

const fold = [X, Y, Z, W].flatMap((word) =>
  both((offset) => [
    ...get(word + offset),
    ...get(word + offset),
    ...i32(16),
    ...SHIFT_RIGHT,
    ...XOR,
    ...set(word + offset),
  ]),
);

/** Bytes of 1 where the random byte is at least LEVEL, else 0. */
const keep = [...get(LEVELS), ...I8X16_GE_U, ...get(ONES), ...AND];

/** Uniform floats in [0, 1): the upper 24 bits, all that a float32 below 1 can hold evenly, times 2⁻²⁴. */
const unit = [...i32(8), ...SHIFT_RIGHT, ...CONVERT_U, ...same(0x33800000), ...FLOAT_MULTIPLY];

const start = (offset: number): number[] => [
  ...[...get(COUNTER), ...get(FACTOR), ...MULTIPLY, ...same(INCREMENT), ...ADD, ...set(X + offset)],
  ...[...get(USES), ...set(Y + offset)],
  ...[...get(STEPS), ...set(Z + offset)],
  ...[...get(SEEDS), ...set(W + offset)],
  ...[...get(COUNTER), ...same(4), ...ADD, ...set(COUNTER)],
];

/** The body of a function that writes TURNS · 128 bytes from address 0, each passed through `last`. */
function body(last: readonly number[]): number[] {
  const store = [X, Y, Z, W, X + SECOND, Y + SECOND, Z + SECOND, W + SECOND].flatMap((word, at) => [
    ...get(ADDRESS),
    ...get(word),
    ...last,
    ...STORE,
    4, // aligned to 2⁴ bytes
    ...unsigned(at * 16),
  ]);
  return [
    // Locals: one i32, fifteen v128.
    ...[2, 1, 0x7f, 15, 0x7b],
    ...[...get(BLOCK), ...I32X4_SPLAT, ...lanes([0, 1, 2, 3]), ...ADD, ...set(COUNTER)],
    ...[...same(MULTIPLIER), ...set(FACTOR)],
    ...[...get(USE), ...I32X4_SPLAT, ...set(USES)],
    ...[...get(STEP), ...I32X4_SPLAT, ...set(STEPS)],
    ...[...get(SEED), ...I32X4_SPLAT, ...set(SEEDS)],
    ...[...get(LEVEL), ...I8X16_SPLAT, ...set(LEVELS)],
    ...[...same(0x01010101), ...set(ONES)],
    ...LOOP,
    ...both(start),
    ...round,
    ...fold,
    ...round,
    ...store,
    ...[...get(ADDRESS), ...i32(TURN), I32_ADD, ...set(ADDRESS)],
    ...[...get(TURNS), ...i32(1), I32_SUB, ...tee(TURNS), BRANCH_IF, 0],
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
  ...section(3, [3, 0, 0, 0]), // three functions of it
  ...section(5, [1, 0, 1]), // one page of memory
  ...section(7, [4, ...text('memory'), 2, 0, ...text('bits'), 0, 0, ...text('kept'), 0, 1, ...text('units'), 0, 2]),
  ...section(10, [3, ...sized(body([])), ...sized(body(keep)), ...sized(body(unit))]),
]);

type Fill = (turns: number, block: number, use: number, step: number, seed: number, level: number) => void;
interface Generator {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly bits: Fill;
  readonly kept: Fill;
  readonly units: Fill;
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
    write(Math.ceil(length / TURN), start / 16, scramble(use), scramble(step), seedWord, level);
    into.set(length === CHUNK ? made : made.subarray(0, length), start);
  }
}

/** Fills `into` with uniform numbers in [0, 1). */
export function fillUnits(into: Float32Array, draw: Draw): void {
  fill(new Uint8Array(into.buffer, into.byteOffset, into.byteLength), draw, generator.units, 0);
}

/** Fills `into` with random bytes. */
export function fillBytes(into: Uint8Array, draw: Draw): void {
  fill(into, draw, generator.bits, 0);
}

/** Fills `into` with 0 where a random byte is below `level` (0 … 255), else 1. */
export function fillKept(into: Uint8Array, level: number, draw: Draw): void {
  fill(into, draw, generator.kept, level);
}
