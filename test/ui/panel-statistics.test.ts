import assert from 'node:assert/strict';
import { waitingShare } from '../../webview/statistics/waiting.ts';
import { describePanel, metrics, text } from './panel-suite.ts';
import { criticMetrics, criticRun, vaeMetrics, vaeRun } from './sample-families.ts';
import { sampleRun } from './sample-run.ts';

describePanel('statistics', (suite) => {
  it('lists the newest values of everything but the losses, by plain names that explain themselves', async () => {
    const panel = await suite.open();
    const rows = criticMetrics();
    await suite.test.snapshot(criticRun(), rows);
    const last = rows.at(-1);
    assert.deepEqual(await panel.statistics.locator('dt').allTextContents(), [
      'Output, real',
      'Output, generated',
      'Wasserstein distance',
      'Gradient penalty',
      'Class error',
      'Overfitting',
      'Augmented',
      'Waiting for data',
    ]);
    assert.equal(await text(panel.statistic('gradientPenalty')), last?.gradientPenalty?.toFixed(4));
    assert.equal(await text(panel.statistic('augmentationProbability')), '22%');
    for (const entry of await panel.statistics.locator('.statistic').all()) {
      assert.match((await entry.getAttribute('title')) ?? '', /^[A-Z].+\.$/, await text(entry));
    }
  });

  it('follows new rows, and takes up a metric that it does not know', async () => {
    const panel = await suite.openLive();
    const row = { ...metrics.at(-1), step: 2005, realScore: 0.25, someNewThing: 3 } as (typeof metrics)[number];
    await suite.test.tell('metrics', [row]);
    await suite.test.frame();
    assert.equal(await text(panel.statistic('realScore')), '0.2500');
    assert.equal(await panel.statistics.locator('dt', { hasText: 'Some new thing' }).count(), 1);
  });

  it('says how long training waits for data, and warns above 2%', async () => {
    const panel = await suite.open();
    const entry = panel.statistic('stall').locator('..');
    await suite.test.snapshot(vaeRun(), vaeMetrics(400, 0.003));
    assert.equal(await text(panel.statistic('stall')), '0.3%');
    assert.equal(await entry.locator('.codicon').isVisible(), false);
    await suite.test.snapshot(vaeRun(), vaeMetrics(400, 0.124));
    assert.equal(await text(panel.statistic('stall')), '12%');
    assert.equal(await entry.locator('.codicon-warning').isVisible(), true);
    assert.match((await entry.getAttribute('title')) ?? '', /speed up training/);
  });

  it('is folded for good once it was folded', async () => {
    const panel = await suite.openLive();
    assert.equal(await panel.statisticsToggle.getAttribute('aria-expanded'), 'true');
    await panel.statisticsToggle.press('Enter');
    await suite.test.frame();
    assert.equal(await panel.statistics.isVisible(), false);
    assert.equal(await panel.statisticsToggle.getAttribute('aria-expanded'), 'false');
    assert.equal(((await suite.test.viewState()) as { statistics: boolean }).statistics, false);
    await suite.test.tell('metrics', [{ ...metrics.at(-1), step: 2005 } as (typeof metrics)[number]]);
    await suite.test.frame();
    await panel.statisticsToggle.click();
    await suite.test.frame();
    assert.equal(await panel.statistics.isVisible(), true);
  });

  it('is not there before the first step', async () => {
    const panel = await suite.open();
    await suite.test.snapshot(sampleRun({ state: 'starting', curves: [] }));
    assert.equal(await panel.statisticsToggle.isVisible(), false);
  });
});

describe('Share of time spent waiting', () => {
  const row = (seconds: number, stall: number) => ({ step: seconds, seconds, images: 0, imagesPerSecond: 0, stall });

  it('weights rows by their time, and leaves out the first', () => {
    assert.equal(waitingShare([row(5, 1), row(6, 0.1), row(9, 0.5)]), (0.1 * 1 + 0.5 * 3) / 4);
  });

  it('cannot be told of one row, or of runs that did not measure it', () => {
    assert.equal(waitingShare([]), null);
    assert.equal(waitingShare([row(5, 0.5)]), null);
    assert.equal(waitingShare([row(5, 0.5), row(6, Number.NaN)]), null);
  });
});
