import assert from 'node:assert/strict';
import { fittingBatch } from '../../../sidecar/devices/device-failure.ts';

const GB = 1e9;

describe('the batch size that should fit', () => {
  it('is half of one of which nothing is known', () => {
    assert.equal(fittingBatch(128, { needed: null, fixed: 0, available: 8 * GB }), 64);
    assert.equal(fittingBatch(128, { needed: 40 * GB, fixed: 0, available: null }), 64);
    assert.equal(fittingBatch(100, { needed: null, fixed: 0, available: null }), 64);
    assert.equal(fittingBatch(3, { needed: null, fixed: 0, available: null }), 2);
  });

  it('is halved until it takes no more than 70% of the memory', () => {
    // 1 GB for each 8 images, and 1 GB beside them: 32 images take 5 GB of 8, 64 take 9.
    assert.equal(fittingBatch(128, { needed: 17 * GB, fixed: GB, available: 8 * GB }), 32);
    assert.equal(fittingBatch(128, { needed: 17 * GB, fixed: GB, available: 2 * GB }), 2);
  });

  it('is none where the weights alone are too large, or a single image was', () => {
    assert.equal(fittingBatch(128, { needed: 17 * GB, fixed: 4 * GB, available: 2 * GB }), null);
    assert.equal(fittingBatch(1, { needed: null, fixed: 0, available: null }), null);
  });
});
