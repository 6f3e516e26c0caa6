import assert from 'node:assert/strict';
import { describePanel, metrics, picture, pixelsOf, samples, showsSample, text } from './panel-suite.ts';
import { sampleMetrics, sampleRun } from './sample-run.ts';
import { readThemes } from './themes.ts';

describePanel('messages', (suite) => {
  it('asks first, and draws nothing before it is answered', async () => {
    const panel = await suite.open();
    assert.deepEqual(await suite.test.asked(), [{ method: 'watch', params: null }]);
    assert.equal(await panel.name.count(), 0);
  });

  it('draws the whole run from a snapshot', async () => {
    const panel = await suite.openLive();
    assert.equal(await text(panel.name), 'mnist-dcgan');
    assert.equal(await text(panel.state), 'Running');
    assert.equal(await text(panel.figure('step')), '2,000 / 3,000');
    assert.equal(await text(panel.figure('device')), 'CPU, 8 threads');
    assert.equal(await text(panel.figure('elapsed')), '7 min 8 s');
    assert.equal(await text(panel.figure('left')), '3 min 34 s');
    assert.equal(await text(panel.figure('pace')), '598');
    assert.equal(await text(panel.figureName('pace')), 'Images/s');
    assert.match(await text(panel.about), /mnist, 60,000 images, 28 × 28, 10 classes · seed 42/);
    assert.equal(await panel.progress.evaluate((node) => (node as HTMLProgressElement).position), 2 / 3);
  });

  it('counts in a second what the data are', async () => {
    const panel = await suite.openLive();
    await suite.test.tell(
      'run',
      sampleRun({ dataset: { name: 'ring', size: null, unit: 'points', shape: [2], classes: 0 } }),
    );
    await panel.figureName('pace').filter({ hasText: 'Points/s' }).waitFor();
  });

  it('takes rows that are new, late, or repeated', async () => {
    const panel = await suite.openLive();
    const newer = sampleMetrics(402, 5);
    await suite.test.tell('metrics', newer.slice(401));
    await suite.test.tell('metrics', newer.slice(398, 401));
    await suite.test.frame();
    assert.equal(await text(panel.figure('step')), '2,010 / 3,000');
    assert.equal(await text(panel.legendStep), 'Step 2,010');
    await panel.tableToggle.click();
    const steps = await panel.table.locator('tbody th').allTextContents();
    assert.deepEqual(steps.slice(0, 4), ['2,010', '2,005', '2,000', '1,995']);
  });

  it('forgets what a later snapshot no longer holds', async () => {
    const panel = await suite.openLive({ viewState: { zoom: [1500, 1900] } });
    await suite.test.snapshot(sampleRun({ state: 'starting' }), metrics.slice(0, 80), samples.slice(0, 3));
    assert.equal(await text(panel.figure('step')), '400 / 3,000');
    assert.equal(await text(panel.legendStep), 'Step 400');
    await showsSample(panel, 400);
    assert.equal(await panel.slider.getAttribute('max'), '2');
    // The zoom lies beyond the data now: all of it is shown instead of nothing.
    await suite.hoverAt(0.5);
    assert.match(await text(panel.legendStep), /^Step (19|20|21)\d$/);
  });

  it('draws gaps for NaN and a dot for a single step', async () => {
    const panel = await suite.open();
    const [first] = metrics;
    assert.ok(first);
    await suite.test.snapshot(sampleRun(), [first]);
    await panel.canvas.waitFor();
    const blue = readThemes().dark['--vscode-charts-blue'] ?? '';
    assert.ok((await pixelsOf(panel.canvas, blue)) >= 9, 'no dot for the only step');
    await suite.test.tell('metrics', [{ ...first, step: 10, generatorLoss: Number.NaN }]);
    await suite.test.frame();
    assert.equal(await text(panel.legend('generatorLoss')), 'NaN');
    assert.notEqual(await text(panel.legend('discriminatorLoss')), 'NaN');
  });

  it('says why the run cannot be shown where the extension refuses', async () => {
    const panel = await suite.open({ answers: { watch: { error: { code: -32603, message: 'The folder is gone.' } } } });
    await panel.notice('command-error').waitFor();
    assert.match(await text(panel.notice('command-error')), /^The run cannot be shown: The folder is gone\./);
    assert.equal(await panel.name.count(), 0);
  });

  it('says so where the extension does not answer, and shows the run once it does', async () => {
    const panel = await suite.open({ answers: { watch: null }, ownClock: true });
    await suite.test.page.clock.runFor(29_000);
    assert.equal(await panel.notice('command-error').count(), 0);
    await suite.test.page.clock.runFor(2000);
    assert.match(await text(panel.notice('command-error')), /"watch" was not answered in time/);
    await suite.test.snapshot(sampleRun(), metrics, samples);
    assert.equal(await text(panel.name), 'mnist-dcgan');
    assert.equal(await panel.notice('command-error').isVisible(), false);
  });

  it('leaves the panel as it is for messages that are none', async () => {
    const panel = await suite.openLive();
    const before = await picture(panel.canvas);
    const page = await suite.test.pageName();
    const news = (method: string, params: unknown) => ({ page, message: { jsonrpc: '2.0', method, params: [params] } });
    const hostile = [
      null,
      'metrics',
      { type: 'metrics', rows: [] },
      { page: 'another', message: { jsonrpc: '2.0', method: 'metrics', params: [[{ step: 9000 }]] } },
      { page, message: { jsonrpc: '2.0', method: '$/cancelRequest' } },
      { page, message: { jsonrpc: '2.0', id: 0, result: 'twice' } },
      news('metrics', 'rows'),
      news('metrics', [null]),
      news('metrics', [{ step: '9000' }]),
      news('samples', [{ step: 9000, uri: 7 }]),
      news('run', { name: 'half a run' }),
      news('run', { ...sampleRun(), curves: [{}] }),
      news('snapshot', { run: sampleRun(), metrics: [], samples: null }),
      news('trouble', { message: '<b>' }),
      news('erase', null),
    ];
    for (const message of hostile) await suite.test.post(message);
    await suite.test.frame();
    assert.equal(await text(panel.name), 'mnist-dcgan');
    assert.equal(await text(panel.figure('step')), '2,000 / 3,000');
    assert.equal(await panel.notice('command-error').isVisible(), false);
    assert.equal(await panel.slider.getAttribute('max'), '5');
    assert.equal(await picture(panel.canvas), before);
    await suite.test.tell('metrics', sampleMetrics(401, 5).slice(400));
    await suite.test.frame();
    assert.equal(await text(panel.figure('step')), '2,005 / 3,000');
  });
});
