import assert from 'node:assert/strict';
import { describePanel, metrics, pixelsOf, samples, text } from './panel-suite.ts';
import { criticMetrics, criticRun, pixelcnnMetrics, pixelcnnRun, vaeMetrics, vaeRun } from './sample-families.ts';
import { sampleRun, TRANSLATIONS } from './sample-run.ts';
import { translationUri } from './test-page.ts';
import { readThemes, type ThemeName } from './themes.ts';

describePanel('models of every family', (suite) => {
  const open = async (...shown: Parameters<typeof suite.test.snapshot>) => {
    const panel = await suite.open({ viewState: { smoothing: 0 } });
    await suite.test.snapshot(...shown);
    await panel.canvas.waitFor();
    await suite.test.frame();
    return panel;
  };
  const names = () => suite.test.page.locator('.legend-name').allTextContents();

  it('draws and reads the three losses of a VAE', async () => {
    const rows = vaeMetrics();
    const panel = await open(vaeRun(), rows);
    assert.deepEqual(await names(), ['Loss', 'Reconstruction', 'KL divergence']);
    assert.equal(await text(panel.legend('kl')), rows.at(-1)?.kl?.toFixed(3));
    const theme = readThemes().dark;
    for (const colour of ['blue', 'orange', 'purple']) {
      assert.ok((await pixelsOf(panel.canvas, theme[`--vscode-charts-${colour}`] ?? '')) > 100, colour);
    }
    await panel.chart.focus();
    await panel.chart.press('End');
    await suite.test.frame();
    assert.match(await text(panel.spokenReading), /^Step 2,000: loss \d+\.\d+, reconstruction \d.*, KL divergence \d/);
    assert.match(await text(panel.summary), /Newest: loss \d/);
    await panel.tableToggle.click();
    await panel.table.locator('thead th').first().waitFor();
    const titles = await panel.table.locator('thead th').allTextContents();
    assert.deepEqual(titles.slice(0, 4), ['Step', 'Loss', 'Reconstruction', 'KL divergence']);
  });

  it('draws one curve for an autoregressive model, and its other metric as a statistic', async () => {
    const panel = await open(pixelcnnRun(), pixelcnnMetrics());
    assert.deepEqual(await names(), ['Bits per dimension']);
    assert.equal(await pixelsOf(panel.canvas, readThemes().dark['--vscode-charts-orange'] ?? ''), 0);
    assert.match(await text(panel.statistic('nats')), /^3\d\d\.\d\d$/);
    const explanation = await panel.statistic('nats').locator('..').getAttribute('title');
    assert.match(explanation ?? '', /negative log-likelihood of a whole example/);
  });

  it('takes up other losses when another run takes the place of the first', async () => {
    const panel = await open(vaeRun(), vaeMetrics());
    await suite.hoverAt(0.5);
    await suite.test.snapshot(criticRun(), criticMetrics());
    await suite.test.frame();
    assert.deepEqual(await names(), ['Generator', 'Critic']);
    assert.equal(await pixelsOf(panel.canvas, readThemes().dark['--vscode-charts-purple'] ?? ''), 0);
    await suite.test.snapshot(vaeRun(), vaeMetrics());
    assert.deepEqual(await names(), ['Loss', 'Reconstruction', 'KL divergence']);
  });

  it('names no loss that the rows do not have', async () => {
    await open(sampleRun(), vaeMetrics());
    assert.deepEqual(await names(), []);
  });

  it('shows no more than four losses', async () => {
    const many = ['a', 'b', 'c', 'd', 'e'];
    const run = sampleRun({ curves: many.map((metric) => ({ metric, label: metric })) });
    const row = { ...metrics[0], ...Object.fromEntries(many.map((metric, i) => [metric, i])) };
    const first = { ...row, step: 1 } as (typeof metrics)[number];
    await open(run, [first, { ...first, step: 2 }]);
    assert.deepEqual(await names(), ['a', 'b', 'c', 'd']);
  });

  for (const theme of ['high-contrast', 'high-contrast-light'] as const satisfies ThemeName[]) {
    it(`tells losses apart without colour in ${theme}`, async () => {
      const panel = await suite.open({ theme, viewState: { smoothing: 0 } });
      const flat = { ...metrics[0], imagesPerSecond: 1, stall: 0, images: 1, seconds: 1, step: 1 };
      const curves = ['a', 'b', 'c', 'd'].map((metric) => ({ metric, label: metric }));
      const rows = [1, 100].map((step) => ({ ...flat, step, a: 1, b: 2, c: 3, d: 4 }));
      await suite.test.snapshot(sampleRun({ curves }), rows);
      await panel.canvas.waitFor();
      const colours = readThemes()[theme];
      const drawn = await Promise.all(
        ['blue', 'yellow', 'purple', 'green'].map((colour) =>
          pixelsOf(panel.canvas, colours[`--vscode-charts-${colour}`] ?? ''),
        ),
      );
      // Lines of one length: the more is left out, the fewer pixels.
      const [solid = 0, dashed = 0, dotted = 0, dashDotted = 0] = drawn;
      assert.ok(dotted > 0 && dotted < dashDotted && dashDotted < solid && dashed < solid, drawn.join(' '));
    });
  }

  it('says what the columns of a grid of triples are', async () => {
    const panel = await suite.open({ width: 1600, height: 900 });
    await suite.test.snapshot(sampleRun({ samples: TRANSLATIONS }), metrics, [translationUri(100)]);
    await panel.sampleImage.waitFor();
    const triple = ['Input', 'Generated', 'Real'];
    assert.deepEqual(await panel.sampleCaptions.locator('span').allTextContents(), [...triple, ...triple]);
    assert.match((await panel.sampleImage.getAttribute('aria-label')) ?? '', /side by side: input, generated, real$/);
    const canvas = await panel.sampleImage.boundingBox();
    const [, second] = await panel.sampleCaptions.locator('span').all();
    const caption = await second?.boundingBox();
    assert.ok(canvas && caption);
    const centre = (caption.x + caption.width / 2 - canvas.x) / canvas.width;
    assert.ok(Math.abs(centre - 1.5 / 6) < 0.01, `over the second of six columns: ${centre}`);
    // Below 64 pixels a column they stand in one line.
    await suite.test.page.setViewportSize({ width: 300, height: 900 });
    await suite.test.frame();
    assert.deepEqual(await panel.sampleCaptions.locator('span').allTextContents(), ['Input · Generated · Real']);
    // A run of the usual kind has none.
    await suite.test.snapshot(sampleRun(), metrics, samples);
    await suite.test.frame();
    assert.equal(await panel.sampleCaptions.isVisible(), false);
  });
});
