import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import { createEngine } from '../../../sidecar/engine/index.ts';
import { FEATURES } from '../../../sidecar/evaluation/features/image-classifier.ts';
import { storedClassifier } from '../../../sidecar/evaluation/features/image-classifier-store.ts';
import { type LabelledImages, trainClassifier } from '../../../sidecar/evaluation/features/train-image-classifier.ts';
import { accuracy } from '../../../sidecar/evaluation/histogram.ts';
import { uniforms } from '../../../sidecar/sampling/counter-random.ts';

const CLASSES = 3;

/** Noise with a bright bar: class 0 lies, 1 stands, 2 is the diagonal. */
function bars(count: number, stream: string): LabelledImages {
  const labels = Int32Array.from({ length: count }, (_, i) => i % CLASSES);
  const noise = uniforms(5, stream, count * 28 * 28);
  const images = noise.map((x, i) => {
    const [row, column] = [Math.floor(i / 28) % 28, i % 28];
    const bar = [Math.abs(row - 14), Math.abs(column - 14), Math.abs(row - column)];
    return bar[labels[Math.floor(i / 784)]!]! < 2 ? 1 : x - 1;
  });
  return { images, labels };
}

describe('the classifier', () => {
  let engine: Engine;
  let folder: string;
  before(async () => {
    engine = await createEngine('cpu');
    folder = await mkdtemp(path.join(tmpdir(), 'classifier-'));
  });
  after(async () => {
    await engine.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const training = { name: 'test', classes: CLASSES, images: 2_560, seed: 1 };

  it('learns to tell images that it has not seen', async () => {
    const classifier = await trainClassifier(engine, bars(256, 'train'), training);
    // More than one run of the program takes, and no multiple of it.
    const test = bars(520, 'test');
    const { labels, features } = await classifier.answer(test.images);
    assert.ok(accuracy(labels, test.labels) > 0.98, `accuracy ${accuracy(labels, test.labels)}`);
    assert.equal(features.length, 520 * FEATURES);
    assert.ok(features.every((x) => x >= 0) && features.some((x) => x > 0));
    await assert.rejects(classifier.answer(test.images.subarray(1)), RangeError);
    classifier.dispose();
  });

  it('is the same again from the same images and seed, and another from another seed', async () => {
    const short = { ...training, images: 512 };
    const answers = [];
    for (const seed of [1, 1, 2]) {
      const classifier = await trainClassifier(engine, bars(256, 'train'), { ...short, seed });
      answers.push((await classifier.answer(bars(6, 'test').images)).features);
      classifier.dispose();
    }
    assert.deepEqual(answers[0], answers[1]);
    assert.notDeepEqual(answers[0], answers[2]);
  });

  it('is trained once, kept, and trained anew for other images', async () => {
    const short = { ...training, images: 512 };
    let steps = 0;
    const counted = { ...short, onStep: () => steps++ };
    const [data, test] = [bars(256, 'train'), bars(6, 'test')];
    const first = await storedClassifier(engine, folder, 'bars', data, counted);
    const expected = await first.answer(test.images);
    first.dispose();
    assert.equal(steps, 4);
    const kept = await storedClassifier(engine, folder, 'bars', data, counted);
    assert.equal(steps, 4, 'not trained again');
    assert.deepEqual(await kept.answer(test.images), expected);
    kept.dispose();
    const other = await storedClassifier(engine, folder, 'bars', bars(256, 'other'), counted);
    other.dispose();
    assert.equal(steps, 8);
    assert.equal((await readdir(folder)).length, 2);
  });
});
