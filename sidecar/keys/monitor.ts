import { numberStop } from '../terms/snippet.ts';
import { CHECKPOINT_SECONDS, endlessDefaults } from './endless.ts';
import { group, integer, number } from './key.ts';

export const monitorKeys = group(
  { title: 'Monitor', description: 'What is written down while training, and how often.' },
  {
    logEvery: integer(
      {
        title: 'Log every',
        description: 'Steps between two rows of the metrics log, which are the points of the loss chart.',
        default: 10,
        unit: 'steps',
      },
      { minimum: 1, maximum: 1_000_000_000 },
    ),
    sampleEvery: integer(
      {
        title: 'Sample every',
        description: 'Steps between two sample grids.',
        details: `Give this or \`sampleEveryEpochs\`. Data drawn on demand use ${endlessDefaults.sampleEvery}.`,
        usual: null as number | null,
        unit: 'steps',
        examples: [100, 500, 1000],
      },
      { minimum: 1, maximum: 1_000_000_000 },
    ),
    sampleEveryEpochs: number(
      {
        title: 'Sample every epochs',
        description: 'Passes over the dataset between two sample grids.',
        details: 'Give this or `sampleEvery`.',
        usual: 1 as number | null,
        unit: 'passes',
        examples: [1, 10],
      },
      { exclusiveMinimum: 0, maximum: 1_000_000 },
    ),
    sampleEverySeconds: number(
      {
        title: 'Sample every seconds',
        description: 'A sample grid is also drawn when this much training time has passed since the last one.',
        details:
          'Every grid is kept, so these thin out: the wait is never less than a fiftieth of the training time so far. ' +
          'A day of training holds about 300 of them.',
        default: 10 as number | null,
        unit: 'seconds',
      },
      { exclusiveMinimum: 0, maximum: 86_400 },
    ),
    checkpointEvery: integer(
      {
        title: 'Checkpoint every',
        description: 'Steps between two checkpoints, from which training can continue after a stop or a crash.',
        details: `Slow steps do not wait so long: a checkpoint is never older than ${CHECKPOINT_SECONDS} s of training.`,
        default: 500,
        unit: 'steps',
      },
      { minimum: 1, maximum: 1_000_000_000 },
    ),
    keepCheckpoints: integer(
      {
        title: 'Keep checkpoints',
        description: 'How many of the newest checkpoints stay on disk.',
        default: 3,
        unit: 'checkpoints',
      },
      { minimum: 1, maximum: 100_000 },
    ),
    gridSize: integer(
      {
        title: 'Grid size',
        description: 'Rows and columns of a sample grid. Its z vectors are fixed, so grids of one run compare.',
        details: 'A conditional model shows its classes in order: with 10 classes and size 10, each column is a class.',
        usual: 8,
        unit: 'images',
        examples: [4, 8],
      },
      { minimum: 1, maximum: 16 },
    ),
  },
  [
    {
      label: 'Intervals',
      description: 'Log, sample grids and checkpoints',
      body: { logEvery: numberStop(1, 10), sampleEvery: numberStop(2, 500), checkpointEvery: numberStop(3, 500) },
    },
  ],
);
