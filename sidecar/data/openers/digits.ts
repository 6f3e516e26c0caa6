/** The source `digits`: drawn in the worker when asked for. */
import type { Dataset } from '../dataset.ts';
import { defaultDigitSize, digitClassNames, digitOf } from '../digits/digits.ts';
import { inputPlan } from '../input.ts';
import type { DataConfig } from '../shape.ts';
import { workerDataset } from '../worker/worker-dataset.ts';

export function openDigits(data: DataConfig, inputs: boolean): Dataset {
  return workerDataset({
    info: {
      name: 'digits',
      size: Number.POSITIVE_INFINITY,
      imageSize: data.imageSize ?? defaultDigitSize,
      channels: data.channels ?? 1,
      classNames: digitClassNames,
      skipped: [],
    },
    images: { kind: 'digits' },
    input: inputPlan(data, inputs, null),
    augment: data.augment,
    labels: digitOf,
  });
}
