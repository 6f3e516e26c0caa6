/** How long to train and when to draw grids: by steps or by epochs. */
import { endlessDefaults } from '../../keys/endless.ts';
import { isEndless } from '../resolve.ts';
import { ignored, type Rule, without } from './rule.ts';

export const oneLength: Rule = ({ training, data }) => {
  if (training?.epochs === undefined) return [];
  const at = ['training', 'epochs'];
  const error = { layer: 'meaning', severity: 'error', at, on: 'key' } as const;
  const endless = isEndless(data);
  if (training.steps !== undefined) {
    const fix = without('training.epochs');
    const fixes = endless ? { fix } : { choices: [fix, without('training.steps')] };
    const message = 'Give "training.steps" or "training.epochs", not both';
    return [{ ...error, code: 'training/steps-and-epochs', message, ...fixes }];
  }
  if (!endless) return [];
  const steps = ['training', 'steps'];
  return [
    {
      ...error,
      code: 'training/endless-epochs',
      message: 'Data drawn on demand have no end, hence no epochs; give "training.steps" instead',
      choices: [
        {
          title: `Replace by "steps": ${endlessDefaults.steps}`,
          steps: [
            { path: at, renameTo: 'steps' },
            { path: steps, value: endlessDefaults.steps },
          ],
        },
      ],
    },
  ];
};

export const oneSampleInterval: Rule = ({ monitor, data }) => {
  if (monitor?.sampleEveryEpochs === undefined) return [];
  const key = 'monitor.sampleEveryEpochs';
  if (isEndless(data)) return [ignored(key, 'data drawn on demand have no epochs; use "sampleEvery"')];
  if (monitor.sampleEvery === undefined) return [];
  return [
    {
      layer: 'meaning',
      severity: 'error',
      code: 'monitor/two-intervals',
      message: 'Give "monitor.sampleEvery" or "monitor.sampleEveryEpochs", not both',
      at: ['monitor', 'sampleEveryEpochs'],
      on: 'key',
      choices: [without(key), without('monitor.sampleEvery')],
    },
  ];
};
