import { textChoiceStop } from '../../../terms/snippet.ts';
import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary:
    'Points in the plane, to watch how models learn within seconds: a toy set that the program draws (`points`), or ' +
    'a CSV file (`path`) of two columns of numbers and, if there are labels, a third for those.',
  details: 'For architectures of rows: mlp, mlp-vae, mlp-autoregressive.',
  modality: 'points',
  path: null,
  keys: ['points'],
  idle: {
    imageSize: 'points are not images',
    channels: 'points are not images',
    resize: 'points are not images',
    augment: 'points are not images',
  },
  endless: 'without a path',
  channels: null,
  anySize: false,
  hasDirection: false,
  labels: null,
  files: null,
  guessed: null,
  snippets: [
    {
      label: 'Points in the plane',
      description: 'Toy sets that train in seconds, or a CSV file',
      body: { source: 'points', points: textChoiceStop(1, ['ring', 'grid', 'moons', 'swiss-roll']) },
    },
  ],
};
