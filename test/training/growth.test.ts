import assert from 'node:assert/strict';
import { fadeAt, firstStep, type Stage, stageAt, stagesOf } from '../../sidecar/models/growth.ts';

const square = (size: number) => [size, size, 1];

describe('progressive growing', () => {
  const list = stagesOf([4, 8, 16, 32].map(square), 100);

  it('fades each stage in over as many images as it is trained alone', () => {
    assert.deepEqual(list, [
      { shape: square(4), begins: 0 },
      { shape: square(8), begins: 100 },
      { shape: square(16), begins: 300 },
      { shape: square(32), begins: 500 },
    ]);
    const plan = (images: number) => {
      const at = stageAt(list, images);
      return [list[at]?.shape[0], fadeAt(list[at] as Stage, images, 100)];
    };
    assert.deepEqual(plan(0), [4, 1]);
    assert.deepEqual(plan(100), [4, 1]);
    assert.deepEqual(plan(110), [8, 0.1]);
    assert.deepEqual(plan(200), [8, 1]);
    assert.deepEqual(plan(300), [8, 1]);
    assert.deepEqual(plan(350), [16, 0.5]);
    assert.deepEqual(plan(600), [32, 1]);
    assert.deepEqual(plan(1e9), [32, 1]);
  });

  it('knows the first step of a stage', () => {
    for (const batch of [1, 7, 10, 32, 100, 250]) {
      for (const [i, stage] of list.entries()) {
        const first = firstStep(stage, batch);
        assert.ok(stageAt(list, (first + 1) * batch) >= i);
        if (first > 0) assert.ok(stageAt(list, first * batch) < i);
      }
    }
  });
});
