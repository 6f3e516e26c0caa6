import assert from 'node:assert/strict';
import type { RunControl } from '../../sidecar/runs/recorder.ts';
import type { MetricsRow } from '../../sidecar/terms/run-record.ts';
import { TrainingClock } from '../../sidecar/training/clock.ts';
import { train } from '../../sidecar/training/train.ts';
import { createEagerEngine } from './engines.ts';
import { MemoryRecorder, noiseDataset, tinyConfig, undisturbed } from './fixtures.ts';

/** Calls back at each metrics row, before the loop goes on. */
class AttentiveRecorder extends MemoryRecorder {
  readonly #onRow: (row: MetricsRow) => void;

  constructor(onRow: (row: MetricsRow) => void) {
    super();
    this.#onRow = onRow;
  }

  override async metrics(row: MetricsRow): Promise<void> {
    await super.metrics(row);
    this.#onRow(row);
  }
}

/** A promise and what resolves it. */
function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function run(recorder: MemoryRecorder, control: RunControl, steps = 4): Promise<string> {
  const engine = await createEagerEngine('cpu');
  const config = tinyConfig({ training: { steps } });
  try {
    return await train({ config, dataset: noiseDataset(), engine, recorder, control });
  } finally {
    await engine.dispose();
  }
}

describe('stop and pause', () => {
  it('finishes the step, checkpoints and stops', async () => {
    const control = { ...undisturbed, stopRequested: false };
    const recorder = new AttentiveRecorder(({ step }) => {
      control.stopRequested = step === 2;
    });
    assert.equal(await run(recorder, control), 'stopped');
    assert.deepEqual(
      recorder.checkpoints.map(({ step }) => step),
      [2],
    );
    assert.deepEqual([...recorder.samples.keys()], [0]);
  });

  it('writes no checkpoint when stopped before the first step', async () => {
    const recorder = new MemoryRecorder();
    assert.equal(await run(recorder, { ...undisturbed, stopRequested: true }), 'stopped');
    assert.deepEqual([recorder.rows.length, recorder.checkpoints.length], [0, 0]);
  });

  it('trains no step while paused, and goes on as if it had not been', async () => {
    const gate = deferred();
    const waiting = deferred();
    let open: Promise<void> = Promise.resolve();
    const control: RunControl = {
      stopRequested: false,
      whileResumed() {
        if (open === gate.promise) waiting.resolve();
        return open;
      },
    };
    const recorder = new AttentiveRecorder(({ step }) => {
      if (step === 2) open = gate.promise;
    });
    const running = run(recorder, control);
    await waiting.promise;
    assert.equal(recorder.rows.length, 2);
    gate.resolve();
    assert.equal(await running, 'finished');

    const straight = new MemoryRecorder();
    await run(straight, undisturbed);
    assert.deepEqual(recorder.last.tensors, straight.last.tensors);
  });

  it('stops while paused', async () => {
    const control: RunControl & { stopRequested: boolean } = {
      stopRequested: false,
      async whileResumed() {
        this.stopRequested = recorder.rows.length === 1;
      },
    };
    const recorder: MemoryRecorder = new MemoryRecorder();
    assert.equal(await run(recorder, control), 'stopped');
    assert.equal(recorder.last.step, 1);
  });

  it('leaves pauses out of the time', async () => {
    let now = 1000;
    const clock = new TrainingClock(5, () => now);
    now += 2000;
    assert.equal(clock.seconds(), 7);
    const pause = deferred();
    const left = clock.leaveOut(pause.promise);
    now += 60_000;
    pause.resolve();
    await left;
    now += 500;
    assert.equal(clock.seconds(), 7.5);
  });
});
