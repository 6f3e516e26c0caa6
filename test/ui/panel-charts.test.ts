import assert from 'node:assert/strict';
import { describeMetric, METRICS } from '../../sidecar/terms/metrics.ts';
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import { charts, LOSSES } from '../../webview/charts/list.ts';
import { describePanel, metrics, picture, pixelsOf, samples, stepIn, text } from './panel-suite.ts';
import { criticMetrics, criticRun, vaeMetrics, vaeRun } from './sample-families.ts';
import { sampleRun } from './sample-run.ts';
import { readThemes } from './themes.ts';

describePanel('charts', (suite) => {
  const picked = async () => suite.test.page.locator('[role="tab"][aria-selected="true"]').textContent();
  const legend = () => suite.test.page.locator('.legend-name').allTextContents();

  it('has a tab for each chart that the run has something for, explained', async () => {
    const panel = await suite.open();
    await suite.test.snapshot(sampleRun({ state: 'starting' }));
    assert.deepEqual(await panel.tabs.allTextContents(), ['Losses']);
    await suite.test.snapshot(criticRun(), criticMetrics());
    assert.deepEqual(await panel.tabs.allTextContents(), [
      'Losses',
      'Outputs',
      'Penalties',
      'Terms',
      'Augmentation',
      'Speed',
    ]);
    assert.equal(await picked(), 'Losses');
    for (const tab of await panel.tabs.all()) assert.match((await tab.getAttribute('title')) ?? '', /^[A-Z].+\.$/);
  });

  it('draws the chart that is picked, and picks it again in the next panel', async () => {
    const panel = await suite.openLive();
    const losses = await picture(panel.canvas);
    await panel.tab('scores').click();
    await suite.test.frame();
    assert.deepEqual(await legend(), ['Real score', 'Fake score']);
    assert.equal(await text(panel.legend('realScore')), metrics.at(-1)?.realScore?.toFixed(4));
    assert.notEqual(await picture(panel.canvas), losses);
    assert.ok((await pixelsOf(panel.canvas, readThemes().dark['--vscode-charts-blue'] ?? '')) > 100);
    assert.match(
      (await panel.chart.getAttribute('aria-label')) ?? '',
      /^Scores over steps 5 to 2,000; newest real score/,
    );
    // Its axis goes from 0 to 1: no logarithm.
    assert.equal(await panel.logScale.isVisible(), false);
    const viewState = await suite.test.viewState();
    await suite.close();
    await suite.openLive({ viewState });
    assert.equal(await picked(), 'Scores');
  });

  it('keeps zoom and smoothing from one chart to the other, and reads each by the cursor', async () => {
    const panel = await suite.openLive({ viewState: { zoom: [500, 1000] } });
    await panel.tab('speed').click();
    // The chart is made anew in the next frame.
    await suite.test.frame();
    await suite.hoverAt(0.5);
    const step = await stepIn(panel.legendStep);
    assert.ok(step > 700 && step < 800, `step ${step} in the middle of the zoom`);
    const row = metrics.find((candidate) => candidate.step === step);
    assert.equal(await text(panel.legend('imagesPerSecond')), String(Math.round(row?.imagesPerSecond ?? 0)));
    // Its label says so.
    assert.equal(await text(panel.chartUnit), '');
    assert.match(await text(panel.legendSmoothed('imagesPerSecond')), /^smoothed \d+$/);
  });

  it('shows the losses of a run that has nothing for the chart picked, and the chart again once there is', async () => {
    const panel = await suite.open({ viewState: { chart: 'penalties' } });
    await suite.test.snapshot(vaeRun(), vaeMetrics(), samples);
    assert.equal(await picked(), 'Losses');
    assert.equal(await text(panel.chartUnit), 'in nats');
    await suite.test.snapshot(criticRun(), criticMetrics(), samples);
    assert.equal(await picked(), 'Penalties');
    assert.deepEqual(await legend(), ['Gradient penalty']);
  });

  it('is picked from by keyboard', async () => {
    const panel = await suite.openLive();
    await panel.tab('losses').focus();
    await panel.tab('losses').press('ArrowRight');
    await suite.test.frame();
    assert.equal(await picked(), 'Scores');
    assert.equal(await panel.tab('scores').evaluate((node) => node === document.activeElement), true);
    await panel.tab('scores').press('End');
    await suite.test.frame();
    assert.equal(await picked(), 'Speed');
    await panel.tab('speed').press('ArrowRight');
    await suite.test.frame();
    assert.equal(await picked(), 'Losses');
  });
});

describe('List of charts', () => {
  it('draws every metric that models report', () => {
    // What trainers name as losses, which the chart of losses takes from the run, and the same once more in other units.
    const losses = ['generatorLoss', 'discriminatorLoss', 'loss', 'reconstruction', 'kl', 'bitsPerDimension', 'nats'];
    const missing = Object.keys(METRICS).filter((name) => {
      // One metric at a time, because a chart draws no more than four.
      const only = { ...metrics[0], [name]: 1 } as MetricsRow;
      const run = sampleRun({ curves: [] });
      return !charts.some((chart) => chart.curvesOf(run, only).some(({ metric }) => metric === name));
    });
    assert.deepEqual(missing.sort(), losses.sort());
  });

  it('names each chart once, and no metric in two', () => {
    assert.equal(new Set(charts.map(({ name }) => name)).size, charts.length);
    // A run that has every metric, one chart's after the other.
    const run = sampleRun({ curves: [] });
    const drawn = charts.flatMap((chart) => chart.curvesOf(run, undefined));
    assert.equal(new Set(drawn.map(({ metric }) => metric)).size, drawn.length);
    for (const { metric, label } of drawn) assert.equal(label, describeMetric(metric)?.label);
  });

  it('draws what the run calls its losses, as far as rows have them', () => {
    const [row] = criticMetrics();
    assert.deepEqual(LOSSES.curvesOf(criticRun(), row), criticRun().curves);
    assert.deepEqual(LOSSES.curvesOf(vaeRun(), row), []);
  });
});
