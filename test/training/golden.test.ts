/**
 * A seeded run of each preset against its record. Training amplifies rounding: on another machine,
 * sums in another order part two runs after some steps as a change of their weights in the last bit
 * would. A record therefore holds by how much two runs with such changes differed from the first,
 * and five times that is allowed, with a floor for curves that happened to agree.
 *
 * The runs also hold every metric that a preset reports against the list of their descriptions.
 *
 * `npm run golden` writes the records anew.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from 'node:process';
import { type Curves, goldenRun, presetNames } from './golden/run.ts';

interface GoldenRecord {
  readonly curves: Curves;
  /** Largest difference that each window had among the changed runs. */
  readonly spread: Curves;
}

/** One and two float32 units, by which weights are changed. */
const PERTURBATIONS = [1.2e-7, 2.4e-7];
const TIMES = 5;
/** Of the curve's own size: what is left of agreement in six digits after fifty steps. */
const FLOOR = 0.02;

const fileOf = (preset: string) => path.resolve('test/training/golden', `${preset}.json`);
const rounded = (x: number) => Number(x.toPrecision(6));

async function write(preset: string): Promise<void> {
  const curves = await goldenRun(preset);
  const changed: Curves[] = [];
  for (const perturbation of PERTURBATIONS) changed.push(await goldenRun(preset, perturbation));
  const differences = Object.entries(curves).map(([metric, means]) => [
    metric,
    means.map((mean, i) => rounded(Math.max(...changed.map((each) => Math.abs((each[metric]?.[i] ?? 0) - mean))))),
  ]);
  const record: GoldenRecord = {
    curves: Object.fromEntries(Object.entries(curves).map(([metric, means]) => [metric, means.map(rounded)])),
    spread: Object.fromEntries(differences),
  };
  await writeFile(fileOf(preset), `${JSON.stringify(record)}\n`);
}

describe('golden records', function () {
  this.timeout(env.GOLDEN === 'write' ? 600_000 : 120_000);

  for (const preset of presetNames) {
    it(preset, async () => {
      if (env.GOLDEN === 'write') return write(preset);
      const text = await readFile(fileOf(preset), 'utf8').catch(() => null);
      assert.ok(text !== null, `${preset} has no record yet: npm run golden -- --grep ${preset}`);
      const record = JSON.parse(text) as GoldenRecord;
      const curves = await goldenRun(preset);
      assert.deepEqual(Object.keys(curves), Object.keys(record.curves));
      for (const [metric, means] of Object.entries(record.curves)) {
        const size = means.reduce((sum, mean) => sum + Math.abs(mean), 0) / means.length;
        for (const [i, mean] of means.entries()) {
          // A curve parts more with time: what came before may be allowed later too.
          const spread = Math.max(...(record.spread[metric] ?? []).slice(0, i + 1));
          const difference = Math.abs((curves[metric]?.[i] ?? Number.NaN) - mean);
          const allowed = Math.max(TIMES * spread, FLOOR * size);
          assert.ok(difference <= allowed, `${metric}, window ${i}: ${difference} from ${mean}, allowed ${allowed}`);
        }
      }
    });
  }
});
