import assert from 'node:assert/strict';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { dataConfig, imagesOf, range } from './fixtures.ts';

describe('Digits', () => {
  const digits = (config: Partial<DataConfig> = {}) => openDataset(dataConfig({ source: 'digits', ...config }));

  it('are endless, 28×28, grey and labelled', async () => {
    const { info, read } = await digits();
    assert.equal(info.size, Number.POSITIVE_INFINITY);
    assert.deepEqual([info.shape[0], info.shape[2], info.classNames?.join('')], [28, 1, '0123456789']);
    const { images, labels } = await imagesOf(read([0, 7, 2 ** 52 + 1]));
    assert.equal(images.length, 3 * 784);
    assert.deepEqual(labels, Int32Array.of(0, 7, (2 ** 52 + 1) % 10));
  });

  it('depend on the index alone', async () => {
    const { read } = await digits();
    const together = await imagesOf(read([5, 123_456_789, 40]));
    const alone = await imagesOf((await digits()).read([123_456_789]));
    assert.deepEqual(together.images.slice(784, 1568), alone.images);
  });

  it('differ from each other', async () => {
    const { images } = await imagesOf((await digits()).read(range(500)));
    const all = new Set(range(500).map((i) => String(images.slice(i * 784, (i + 1) * 784))));
    assert.equal(all.size, 500);
  });

  it('have the mean and deviation of handwriting, within the frame and around its middle', async () => {
    const { images } = await imagesOf((await digits()).read(range(2000)));
    let [sum, squares, edge] = [0, 0, 0];
    images.forEach((value, i) => {
      const unit = (value + 1) / 2;
      sum += unit;
      squares += unit * unit;
      const [x, y] = [i % 28, Math.floor(i / 28) % 28];
      if (x === 0 || y === 0 || x === 27 || y === 27) edge += unit;
    });
    const mean = sum / images.length;
    assert.ok(mean > 0.1 && mean < 0.18, `mean ${mean}`);
    const deviation = Math.sqrt(squares / images.length - mean * mean);
    assert.ok(deviation > 0.27 && deviation < 0.35, `deviation ${deviation}`);
    assert.ok(edge / sum < 0.002, `${edge / sum} of the ink lies on the edge`);
  });

  it('can be told apart: the nearest of ten class means is right for most', async () => {
    const { read } = await digits();
    const { images: known } = await imagesOf(read(range(2000)));
    const means = range(10).map(() => new Float64Array(784));
    known.forEach((value, i) => {
      means[Math.floor(i / 784) % 10]![i % 784]! += value / 200;
    });
    const { images, labels } = await imagesOf(read(range(1000).map((i) => 1_000_000 + i)));
    const right = range(1000).filter((i) => {
      const image = images.subarray(i * 784, (i + 1) * 784);
      const distances = means.map((mean) => mean.reduce((sum, value, k) => sum + (value - image[k]!) ** 2, 0));
      return distances.indexOf(Math.min(...distances)) === labels![i];
    });
    assert.ok(right.length > 700, `${right.length} of 1000`);
  });

  it('are drawn at other sizes and in three equal channels', async () => {
    const { info, read } = await digits({ imageSize: 64, channels: 3 });
    assert.deepEqual([info.shape[0], info.shape[2]], [64, 3]);
    const { images } = await imagesOf(read([3]));
    assert.equal(images.length, 64 * 64 * 3);
    for (let i = 0; i < images.length; i += 3) {
      assert.ok(images[i] === images[i + 1] && images[i] === images[i + 2]);
    }
    const small = await imagesOf((await digits()).read([3]));
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(mean(images) - mean(small.images)) < 0.05, 'the same drawing, larger');
  });
});
