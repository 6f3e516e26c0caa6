import assert from 'node:assert/strict';
import { describePanel, metrics, samples, text } from './panel-suite.ts';
import { sampleRun } from './sample-run.ts';

describePanel('states', (suite) => {
  it('says what a run that has no step yet is busy with', async () => {
    const panel = await suite.open();
    const tasks = () => panel.chartEmpty.locator('li').allTextContents();
    await suite.test.snapshot(sampleRun({ state: 'starting', dataset: null, device: null, steps: 0 }));
    assert.match(await text(panel.chartEmpty), /Waiting for the first step…/);
    assert.deepEqual(await tasks(), ['Loading data…', 'Device', 'Training step']);
    await suite.test.tell('run', sampleRun({ state: 'starting', device: null }));
    await suite.test.frame();
    assert.equal((await tasks())[1], 'Preparing the device…');
    await suite.test.tell('run', sampleRun({ state: 'starting' }));
    await suite.test.frame();
    assert.deepEqual(await tasks(), [
      'Data: mnist, 60,000 images, 28 × 28, 10 classes',
      'Device: CPU, 8 threads',
      'Compiling the training step…',
    ]);
    await suite.test.tell('metrics', metrics.slice(0, 2));
    await panel.canvas.waitFor();
    assert.equal(await panel.chartEmpty.isVisible(), false);
  });

  it('says how a run failed, its code, and what to do', async () => {
    const panel = await suite.open();
    const error = { code: 'data/missing', message: 'data.path: "faces" does not exist.' };
    await suite.test.snapshot(sampleRun({ state: 'failed', error }));
    const notice = await text(panel.notice('failure'));
    assert.match(notice, /data\.path: "faces" does not exist\./);
    assert.match(notice, /Fix the config, then train again\./);
    assert.match(notice, /data\/missing/);
    assert.match(await text(panel.chartEmpty), /No step was recorded\./);
    // Nothing to resume from.
    assert.equal(await panel.command('resumeRun').isVisible(), false);
  });

  it('says that an interrupted run can be resumed', async () => {
    const panel = await suite.open();
    await suite.test.snapshot(sampleRun({ state: 'interrupted' }), metrics, samples);
    assert.match(await text(panel.notice('interrupted')), /Resume the run/);
    assert.equal(await panel.command('resumeRun').isVisible(), true);
  });

  it('shows text from a run as text', async () => {
    const panel = await suite.open();
    const error = { code: 'x/y', message: '<img src=x onerror=alert(1)>' };
    await suite.test.snapshot(sampleRun({ state: 'failed', name: '<b>bold</b>', error }));
    assert.equal(await text(panel.name), '<b>bold</b>');
    assert.equal(await panel.notice('failure').locator('img').count(), 0);
  });
});
