/** Every key of a config but `model.architecture` and `data.source`, whose values are registries above. */
import { augmentationKeys } from './augmentation.ts';
import { dataKeys } from './data.ts';
import { device, deviceFallback } from './device.ts';
import { string } from './key.ts';
import { modelKeys } from './model.ts';
import { monitorKeys } from './monitor.ts';
import { objectiveKeys } from './objective.ts';
import { optimizerKeys } from './optimizer.ts';
import { trainingKeys } from './training.ts';

/** Also a folder's name on every system: no separators, no dot or space at an end. */
export const namePattern = '^[A-Za-z0-9](?:[A-Za-z0-9._ -]{0,62}[A-Za-z0-9_-])?$';

export const configKeys = {
  name: string(
    {
      title: 'Name',
      description: 'What the runs of this config are called, and their folder under .gan/runs.',
      details: 'Letters, digits, spaces, dots, dashes and underscores; at most 64.',
      defaultText: 'the name of the file, or of its folder for `gan.config.json`',
      examples: ['digits'],
    },
    {
      pattern: namePattern,
      patternErrorMessage:
        'A name begins with a letter or digit, then come letters, digits, spaces, dots, dashes and underscores (no space or dot at the end); at most 64.',
    },
  ),
  model: modelKeys,
  objective: objectiveKeys,
  augmentation: augmentationKeys,
  data: dataKeys,
  optimizer: optimizerKeys,
  training: trainingKeys,
  monitor: monitorKeys,
  device,
  deviceFallback,
};
