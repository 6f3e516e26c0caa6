/** What is trained for QUALITY.md: ready configs, where their data are, and what is measured of each. */

import path from 'node:path';
import { presetList } from '../../sidecar/config/preset-list.ts';
import type { Family } from '../../sidecar/evaluation/judging/real-images.ts';

/** How the samples of a preset are judged. */
export type Judging =
  /** By the classifier of a dataset of grey images. */
  | { readonly by: 'classifier'; readonly family: Family }
  /** By the classifier of MNIST, channel by channel. */
  | { readonly by: 'modes'; readonly family: 'mnist' }
  /** By distances between images, where there are no classes. */
  | { readonly by: 'resemblance' };

export interface QualityPreset {
  /** Folder of its config in examples/. */
  readonly id: string;
  /** As the table names it. */
  readonly dataset: string;
  readonly judging: Judging;
  /** Images generated to be judged. */
  readonly samples: number;
  /** Where the data are, as the command line takes it; `data` is the folder of all datasets. */
  readonly data: (data: string) => readonly string[];
  /** Further changes to the config, said in the report. */
  readonly overrides: readonly string[];
}

const SAMPLES = 10_000;

const grey =
  (family: Exclude<Family, 'digits'>, dataset: string) =>
  (id: string, ...overrides: string[]): QualityPreset => ({
    id,
    dataset,
    judging: { by: 'classifier', family },
    samples: SAMPLES,
    data: (data) => [`data.path=${path.join(data, family)}`],
    overrides,
  });

const mnist = grey('mnist', 'MNIST');
const fashion = grey('fashion-mnist', 'Fashion-MNIST');

const digits = (id: string, ...overrides: string[]): QualityPreset => ({
  id,
  dataset: 'drawn digits',
  judging: { by: 'classifier', family: 'digits' },
  samples: SAMPLES,
  data: () => [],
  overrides,
});

const icons = (id: string): QualityPreset => ({
  id,
  dataset: 'icons 32×32×4',
  judging: { by: 'resemblance' },
  samples: 64,
  data: (data) => ['data.source=tar', `data.path=${path.join(data, 'icons32', 'icons32.tar')}`],
  overrides: [],
});

export const presets: readonly QualityPreset[] = [
  mnist('conditional-mnist'),
  fashion('fashion-mnist'),
  {
    id: 'stacked-mnist',
    dataset: 'stacked MNIST',
    judging: { by: 'modes', family: 'mnist' },
    samples: 26_000,
    data: (data) => [`data.path=${path.join(data, 'mnist')}`],
    overrides: [],
  },
  icons('icons'),
  icons('diffaugment'),
  icons('fastgan'),
  mnist('mnist'),
  mnist('chapter-deep'),
  ...presetList.filter(({ group }) => group === 'Objectives').map(({ id }) => mnist(id)),
  mnist('r3gan'),
  mnist('progressive'),
  mnist('vae'),
  mnist('residual-vae'),
  mnist('pixelcnn'),
  digits('digits'),
  digits('multi-generator'),
  digits('super-resolution'),
  digits('image-to-image'),
];

/** Throws RangeError where no preset is named so. */
export function presetOf(id: string): QualityPreset {
  const found = presets.find((preset) => preset.id === id);
  if (!found) throw new RangeError(`--presets ${id}: there are ${presets.map((each) => each.id).join(', ')}.`);
  return found;
}
