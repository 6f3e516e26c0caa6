import assert from 'node:assert/strict';
import { type Draw, fillBytes } from '../../sidecar/engine/random/bits.ts';
import { fillPairs } from '../../sidecar/engine/random/box-muller.ts';
import { droppedLevels, fillDropout, fillNormal, fillUniform, keptScale } from '../../sidecar/engine/random/random.ts';

const SIZE = 1 << 16;
const at = (seed: number, step: number, use: number): Draw => ({ seed, step, use });

function uniforms(draw: Draw, size = SIZE): Float32Array {
  const values = new Float32Array(size);
  fillUniform(values, draw);
  return values;
}

function normals(draw: Draw, size = SIZE): Float32Array {
  const values = new Float32Array(size);
  fillNormal(values, draw);
  return values;
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;

function correlation(a: Float32Array, b: Float32Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, x] of a.entries()) {
    const y = b[i]! - meanB;
    ab += (x - meanA) * y;
    aa += (x - meanA) ** 2;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Five standard errors: a fair generator fails one of a million such checks. */
const FIVE_SIGMA = 5 / Math.sqrt(SIZE);

const draws = [at(0, 0, 0), at(0, 0, 1), at(0, 1, 0), at(1, 0, 0), at(1, 1, 1), at(2 ** 40 + 1, 99_999, 7)];

function randomWords(draw: Draw, size: number): Uint32Array {
  const words = new Uint32Array(size);
  fillBytes(new Uint8Array(words.buffer), draw);
  return words;
}

/** pcg4d as its authors print it, in JavaScript: the four words of one block. */
function pcg4d(input: readonly [number, number, number, number]): number[] {
  let [x, y, z, w] = input.map((word) => (Math.imul(word, 1664525) + 1013904223) | 0) as [
    number,
    number,
    number,
    number,
  ];
  const mix = () => {
    x = (x + Math.imul(y, w)) | 0;
    y = (y + Math.imul(z, x)) | 0;
    z = (z + Math.imul(x, y)) | 0;
    w = (w + Math.imul(y, z)) | 0;
  };
  mix();
  [x, y, z, w] = [x ^ (x >>> 16), y ^ (y >>> 16), z ^ (z >>> 16), w ^ (w >>> 16)];
  mix();
  return [x, y, z, w].map((word) => word >>> 0);
}

describe('random numbers', () => {
  it('are pcg4d of (block, use, step, seed), four blocks side by side', () => {
    // More than the 65,536 bytes that are made at once.
    const words = randomWords(at(12, 34, 56), 40_000);
    for (let block = 0; block < 10_000; block += 1) {
      const group = (block >> 2) * 16 + (block & 3);
      assert.deepEqual(
        [0, 4, 8, 12].map((word) => words[group + word]),
        pcg4d([block, 56, 34, 12]),
      );
    }
  });

  it('are the same for equal (seed, step, use), whatever was drawn before', () => {
    for (const draw of draws) {
      const first = normals(draw, 1000);
      uniforms(at(5, 5, 5));
      assert.deepEqual(normals(draw, 1000), first);
    }
  });

  it('begin alike however many are drawn', () => {
    assert.deepEqual(uniforms(at(3, 4, 5), 1001).slice(0, 37), uniforms(at(3, 4, 5), 37));
    assert.deepEqual(normals(at(3, 4, 5), 1001).slice(0, 37), normals(at(3, 4, 5), 37));
  });

  it('are the upper 24 bits where they are uniform', () => {
    const words = randomWords(at(1, 2, 3), 40_001);
    assert.deepEqual(
      uniforms(at(1, 2, 3), 40_001),
      Float32Array.from(words, (word) => (word >>> 8) / 2 ** 24),
    );
  });

  it('are uniform: mean, variance and 64 equal bins', () => {
    for (const draw of draws) {
      const values = uniforms(draw);
      assert.ok(Math.abs(mean(values) - 0.5) < FIVE_SIGMA * Math.sqrt(1 / 12));
      assert.ok(values.every((x) => x >= 0 && x < 1));
      const bins = new Float64Array(64);
      for (const x of values) bins[Math.floor(x * 64)]! += 1;
      const chiSquare = bins.reduce((sum, count) => sum + (count - SIZE / 64) ** 2 / (SIZE / 64), 0);
      // χ² with 63 degrees of freedom has mean 63 and standard deviation √126.
      assert.ok(Math.abs(chiSquare - 63) < 5 * Math.sqrt(126), `χ² = ${chiSquare}`);
    }
  });

  it('are normal by the transform of Box and Muller, to the last bits of a float32', () => {
    // Leading and trailing edges of both tables, and what the generator makes.
    const edges = [0, 1, 2, 3, 0xffff, 0x10000, 0x10001, 0x1ffff, 0x20000, 0x7fffff, 0x800000, 0xfffffe, 0xffffff];
    const pairs = edges.flatMap((radius) => edges.flatMap((angle) => [radius << 8, angle << 8]));
    const random = new Uint32Array(20_000);
    fillBytes(new Uint8Array(random.buffer), { seed: 1, step: 2, use: 3 });
    const words = Uint32Array.from([...pairs, ...random]);
    const found = new Float32Array(words.length);
    fillPairs(found, words);
    for (let at = 0; at < words.length; at += 2) {
      const radius = Math.sqrt(-2 * Math.log(((words[at]! >>> 8) + 1) * 2 ** -24));
      const angle = 2 * Math.PI * 2 ** -24 * (words[at + 1]! >>> 8);
      for (const [offset, exact] of [radius * Math.cos(angle), radius * Math.sin(angle)].entries()) {
        // Half a unit of a float32, and 10⁻¹² of the radius for the series.
        const error = Math.abs(found[at + offset]! - exact);
        assert.ok(error <= 2 ** -24 * Math.abs(exact) + 6e-12, `pair ${at / 2}: off by ${error}`);
      }
    }
  });

  it('are normal: four moments and the tails', () => {
    for (const draw of draws) {
      const values = normals(draw);
      const moment = (power: number) => mean(values.map((x) => x ** power));
      assert.ok(Math.abs(moment(1)) < FIVE_SIGMA, `mean ${moment(1)}`);
      assert.ok(Math.abs(moment(2) - 1) < FIVE_SIGMA * Math.SQRT2, `variance ${moment(2)}`);
      assert.ok(Math.abs(moment(3)) < FIVE_SIGMA * Math.sqrt(15), `skewness ${moment(3)}`);
      assert.ok(Math.abs(moment(4) - 3) < FIVE_SIGMA * Math.sqrt(96), `kurtosis ${moment(4)}`);
      const beyond = values.filter((x) => Math.abs(x) > 3).length / SIZE;
      assert.ok(Math.abs(beyond - 0.0027) < FIVE_SIGMA * Math.sqrt(0.0027), `beyond 3σ: ${beyond}`);
    }
  });

  it('do not correlate between seeds, steps, uses and neighbours', () => {
    const all = draws.map((draw) => uniforms(draw));
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) assert.ok(Math.abs(correlation(a, b)) < FIVE_SIGMA);
      for (const lag of [1, 2, 3, 4, 5, 100]) {
        assert.ok(Math.abs(correlation(a.slice(0, -lag), a.slice(lag))) < FIVE_SIGMA, `lag ${lag}`);
      }
    }
  });

  it('do not correlate along a thousand steps', () => {
    const firsts = Float32Array.from({ length: SIZE }, (_, step) => uniforms(at(0, step, 0), 1)[0]!);
    assert.ok(Math.abs(mean(firsts) - 0.5) < FIVE_SIGMA * Math.sqrt(1 / 12));
    assert.ok(Math.abs(correlation(firsts.slice(0, -1), firsts.slice(1))) < FIVE_SIGMA);
  });

  it('do not repeat: 128-bit blocks of many draws are all different', () => {
    const seen = new Set<string>();
    let blocks = 0;
    for (let step = 0; step < 50; step += 1) {
      for (let use = 0; use < 10; use += 1) {
        const words = randomWords(at(11, step, use), 400);
        for (let i = 0; i < words.length; i += 4) seen.add(words.subarray(i, i + 4).join());
        blocks += 100;
      }
    }
    assert.equal(seen.size, blocks);
  });

  it('set every bit half of the time', () => {
    const words = randomWords(at(1, 2, 3), SIZE);
    for (let bit = 0; bit < 32; bit += 1) {
      const share = mean(words.map((word) => (word >>> bit) & 1));
      assert.ok(Math.abs(share - 0.5) < FIVE_SIGMA * 0.5, `bit ${bit}: ${share}`);
    }
  });
});

describe('dropout', () => {
  for (const rate of [0, 0.1, 0.25, 0.5, 0.75, 0.99]) {
    it(`drops ${rate} and keeps the mean at 1`, () => {
      for (const draw of draws) {
        const kept = new Uint8Array(SIZE);
        fillDropout(kept, rate, draw);
        assert.ok(kept.every((bit) => bit === 0 || bit === 1));
        const dropped = droppedLevels(rate) / 256;
        const error = FIVE_SIGMA * Math.sqrt(dropped * (1 - dropped)) + 1e-6;
        assert.ok(Math.abs(mean(kept) - (1 - dropped)) <= error);
        assert.ok(Math.abs(keptScale(rate) * (1 - dropped) - 1) < 1e-6);
      }
    });
  }

  it('rounds the rate to 1/256', () => {
    assert.equal(droppedLevels(0.25), 64);
    assert.equal(droppedLevels(0.1), 26);
    assert.throws(() => droppedLevels(1), /not in \[0, 1\)/);
    assert.throws(() => droppedLevels(Number.NaN), /not in \[0, 1\)/);
  });

  it('drops the same elements whatever the length is aligned to', () => {
    const long = new Uint8Array(64);
    const short = new Uint8Array(61);
    fillDropout(long, 0.5, at(1, 1, 1));
    fillDropout(short, 0.5, at(1, 1, 1));
    assert.deepEqual(short, long.slice(0, 61));
  });
});
