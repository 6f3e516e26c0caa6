import assert from 'node:assert/strict';
import { editDistance, nearest } from '../../../sidecar/config/nearest.ts';

describe('nearest word', () => {
  it('counts inserts, deletes, replacements and swaps as one edit each', () => {
    assert.equal(editDistance('steps', 'steps'), 0);
    assert.equal(editDistance('step', 'steps'), 1);
    assert.equal(editDistance('stepss', 'steps'), 1);
    assert.equal(editDistance('stops', 'steps'), 1);
    assert.equal(editDistance('setps', 'steps'), 1);
    assert.equal(editDistance('', 'abc'), 3);
    assert.equal(editDistance('kitten', 'sitting'), 3);
  });

  it('looks past case and separators', () => {
    assert.equal(nearest('LEARNING_RATE', ['latentSize', 'learningRate']), 'learningRate');
    assert.equal(nearest('fashion_mnist', ['mnist', 'fashion-mnist']), 'fashion-mnist');
  });

  it('knows when nothing is near', () => {
    assert.equal(nearest('weather', ['steps', 'epochs']), null);
    assert.equal(nearest('x', ['loss', 'path']), null);
  });
});
