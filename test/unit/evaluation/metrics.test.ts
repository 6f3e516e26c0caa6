import assert from 'node:assert/strict';
import { featureDistance } from '../../../sidecar/evaluation/frechet.ts';
import { measureMetric } from '../../../sidecar/evaluation/measure.ts';
import type { Evidence, Features } from '../../../sidecar/evaluation/metric.ts';
import { metrics } from '../../../sidecar/evaluation/metrics/index.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { near } from './near.ts';

/** As in frechet.test.ts. References are from the definitions, written out in Python's float64, every pair on its own. */
const made = (n: number, dimensions: number, shift: number): { features: Features } => ({
  features: {
    dimensions,
    values: Float64Array.from({ length: n * dimensions }, (_, at) => {
      const [i, j] = [Math.floor(at / dimensions), at % dimensions];
      return Math.sin((i + 1) * (j + 2) * 0.7 + shift) * (1 + j / 2) + shift * Math.cos(i);
    }),
  },
});

const line = (...values: number[]): { features: Features } => ({
  features: { values: Float32Array.from(values), dimensions: 1 },
});

const classes = (classes: number, ...values: number[]) => ({ values: Int32Array.from(values), classes });

function measure(name: string, real: Partial<Evidence>, synthetic: Partial<Evidence>, seed = 0) {
  const metric = metrics.find((each) => each.name === name);
  assert.ok(metric, name);
  return measureMetric(metric, real, synthetic, { seed });
}

describe('metrics of evaluation', () => {
  it('have the values of float64 references', () => {
    const [real, synthetic] = [made(60, 4, 0), made(50, 4, 0.5)];
    near(measure('precision', real, synthetic).value, 0.16);
    near(measure('recall', real, synthetic).value, 0.9);
    near(measure('density', real, synthetic).value, 0.168);
    near(measure('coverage', real, synthetic).value, 0.35);
    near(measure('kernel-distance', made(50, 4, 0), synthetic).value, 0.7068150326160669);
    // SciPy's value of frechet.test.ts, and to the bit what the function gives by itself.
    const [test, generated] = [made(150, 8, 0.5), made(200, 8, 0)];
    const distance = measure('frechet-distance', test, generated).value;
    near(distance, 1.2909096945795397);
    assert.equal(distance, featureDistance(generated.features.values, test.features.values, 8));
  });

  it('are what one counts by hand on a line', () => {
    const real = line(0, 1, 2, 3, 4, 5, 6);
    // Third neighbours of 0 … 6 are 3, 2, 2, 2, 2, 2, 3 away: 8.5 and 9 lie within 3 of 6, and 20 in no ball.
    const precise = measure('precision', real, line(2.5, 8.5, 9, 20));
    assert.equal(precise.value, 0.75);
    near(precise.standardError, Math.sqrt((0.25 * 0.75) / 3));
    assert.deepEqual(precise.count, { real: 7, synthetic: 4 });
    // Their third neighbours are 2, 1, 2 and 1 away: 5 and 6 are not reached.
    assert.equal(measure('recall', real, line(0, 1, 2, 1)).value, 5 / 7);
    // Fifth neighbours are 5, 4, 3, 3, 3, 4, 5 away: 10 is in the ball of 6 (1 / 5), and 30 in none.
    assert.equal(measure('density', real, line(10, 30)).value, 0.1);
    assert.equal(measure('coverage', real, line(10, 30)).value, 1 / 7);
  });

  it('draw subsets by the seed, with a standard error', () => {
    const [real, synthetic] = [made(80, 2, 0), made(40, 2, 0.5)];
    const first = measure('kernel-distance', real, synthetic, 3);
    assert.deepEqual(measure('kernel-distance', real, synthetic, 3), first);
    assert.notEqual(measure('kernel-distance', real, synthetic, 4).value, first.value);
    assert.ok((first.standardError ?? 0) > 0);
    assert.equal(first.seed, 3);
  });

  it('compare classes', () => {
    const real = { labels: classes(3, 0, 0, 1, 1) };
    const synthetic = { labels: classes(3, 0, 0, 0, 1), asked: classes(3, 0, 0, 1, 1) };
    assert.equal(measure('class-accuracy', {}, synthetic).value, 0.75);
    assert.equal(measure('class-variation', real, synthetic).value, 0.25);
    near(measure('class-divergence', real, synthetic).value, 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5));
    assert.equal(measure('modes-found', {}, synthetic).value, 2);
  });

  it('find what is repeated and what is copied', () => {
    // In one dimension the root mean square difference is the plain one.
    assert.equal(measure('closest-pair', {}, line(0, 4, 7, 5.5)).value, 1.5);
    assert.equal(measure('nearest-training', line(0, 10), line(1, 8, 10)).value, 1);
    assert.equal(measure('nearest-training', line(0, 10), line(1, 8)).value, 1.5);
  });

  it('test on real examples what learned from synthetic ones', () => {
    const real = { labels: classes(3, 0, 1, 2, 1), learned: classes(3, 0, 1, 1, 1) };
    const { value, standardError, count } = measure('synthetic-to-real', real, {});
    assert.equal(value, 0.75);
    near(standardError, Math.sqrt((0.75 * 0.25) / 3));
    assert.deepEqual(count, { real: 4, synthetic: 0 });
  });

  it('average log-likelihoods of real examples', () => {
    const likely = (...values: number[]) => ({ logLikelihoods: { values: Float64Array.from(values) } });
    assert.deepEqual(
      [measure('log-likelihood', likely(-90, -110), {})].map(({ value, standardError }) => [value, standardError]),
      [[-100, 10]],
    );
    assert.equal(measure('log-likelihood', likely(-90, Number.NEGATIVE_INFINITY), {}).value, Number.NEGATIVE_INFINITY);
  });

  it('say their paper and what they need, under names of their own', () => {
    assert.equal(new Set(metrics.map(({ name }) => name)).size, metrics.length);
    for (const { name, source, needs } of metrics) assert.ok(source !== '' && needs.length > 0, name);
  });

  it('refuse too few examples, each with its own minimum', () => {
    for (const metric of metrics.filter(({ needs }) => needs.includes('features'))) {
      for (const side of (['real', 'synthetic'] as const).filter((each) => metric.minimum[each] > 0)) {
        const few = {
          ...{ real: made(50, 2, 0), synthetic: made(50, 2, 1) },
          [side]: made(metric.minimum[side] - 1, 2, 0),
        };
        assert.throws(
          () => measureMetric(metric, few.real, few.synthetic, { seed: 0 }),
          (error) => error instanceof UserError && error.code === 'evaluation/too-few' && error.message.includes(side),
          `${metric.name} ${side}`,
        );
        const enough = { ...few, [side]: made(metric.minimum[side], 2, 0) };
        assert.ok(Number.isFinite(measureMetric(metric, enough.real, enough.synthetic, { seed: 0 }).value));
      }
    }
  });

  it('refuse what is missing, does not fit or is no number', () => {
    const code = (wanted: string) => (error: unknown) => error instanceof UserError && error.code === wanted;
    assert.throws(() => measure('precision', {}, made(9, 2, 0)), code('evaluation/needs'));
    assert.throws(() => measure('precision', made(9, 3, 0), made(9, 2, 0)), code('evaluation/mismatch'));
    const uneven = { labels: classes(2, 0, 1), asked: classes(2, 0) };
    assert.throws(() => measure('class-accuracy', {}, uneven), code('evaluation/mismatch'));
    assert.throws(() => measure('precision', line(0, 1, 2, 3, Number.NaN), line(1)), code('evaluation/not-finite'));
  });
});
