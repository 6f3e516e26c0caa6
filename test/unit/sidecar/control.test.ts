import assert from 'node:assert/strict';
import { TrainingControl } from '../../../sidecar/session/control.ts';

/** Tells whether a promise has been settled by now. */
const settled = async (promise: Promise<unknown>) => {
  const pending = Symbol('pending');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
};

function controlled() {
  const control = new TrainingControl();
  const heard: string[] = [];
  control.listener = {
    onPaused: async () => void heard.push('paused'),
    onResumed: async () => void heard.push('resumed'),
  };
  return { control, heard };
}

describe('TrainingControl', () => {
  it('lets the loop pass while nobody wants anything', async () => {
    const { control, heard } = controlled();
    await control.whileResumed();
    assert.equal(control.stopRequested, false);
    assert.deepEqual(heard, []);
  });

  it('answers a pause when the loop stands still, and a resume when it goes on', async () => {
    const { control, heard } = controlled();
    const pause = control.pause();
    assert.equal(await settled(pause), false, 'answered before the step was over');
    const loop = control.whileResumed();
    await pause;
    assert.equal(await settled(loop), false);
    await control.pause();
    await control.resume();
    await loop;
    assert.deepEqual(heard, ['paused', 'resumed']);
    await control.resume();
  });

  it('forgets a pause that was taken back before the loop noticed', async () => {
    const { control, heard } = controlled();
    const pause = control.pause();
    await control.resume();
    await pause;
    await control.whileResumed();
    assert.deepEqual(heard, []);
  });

  it('wakes a paused loop to stop it, and answers when the run has ended', async () => {
    const { control, heard } = controlled();
    const pause = control.pause();
    const loop = control.whileResumed();
    await pause;
    const stop = control.stop();
    await loop;
    assert.equal(control.stopRequested, true);
    assert.equal(control.stopSignal.aborted, true);
    assert.equal(await settled(stop), false);
    control.end();
    await stop;
    assert.deepEqual(heard, ['paused']);
  });

  it('answers everybody at the end of the run', async () => {
    const { control } = controlled();
    const waiting = [control.pause(), control.stop()];
    control.end();
    await Promise.all(waiting);
    await Promise.all([control.pause(), control.resume(), control.stop()]);
  });

  it('fails the run when its state cannot be written', async () => {
    const control = new TrainingControl();
    const trouble = new Error('disk full');
    control.listener = { onPaused: () => Promise.reject(trouble), onResumed: async () => {} };
    void control.pause();
    void control.whileResumed();
    await assert.rejects(control.failure, trouble);
  });
});
