/** What all rules are made of. */
import type { JSONPath } from 'jsonc-parser';
import type { ArchitectureAbout } from '../../models/about.ts';
import { type ArchitectureName, architectures } from '../../models/index.ts';
import { architectureDefaults } from '../defaults.ts';
import { merged } from '../merged.ts';
import type { PartialConfig } from '../partial.ts';
import { type Change, type Problem, remove } from '../problem.ts';
import type {
  AugmentationConfig,
  ModelOptions,
  ObjectiveConfig,
  ResolvedConfig,
  TrainingConfig,
} from '../resolved-config.ts';

/** Looks at the config as written. */
export type Rule = (config: PartialConfig, platform: NodeJS.Platform) => Problem[];

/** The config as it will be: what it says, and the defaults of its architecture. */
export interface Effective {
  readonly architecture: ArchitectureName;
  readonly about: ArchitectureAbout;
  readonly model: ModelOptions;
  readonly objective: ObjectiveConfig;
  readonly augmentation: AugmentationConfig;
  readonly optimizer: ResolvedConfig['optimizer'];
  readonly training: Omit<TrainingConfig, 'seed'>;
  readonly data: PartialConfig['data'];
  /** Whether the config itself has the key, e.g. "model.pac". */
  given(key: string): boolean;
  /** The first of these keys that the config has, else its architecture: the place of a problem between them. */
  place(...keys: readonly string[]): JSONPath;
}

const has = (config: PartialConfig, path: JSONPath): boolean => {
  let here: unknown = config;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return false;
    here = (here as Record<string, unknown>)[key];
  }
  return here !== undefined;
};

const pathTo = (key: string): JSONPath => key.split('.');

/** A rule between values, wherever they come from. Silent where the architecture is not known. */
export const between =
  (check: (effective: Effective) => Problem[]): Rule =>
  (config) => {
    const architecture = config.model?.architecture;
    if (architecture === undefined) return [];
    const defaults = architectureDefaults[architecture];
    const given = (key: string) => has(config, pathTo(key));
    return check({
      architecture,
      about: architectures[architecture].about,
      model: merged(defaults.model, config.model),
      objective: merged(defaults.objective, config.objective),
      augmentation: merged(defaults.augmentation, config.augmentation),
      optimizer: merged(defaults.optimizer, config.optimizer),
      training: merged(defaults.training, config.training),
      data: config.data,
      given,
      place: (...keys) => pathTo(keys.find(given) ?? 'model.architecture'),
    });
  };

/** A rule between values of a game of two networks. */
export const inGames = (check: (effective: Effective) => Problem[]): Rule =>
  between((effective) => (effective.about.family === 'adversarial' ? check(effective) : []));

interface Mending {
  /** The one right answer. */
  readonly fix?: Change;
  /** Several answers. */
  readonly choices?: readonly Change[];
}

const problem =
  (severity: Problem['severity']) =>
  (code: string, message: string, at: JSONPath, mending: Mending = {}): Problem => ({
    layer: 'meaning',
    severity,
    code,
    message,
    at,
    on: 'value',
    ...mending,
  });

/** What cannot work: training does not begin. */
export const refused = problem('error');

/** What works, badly. */
export const warned = problem('warning');

/** What works, and yet is worth a second thought. */
export const noted = problem('info');

/** A key that changes nothing. */
export const ignored = (key: string, why: string): Problem => ({
  layer: 'meaning',
  severity: 'warning',
  code: 'config/ignored-key',
  message: `"${key}" has no effect: ${why}`,
  at: pathTo(key),
  on: 'key',
  fix: remove(pathTo(key)),
});

/** The change that sets a key, by its dotted name. */
export const setTo = (key: string, value: unknown): Change => ({
  title: `Set ${key} to ${JSON.stringify(value)}`,
  steps: [{ path: pathTo(key), value }],
});

/** The change that removes a key, by its dotted name. */
export const without = (key: string): Change => remove(pathTo(key));
