/** What keys say to each other that a schema cannot: contradictions, and keys without effect. */
import type { JSONPath } from 'jsonc-parser';
import { fallbackToItself, foreignDevice } from './device-rules.ts';
import type { PartialConfig } from './partial.ts';
import { endlessDefaults } from './presets.ts';
import { type Problem, remove, set } from './problem.ts';
import { isEndless } from './resolve.ts';

type Rule = (config: PartialConfig, platform: NodeJS.Platform) => Problem[];

const ignored = (at: JSONPath, why: string): Problem => ({
  layer: 'meaning',
  severity: 'warning',
  code: 'config/ignored-key',
  message: `"${at.join('.')}" has no effect: ${why}`,
  at,
  on: 'key',
  fix: remove(at),
});

const oneLength: Rule = ({ training, data }) => {
  if (training?.epochs === undefined) return [];
  const at = ['training', 'epochs'];
  const error = { layer: 'meaning', severity: 'error', at, on: 'key' } as const;
  const endless = isEndless(data?.source);
  if (training.steps !== undefined) {
    const fixes = endless ? { fix: remove(at) } : { choices: [remove(at), remove(['training', 'steps'])] };
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

const oneSampleInterval: Rule = ({ monitor, data }) => {
  if (monitor?.sampleEveryEpochs === undefined) return [];
  const at = ['monitor', 'sampleEveryEpochs'];
  if (isEndless(data?.source)) return [ignored(at, 'data drawn on demand have no epochs; use "sampleEvery"')];
  if (monitor.sampleEvery === undefined) return [];
  return [
    {
      layer: 'meaning',
      severity: 'error',
      code: 'monitor/two-intervals',
      message: 'Give "monitor.sampleEvery" or "monitor.sampleEveryEpochs", not both',
      at,
      on: 'key',
      choices: [remove(at), remove(['monitor', 'sampleEvery'])],
    },
  ];
};

const keysOfOtherArchitectures: Rule = ({ model }) =>
  model?.baseChannels !== undefined && model.architecture !== undefined && model.architecture !== 'dcgan'
    ? [ignored(['model', 'baseChannels'], `only dcgan uses it, and the architecture is ${model.architecture}`)]
    : [];

const keysOfOtherSources: Rule = ({ data }) => {
  const problems: Problem[] = [];
  if (data?.source === undefined) return problems;
  if (data.labels !== undefined && data.source !== 'idx') {
    problems.push(ignored(['data', 'labels'], `only source idx uses it, and the source is ${data.source}`));
  }
  if (data.source !== 'digits') return problems;
  for (const key of ['path', 'resize'] as const) {
    if (data[key] !== undefined) problems.push(ignored(['data', key], 'source digits draws its own images'));
  }
  return problems;
};

const pathNeeded: Rule = ({ data }) => {
  if (data?.path !== undefined || (data?.source !== 'idx' && data?.source !== 'folder')) return [];
  const what = data.source === 'idx' ? 'the IDX file of images' : 'the folder of images';
  return [
    {
      layer: 'meaning',
      severity: 'error',
      code: 'data/no-path',
      message: `Source ${data.source} needs "data.path": ${what}`,
      at: ['data', 'source'],
      on: 'value',
    },
  ];
};

const minimaxSaturates: Rule = ({ objective }) => {
  if (objective?.loss !== 'minimax') return [];
  const at = ['objective', 'loss'];
  return [
    {
      layer: 'meaning',
      severity: 'info',
      code: 'objective/minimax',
      message:
        'The minimax generator loss gives almost no gradient while the discriminator is confident; ' +
        '"non-saturating" learns faster (Goodfellow et al. 2014, section 3)',
      at,
      on: 'value',
      choices: [set(at, 'non-saturating')],
    },
  ];
};

const rules: readonly Rule[] = [
  oneLength,
  oneSampleInterval,
  keysOfOtherArchitectures,
  keysOfOtherSources,
  pathNeeded,
  minimaxSaturates,
  foreignDevice,
  fallbackToItself,
];

/** Problems between keys, and with the platform that would train; reads no files. */
export const checkRules = (config: PartialConfig, platform = process.platform): Problem[] =>
  rules.flatMap((rule) => rule(config, platform));
