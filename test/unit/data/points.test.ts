import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import { toySets } from '../../../sidecar/data/sources/points/toy-sets.ts';
import type { ToySetName } from '../../../sidecar/keys/options.ts';
import { dataConfig, range, rejectsWith, temporaryFolder, write } from './fixtures.ts';

describe('Points in the plane', () => {
  const folder = temporaryFolder();
  const open = (config: Partial<Parameters<typeof dataConfig>[0]> = {}) =>
    openDataset(dataConfig({ source: 'points', ...config }));
  const csv = async (text: string) => write(join(folder.path, 'points.csv'), text);

  for (const set of Object.keys(toySets) as ToySetName[]) {
    it(`${set}: the same at every reading, inside the square, facts as read`, async () => {
      const dataset = await open({ points: set });
      const { examples, labels, sources } = await dataset.read(range(2000));
      assert.deepEqual([examples.shape, sources], [[2000, 2], null]);
      assert.ok(examples.data.every((value) => value > -1 && value < 1));
      assert.ok(Math.max(...examples.data) > 0.7 && Math.min(...examples.data) < -0.7, 'it fills the square');
      const again = await (await open({ points: set })).read([1999, 7]);
      assert.deepEqual([...again.examples.data], [...examples.data.slice(3998), ...examples.data.slice(14, 16)]);
      assert.equal(labels === null, set === 'swiss-roll');
      const facts = await inspectData(dataConfig({ source: 'points', points: set }));
      const { info } = dataset;
      assert.deepEqual(
        [facts.modality, facts.size, facts.shape, facts.classNames, facts.stored],
        [info.modality, info.size, info.shape, info.classNames, null],
      );
    });
  }

  /** Mean and deviation of the points of one class, in the set's own numbers. */
  const mode = (set: ToySetName, label: number) => {
    const classes = toySets[set].classNames?.length ?? 1;
    const points = range(4000).map((i) => toySets[set].point(i * classes + label));
    const mean = (axis: number) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length;
    const centre = [mean(0), mean(1)] as const;
    const variance = points.reduce((sum, [x, y]) => sum + (x - centre[0]) ** 2 + (y - centre[1]) ** 2, 0);
    return { centre, deviation: Math.sqrt(variance / points.length / 2) };
  };

  // The standard error of a mean of 4,000 is the deviation / 63; of a deviation, a part in 126.
  it('ring: eight modes of deviation 0.02 at radius 2 (Metz et al. 2017)', () => {
    for (const label of range(8)) {
      const { centre, deviation } = mode('ring', label);
      assert.ok(Math.abs(Math.hypot(...centre) - 2) < 0.002);
      assert.ok(
        Math.abs(
          Math.atan2(centre[1], centre[0]) -
            Math.atan2(Math.sin((label * Math.PI) / 4), Math.cos((label * Math.PI) / 4)),
        ) < 0.001 || label === 4,
      );
      assert.ok(Math.abs(deviation / 0.02 - 1) < 0.04, String(deviation));
    }
  });

  it('grid: five rows of five modes of deviation 0.05, two apart (Srivastava et al. 2017)', () => {
    for (const label of range(25)) {
      const { centre, deviation } = mode('grid', label);
      assert.ok(
        Math.abs(centre[0] - 2 * ((label % 5) - 2)) < 0.004 &&
          Math.abs(centre[1] - 2 * (Math.floor(label / 5) - 2)) < 0.004,
      );
      assert.ok(Math.abs(deviation / 0.05 - 1) < 0.04);
    }
  });

  it('come from a CSV file, with or without a line of names, and with labels', async () => {
    for (const head of ['', 'x,y,kind\n']) {
      const dataset = await open({ path: await csv(`${head}0,10,left\n4,30,right\n2,20,left\n`) });
      const { info } = dataset;
      assert.deepEqual(
        [info.size, info.classNames, info.ranges],
        [
          3,
          ['left', 'right'],
          [
            [-0.4, 4.4],
            [8, 32],
          ],
        ],
      );
      const { examples, labels } = await dataset.read([1, 0, 2]);
      const expected = [2 * (4.4 / 4.8) - 1, 2 * (22 / 24) - 1, 2 * (0.4 / 4.8) - 1, 2 * (2 / 24) - 1, 0, 0];
      for (const [i, value] of expected.entries()) assert.ok(Math.abs((examples.data[i] ?? 9) - value) < 1e-6);
      assert.deepEqual(labels, Int32Array.of(1, 0, 0));
    }
    const unlabelled = await open({ path: await csv('1;5\n1;6\n') });
    assert.deepEqual([unlabelled.info.classNames, unlabelled.info.ranges?.[0]], [null, [0.5, 1.5]]);
  });

  for (const [what, text, code, ...parts] of [
    ['no rows', '', 'data/empty-file', 'add one for each point'],
    ['names alone', 'x,y\n', 'data/empty-file', 'add one for each point'],
    ['one column', '1\n2\n', 'data/bad-table', 'has 1 columns'],
    ['a word among the numbers', '1,2\n3,four\n', 'data/bad-table', 'has "four" in line 2, column 2'],
    ['an empty cell', '1,2\n3,\n', 'data/bad-table', 'line 2, column 2'],
    ['a number that is none', '1,2\nNaN,3\n', 'data/bad-table', 'has "NaN" in line 2'],
    ['a missing label', '1,2,a\n3,4,\n', 'data/bad-label', 'no label in line 2'],
    ['a line too short', '1,2,a\n3,4\n', 'data/bad-table', 'fix that line'],
  ] as const) {
    it(`say what is wrong with ${what}`, async () => {
      const config = dataConfig({ source: 'points', path: await csv(text) });
      for (const work of [openDataset, inspectData]) await rejectsWith(code, work(config), 'points.csv', ...parts);
    });
  }

  it('say which file is not there', async () => {
    const config = dataConfig({ source: 'points', path: join(folder.path, 'none.csv') });
    for (const work of [openDataset, inspectData]) await rejectsWith('data/missing', work(config), 'none.csv');
  });
});
