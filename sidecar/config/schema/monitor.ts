import { Type } from 'typebox';
import { numberStop } from '../../terms/snippet.ts';
import { CHECKPOINT_SECONDS, commonDefaults, endlessDefaults } from '../defaults.ts';
import { group, integer, number } from './key.ts';

const defaults = commonDefaults.monitor;

export const MonitorSchema = Type.Object(
  {
    logEvery: Type.Optional(
      integer(
        {
          title: 'Log every',
          description: 'Steps between two rows of the metrics log, which are the points of the loss chart.',
          default: defaults.logEvery,
          unit: 'steps',
        },
        { minimum: 1, maximum: 1_000_000_000 },
      ),
    ),
    sampleEvery: Type.Optional(
      integer(
        {
          title: 'Sample every',
          description: 'Steps between two sample grids.',
          details: `Give this or \`sampleEveryEpochs\`. Data drawn on demand use ${endlessDefaults.sampleEvery}.`,
          architectureDefault: (defaults) => defaults.monitor.sampleEvery,
          unit: 'steps',
          examples: [100, 500, 1000],
        },
        { minimum: 1, maximum: 1_000_000_000 },
      ),
    ),
    sampleEveryEpochs: Type.Optional(
      number(
        {
          title: 'Sample every epochs',
          description: 'Passes over the dataset between two sample grids.',
          details: 'Give this or `sampleEvery`.',
          architectureDefault: (defaults) => defaults.monitor.sampleEveryEpochs,
          unit: 'passes',
          examples: [1, 10],
        },
        { exclusiveMinimum: 0, maximum: 1_000_000 },
      ),
    ),
    sampleEverySeconds: Type.Optional(
      number(
        {
          title: 'Sample every seconds',
          description: 'A sample grid is also drawn when this much training time has passed since the last one.',
          details:
            'Every grid is kept, so these thin out: the wait is never less than a fiftieth of the training time so far. ' +
            'A day of training holds about 300 of them.',
          default: defaults.sampleEverySeconds,
          unit: 'seconds',
        },
        { exclusiveMinimum: 0, maximum: 86_400 },
      ),
    ),
    checkpointEvery: Type.Optional(
      integer(
        {
          title: 'Checkpoint every',
          description: 'Steps between two checkpoints, from which training can continue after a stop or a crash.',
          details: `Slow steps do not wait so long: a checkpoint is never older than ${CHECKPOINT_SECONDS} s of training.`,
          default: defaults.checkpointEvery,
          unit: 'steps',
        },
        { minimum: 1, maximum: 1_000_000_000 },
      ),
    ),
    keepCheckpoints: Type.Optional(
      integer(
        {
          title: 'Keep checkpoints',
          description: 'How many of the newest checkpoints stay on disk.',
          default: defaults.keepCheckpoints,
          unit: 'checkpoints',
        },
        { minimum: 1, maximum: 100_000 },
      ),
    ),
    gridSize: Type.Optional(
      integer(
        {
          title: 'Grid size',
          description: 'Rows and columns of a sample grid. Its z vectors are fixed, so grids of one run compare.',
          details:
            'A conditional model shows its classes in order: with 10 classes and size 10, each column is a class.',
          architectureDefault: (defaults) => defaults.monitor.gridSize,
          unit: 'images',
          examples: [4, 8],
        },
        { minimum: 1, maximum: 16 },
      ),
    ),
  },
  group({ title: 'Monitor', description: 'What is written down while training, and how often.' }, [
    {
      label: 'Intervals',
      description: 'Log, sample grids and checkpoints',
      body: { logEvery: numberStop(1, 10), sampleEvery: numberStop(2, 500), checkpointEvery: numberStop(3, 500) },
    },
  ]),
);
