import assert from 'node:assert/strict';
import { describePanel, metrics, text } from './panel-suite.ts';
import { sampleRun } from './sample-run.ts';

describePanel('commands', (suite) => {
  it('offers what the state allows', async () => {
    const panel = await suite.open();
    const offered = async () => {
      const names = ['pause', 'resume', 'stop', 'resumeRun'] as const;
      const visible = await Promise.all(names.map((name) => panel.command(name).isVisible()));
      return names.filter((_, i) => visible[i]);
    };
    const expected = {
      starting: ['pause', 'stop'],
      running: ['pause', 'stop'],
      paused: ['resume', 'stop'],
      finished: [],
      stopped: ['resumeRun'],
      failed: ['resumeRun'],
      interrupted: ['resumeRun'],
    } as const;
    for (const [state, names] of Object.entries(expected)) {
      await suite.test.snapshot(sampleRun({ state: state as keyof typeof expected, step: 10 }), metrics);
      assert.deepEqual(await offered(), names, state);
      assert.equal((await text(panel.state)).toLowerCase(), state);
    }
  });

  it('sends each command once, and waits for its effect', async () => {
    const panel = await suite.openLive();
    await panel.command('pause').click();
    await suite.test.frame();
    assert.equal(await text(panel.state), 'Pausing…');
    assert.equal(await panel.command('pause').isDisabled(), true);
    await suite.test.tell('run', sampleRun({ state: 'paused' }));
    await suite.test.frame();
    assert.equal(await text(panel.state), 'Paused');
    await panel.command('resume').click();
    await suite.test.tell('run', sampleRun());
    await suite.test.frame();
    await panel.command('stop').click();
    await suite.test.tell('run', sampleRun({ state: 'stopped' }));
    await suite.test.frame();
    await panel.command('resumeRun').click();
    for (const command of ['openConfig', 'openFolder', 'showLog'] as const) await panel.command(command).click();
    assert.deepEqual(await suite.actions(), [
      'pause',
      'resume',
      'stop',
      'resumeRun',
      'openConfig',
      'openFolder',
      'showLog',
    ]);
  });

  it('shows why a command failed and gives the buttons back', async () => {
    const panel = await suite.openLive();
    await suite.test.answer('pause', new Error('The run does not answer.'));
    await panel.command('pause').click();
    await suite.test.frame();
    assert.equal(await text(panel.notice('command-error').locator('p').first()), 'The run does not answer.');
    assert.equal(await text(panel.state), 'Running');
    assert.equal(await panel.command('pause').isEnabled(), true);
    await panel.dismissError.click();
    assert.equal(await panel.notice('command-error').isVisible(), false);
  });
});
