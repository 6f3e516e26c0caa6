/** The source `stacked-mnist`: put together from MNIST in the worker when asked for. */
import { UserError } from '../../terms/errors.ts';
import type { Dataset } from '../dataset.ts';
import { stackedClassNames, stackedCount, stackedLabels, stackedShape } from '../digits/stacked-digits.ts';
import { type IdxFiles, readIdxHeaders } from '../idx/idx.ts';
import { inputPlan } from '../input.ts';
import type { DataConfig } from '../shape.ts';
import { readValues } from '../unpack.ts';
import { workerDataset } from '../worker/worker-dataset.ts';
import { greyShape, type IdxOptions, openRecords } from './idx.ts';

/** @param files MNIST's. @throws UserError as `openIdx`, or if other channels than 3 are asked for. */
export async function openStackedMnist(files: IdxFiles, data: DataConfig, options: IdxOptions): Promise<Dataset> {
  const { images, labels } = await readIdxHeaders(files);
  if (!labels)
    throw new UserError('data/missing', `${files.images} has no labels beside it: put MNIST's there.`, {
      subject: { path: files.images },
    });
  const shape = stackedShape(images.dimensions[1] ?? 0, data);
  const digits = await readValues(labels, options);
  const { records, release } = await openRecords(images, options);
  return workerDataset({
    info: { name: 'stacked-mnist', size: stackedCount, ...shape, classNames: stackedClassNames, skipped: [] },
    images: { kind: 'stacked', records, stored: greyShape(images, data), count: images.count },
    input: inputPlan(data, options.inputs, null),
    augment: data.augment,
    labels: stackedLabels(digits),
    release,
  });
}
