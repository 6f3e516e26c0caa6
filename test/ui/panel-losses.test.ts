import assert from 'node:assert/strict';
import { describePanel, metrics, picture, pixelsOf, stepIn, text } from './panel-suite.ts';
import { sampleMetrics, sampleRun } from './sample-run.ts';
import { readThemes } from './themes.ts';

describePanel('losses', (suite) => {
  it('shows the newest values, and those under the cursor while it hovers', async () => {
    const panel = await suite.openLive();
    const last = metrics.at(-1);
    assert.equal(await text(panel.legend('generatorLoss')), last?.generatorLoss.toFixed(4));
    await suite.hoverAt(0.25);
    const step = await stepIn(panel.legendStep);
    assert.ok(step > 450 && step < 550, `step ${step} at a quarter of 2,000`);
    const row = metrics.find((candidate) => candidate.step === step);
    assert.equal(await text(panel.legend('generatorLoss')), row?.generatorLoss.toFixed(4));
    assert.equal(await text(panel.legend('discriminatorLoss')), row?.discriminatorLoss.toFixed(4));
    // New steps do not take the reading away.
    await suite.test.tell('metrics', sampleMetrics(410, 5).slice(400));
    await suite.test.frame();
    assert.ok(Math.abs((await stepIn(panel.legendStep)) - step) < 30);
    await suite.test.page.mouse.move(5, 5);
    await suite.test.frame();
    assert.equal(await text(panel.legendStep), 'Step 2,050');
  });

  it('draws both curves in the colours of the theme, and again when it changes', async () => {
    const panel = await suite.openLive({ viewState: { smoothing: 0 } });
    const themes = readThemes();
    const dark = themes.dark['--vscode-charts-blue'] ?? '';
    const light = themes.light['--vscode-charts-blue'] ?? '';
    assert.ok((await pixelsOf(panel.canvas, dark)) > 100);
    assert.ok((await pixelsOf(panel.canvas, themes.dark['--vscode-charts-orange'] ?? '')) > 100);
    assert.equal(await pixelsOf(panel.canvas, light), 0);
    await suite.test.setTheme('light');
    assert.ok((await pixelsOf(panel.canvas, light)) > 100);
    assert.equal(await pixelsOf(panel.canvas, dark), 0);
    const swatch = suite.test.page.locator('.swatch line').nth(1);
    assert.equal(await swatch.getAttribute('stroke-dasharray'), null);
    await suite.test.setTheme('high-contrast');
    assert.equal(await swatch.getAttribute('stroke-dasharray'), '6 3');
    assert.ok((await pixelsOf(panel.canvas, themes['high-contrast']['--vscode-charts-yellow'] ?? '')) > 100);
  });

  it('smooths', async () => {
    const panel = await suite.openLive();
    assert.match(await text(panel.legendSmoothed('generatorLoss')), /^smoothed \d\.\d{4}$/);
    const before = await text(panel.legendSmoothed('generatorLoss'));
    await panel.smoothing.focus();
    await panel.smoothing.press('End');
    await suite.test.frame();
    assert.notEqual(await text(panel.legendSmoothed('generatorLoss')), before);
    await panel.smoothing.press('Home');
    await suite.test.frame();
    assert.equal(await text(panel.legendSmoothed('generatorLoss')), '');
    assert.equal(((await suite.test.viewState()) as { smoothing: number }).smoothing, 0);
  });

  it('switches between linear and logarithmic', async () => {
    const panel = await suite.openLive();
    const linear = await picture(panel.canvas);
    await panel.logScale.click();
    await suite.test.frame();
    assert.equal(await panel.logScale.getAttribute('aria-pressed'), 'true');
    assert.notEqual(await picture(panel.canvas), linear);
    await panel.logScale.click();
    await suite.test.frame();
    assert.equal(await picture(panel.canvas), linear);
  });

  it('draws losses below zero on the logarithmic scale too', async () => {
    const panel = await suite.open({ viewState: { logScale: true, smoothing: 0 } });
    const negative = metrics.map((row) => ({ ...row, generatorLoss: -row.generatorLoss }));
    await suite.test.snapshot(sampleRun(), negative);
    await panel.canvas.waitFor();
    assert.ok((await pixelsOf(panel.canvas, readThemes().dark['--vscode-charts-blue'] ?? '')) > 100);
  });

  it('zooms by dragging, keeps the zoom as the run grows, and shows all again on a double click', async () => {
    const panel = await suite.openLive();
    assert.equal(await panel.resetZoom.isVisible(), false);
    await suite.drag(0.25, 0.5);
    const { zoom } = (await suite.test.viewState()) as { zoom: [number, number] };
    assert.ok(Math.abs(zoom[0] - 500) < 20 && Math.abs(zoom[1] - 1000) < 20, String(zoom));
    await suite.test.tell('metrics', sampleMetrics(410, 5).slice(400));
    await suite.hoverAt(0.99);
    const step = await stepIn(panel.legendStep);
    assert.ok(step > 970 && step < 1010, `step ${step} at the end of the zoom`);
    await panel.plot.dblclick();
    await suite.test.frame();
    assert.equal(((await suite.test.viewState()) as { zoom: unknown }).zoom, null);
    await suite.drag(0.25, 0.5);
    await panel.resetZoom.click();
    await suite.test.frame();
    assert.equal(((await suite.test.viewState()) as { zoom: unknown }).zoom, null);
  });

  it('is read and zoomed by keyboard', async () => {
    const panel = await suite.openLive();
    await panel.chart.focus();
    await panel.chart.press('End');
    await panel.chart.press('ArrowLeft');
    await suite.test.frame();
    assert.equal(await text(panel.legendStep), 'Step 1,995');
    assert.match(await text(panel.spokenReading), /^Step 1,995: generator loss \d/);
    await panel.chart.press('Home');
    await panel.chart.press('+');
    await suite.test.frame();
    const { zoom } = (await suite.test.viewState()) as { zoom: [number, number] };
    assert.ok(zoom[0] >= 0 && zoom[1] < 1600);
    await panel.chart.press('0');
    await suite.test.frame();
    assert.equal(((await suite.test.viewState()) as { zoom: unknown }).zoom, null);
  });

  it('has a table in place of the chart, with every statistic', async () => {
    const panel = await suite.openLive();
    await panel.tableToggle.click();
    await panel.table.waitFor();
    assert.equal(await panel.canvas.isVisible(), false);
    assert.deepEqual(await panel.table.locator('thead th').allTextContents(), [
      'Step',
      'Generator loss',
      'Discriminator loss',
      'Real score',
      'Fake score',
      'Waiting for data',
      'Images/s',
      'Elapsed',
    ]);
    assert.equal(await panel.table.locator('tbody tr').count(), 100);
    const [newest] = await panel.table.locator('tbody tr').all();
    assert.ok(newest);
    const last = metrics.at(-1);
    assert.equal(
      await text(newest),
      `2,000${last?.generatorLoss.toFixed(4)}${last?.discriminatorLoss.toFixed(4)}${last?.realScore.toFixed(4)}${last?.fakeScore.toFixed(4)}${((last?.stall ?? 0) * 100).toFixed(1)}%${Math.round(last?.imagesPerSecond ?? 0)}7 min 8 s`,
    );
    // A row that stays is the same element, so that a reader keeps the place.
    await newest.evaluate((node) => node.setAttribute('data-mark', ''));
    await suite.test.tell('metrics', sampleMetrics(403, 5).slice(400));
    await suite.test.frame();
    assert.equal(await panel.table.locator('tbody tr:nth-child(4)[data-mark]').count(), 1);
    assert.equal(await panel.table.locator('tbody tr').count(), 100);
    await panel.tableToggle.click();
    await panel.canvas.waitFor();
  });

  it('shows the table to a screen reader unasked', async () => {
    const panel = await suite.open();
    await suite.test.page.evaluate(() => document.body.classList.add('vscode-using-screen-reader'));
    await suite.test.snapshot(sampleRun(), metrics);
    assert.equal(await panel.table.isVisible(), true);
  });

  it('speaks a summary at most every ten seconds', async () => {
    const panel = await suite.open({ ownClock: true });
    await suite.test.snapshot(sampleRun(), metrics.slice(0, 100));
    assert.match(await text(panel.summary), /^Step 500 of 3,000\. Newest: generator loss \d.*left\.$/);
    await suite.test.tell('metrics', metrics.slice(100, 200));
    await suite.test.page.clock.runFor(5000);
    assert.match(await text(panel.summary), /^Step 500 /);
    await suite.test.page.clock.runFor(6000);
    assert.match(await text(panel.summary), /^Step 1,000 /);
  });
});
