import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { throttle } from '../../../extension/editor/throttle.ts';
import { DeltaQueue } from '../../../extension/panels/delta-queue.ts';
import type { RunNews } from '../../../webview/messages.ts';

const metrics = (step: number) => ({
  step,
  seconds: step,
  images: step,
  imagesPerSecond: 1,
  stall: 0,
});

describe('throttle', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('acts at once, then once an interval, and never drops the last call', () => {
    let acts = 0;
    const { call } = throttle(100, () => acts++);
    for (let n = 0; n < 50; n++) call();
    assert.equal(acts, 1);
    mock.timers.tick(100);
    assert.equal(acts, 2);
    mock.timers.tick(1000);
    assert.equal(acts, 2);
    call();
    assert.equal(acts, 3);
  });

  it('does nothing after its end', () => {
    let acts = 0;
    const { call, dispose } = throttle(100, () => acts++);
    call();
    call();
    dispose();
    mock.timers.tick(1000);
    assert.equal(acts, 1);
  });
});

describe('messages to a panel', () => {
  let told: { readonly method: keyof RunNews; readonly params: RunNews[keyof RunNews] }[];
  let queue: DeltaQueue;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    told = [];
    queue = new DeltaQueue((method, params) => void told.push({ method, params }));
  });
  afterEach(() => mock.timers.reset());

  it('are at most ten a second, and lose no row', () => {
    for (let step = 1; step <= 1000; step++) {
      queue.metrics([metrics(step)]);
      queue.samples([{ step, uri: `${step}.png` }]);
      mock.timers.tick(1);
    }
    mock.timers.tick(1000);
    assert.ok(told.length <= 14, `${told.length} messages in a second`);
    const rows = told.flatMap(({ method, params }) => (method === 'metrics' ? (params as RunNews['metrics']) : []));
    assert.deepEqual(
      rows.map(({ step }) => step),
      Array.from({ length: 1000 }, (_, index) => index + 1),
    );
  });

  it('hold nothing older than a snapshot', () => {
    queue.metrics([metrics(1)]);
    queue.metrics([metrics(2)]);
    queue.snapshot({
      run: {} as never,
      metrics: [metrics(1), metrics(2)],
      samples: [],
    });
    mock.timers.tick(1000);
    assert.deepEqual(
      told.map(({ method }) => method),
      ['metrics', 'snapshot'],
    );
  });
});
