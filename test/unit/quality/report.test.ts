import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ClassifierMetrics, Metrics } from '../../../sidecar/evaluation/report/judgements.ts';
import { goals, objectivePresets } from '../../quality/goals.ts';
import { readOptions } from '../../quality/options.ts';
import { presets } from '../../quality/presets.ts';
import { report } from '../../quality/report.ts';
import type { QualityResult, TrainingFacts } from '../../quality/results.ts';

const classifier = (changes: Partial<ClassifierMetrics> = {}): ClassifierMetrics => ({
  kind: 'classifier',
  samples: 10_000,
  classifierAccuracy: 0.993,
  distance: 4.5,
  realDistance: 0.125,
  classShares: Array(10).fill(0.1),
  classVariation: 0.02,
  classDivergence: 0.001,
  conditional: null,
  ...changes,
});

const conditional = (accuracy: number, syntheticToReal: number) =>
  classifier({ conditional: { accuracy, syntheticToReal, realToReal: 0.985 } });

const result = (
  preset: string,
  metrics: Metrics | null,
  { training, ...changes }: Partial<Omit<QualityResult, 'training'>> & { training?: Partial<TrainingFacts> } = {},
): QualityResult => ({
  preset,
  dataset: presets.find(({ id }) => id === preset)?.dataset ?? '',
  date: '2030-01-02',
  machine: { cpu: 'Some CPU', cores: 2, memoryGiB: 16, os: 'Some Linux', node: '24.0.0' },
  device: { id: 'cpu', name: 'CPU, 2 threads', engine: 'some engine' },
  seed: 0,
  budgetMinutes: 15,
  overrides: [],
  training: {
    end: 'finished',
    error: null,
    steps: 3000,
    minutes: 12.3,
    imagesPerSecond: 321,
    stall: 0.004,
    losses: [{ label: 'Generator', value: 0.75 }],
    ...training,
  },
  metrics,
  ...changes,
});

const goal = (results: readonly QualityResult[], what: string) =>
  goals(results).find((each) => each.what.startsWith(what))!;

describe('the quality report', () => {
  it('knows configs that exist, each once, and every objective among them', () => {
    const ids = presets.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.ok(existsSync(path.join('examples', id, 'gan.config.json')), id);
    for (const id of objectivePresets) assert.equal(presets.find((each) => each.id === id)?.dataset, 'MNIST', id);
  });

  it('takes the best preset and its worst seed', () => {
    const results = [
      result('conditional-mnist', conditional(0.985, 0.97)),
      result('conditional-mnist', conditional(0.975, 0.98), { seed: 1 }),
      result('vae', conditional(0.9, 0.95)),
    ];
    const asked = goal(results, 'MNIST, best conditional preset');
    assert.equal(asked.measured, '97.50% (conditional-mnist, 12.3 minutes on CPU, 2 threads)');
    assert.equal(asked.met, true);
    assert.equal(
      goal(results, 'MNIST: accuracy on real').measured,
      '97.00% (conditional-mnist, 12.3 minutes on CPU, 2 threads)',
    );
    assert.equal(goal(results, 'Fashion-MNIST').measured, null);
  });

  it('does not count as met what took longer or another device', () => {
    const better = conditional(0.99, 0.99);
    const slow = result('conditional-mnist', better, { training: { minutes: 20 } });
    const gpu = result('conditional-mnist', better, {
      device: { id: 'cuda', name: 'Some GPU', engine: 'some engine' },
    });
    for (const each of [slow, gpu]) assert.equal(goal([each], 'MNIST, best').met, false);
    assert.equal(goal([gpu], 'MNIST, best').measured, '99.00% (conditional-mnist, 12.3 minutes on Some GPU)');
    const quick = result('vae', conditional(0.971, 0.9));
    assert.deepEqual(goal([slow, quick], 'MNIST, best').measured, '97.10% (vae, 12.3 minutes on CPU, 2 threads)');
  });

  it('counts modes and repeated images', () => {
    const modes = { kind: 'modes', all: 1000, divergence: 0.1, realDivergence: 0.02, realFound: 1000 } as const;
    const judged = { samples: 26_000, classifierAccuracy: 0.99, distance: 3, realDistance: 0.1 };
    const stacked = result('stacked-mnist', { ...modes, ...judged, found: 989 }, { training: { minutes: 40 } });
    assert.equal(goal([stacked], 'stacked').measured, '989 of 1000 (40.0 minutes on CPU, 2 threads)');
    assert.equal(goal([stacked], 'stacked').met, false);
    assert.equal(goal([{ ...stacked, metrics: { ...modes, ...judged, found: 990 } }], 'stacked').met, true);

    const icons = (repeated: number) =>
      result('icons', {
        kind: 'resemblance',
        samples: 64,
        repeated,
        closestPair: 0.1,
        realRepeated: 0,
        realClosestPair: 0.09,
        nearestTraining: { least: 0.05, median: 0.1 },
        realNearestMedian: 0.1,
      });
    assert.equal(goal([icons(0)], 'icons').met, true);
    assert.equal(goal([icons(2)], 'icons').met, false);
    assert.match(goal([icons(2)], 'icons').measured!, /^2 /);
  });

  it('wants every objective, and names those that failed or are not there', () => {
    const all = objectivePresets.map((id) => result(id, classifier()));
    assert.equal(goal(all, 'every objective').met, true);
    const failed = all.map((each) =>
      each.preset === 'minimax'
        ? { ...each, metrics: null, training: { ...each.training, end: 'failed' } as const }
        : each,
    );
    assert.equal(goal(failed, 'every objective').met, false);
    assert.match(goal(failed, 'every objective').measured!, /not minimax/);
    assert.match(goal(all.slice(1), 'every objective').measured!, new RegExp(`not ${objectivePresets[0]}`));
  });

  it('writes a row for each result, in the order of the presets', () => {
    const text = report(
      [
        result('non-saturating', classifier(), { seed: 1 }),
        result('conditional-mnist', conditional(0.985, 0.97)),
        result('minimax', null, { training: { end: 'failed', error: 'NaN | at step 7' } }),
      ],
      ['conditional-mnist'],
    );
    const lines = text.split('\n');
    const first = lines.findIndex((line) =>
      line.startsWith('| MNIST | conditional-mnist | 3,000 | 12.3 | CPU, 2 threads | 4.5 |'),
    );
    assert.ok(first > 0, text);
    assert.match(lines[first]!, /98\.50% \| 97\.00% \| 98\.50% \| 2\.0% \| 10,000 \| 0 \|$/);
    assert.match(lines[first + 1]!, /non-saturating .* – \| – \| – \| 2\.0% \| 10,000 \| 1 \|$/);
    assert.match(text, /\| minimax \| NaN \\\| at step 7 \|/);
    assert.match(text, /99\.30% on MNIST/);
    assert.match(text, /!\[Samples of conditional-mnist\]\(media\/presets\/conditional-mnist\.png\)/);
    assert.equal(text.match(/Some CPU/g)?.length, 1);
  });
});

describe('options of the quality benchmark', () => {
  it('take presets, time and seed', () => {
    const options = readOptions(['--presets', 'vae,icons', '--minutes', '0.3', '--seed', '4', '--set', 'device=cpu']);
    assert.deepEqual(
      options?.presets.map(({ id }) => id),
      ['vae', 'icons'],
    );
    assert.deepEqual([options?.minutes, options?.seed, options?.steps], [0.3, 4, null]);
    assert.deepEqual(options?.overrides, ['device=cpu']);
    assert.equal(readOptions([])?.presets.length, presets.length);
  });

  it('name what is wrong', () => {
    assert.throws(() => readOptions(['--presets', 'vea']), /--presets vea: there are .*vae/);
    assert.throws(() => readOptions(['--minutes', 'ten']), /--minutes ten/);
    assert.throws(() => readOptions(['--steps', '1.5']), /--steps 1\.5/);
  });
});
