/** A config of one's own from a preset's text: other data and name, the same comments. */
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sourceAbouts } from '../data/sources/abouts.ts';
import { endlessDefaults } from '../keys/endless.ts';
import { UserError } from '../terms/errors.ts';
import { architectureDefaults } from './defaults.ts';
import { readConfig } from './diagnose.ts';
import { withSteps } from './edits.ts';
import { type PresetId, presetFile } from './preset-list.ts';
import type { ChangeStep } from './problem.ts';
import { isEndless } from './resolve.ts';
import type { Config } from './schema.ts';

/** What a new config may say differently. */
export interface NewConfigOptions {
  readonly name?: string;
  /** Takes the place of the preset's source; image size and channels stay where they are not given. */
  readonly data?: Config['data'];
}

/** Keys of the data group that name files. */
const namesFiles = ['path', 'labels', 'inputPath'];

/** Keys that belong to the preset's own files, and not to others. */
const ofOneSource = [...namesFiles, 'columns', 'pixelRange'];

/** Pixels of images of any size, which a CPU manages. */
const OWN_SIZE = 32;

/** Forward slashes work everywhere and need no escapes. */
const portable = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\\', '/') : value);

/**
 * The preset's text with these changes; comments and layout stay. Sound if the data are what they are
 * said to be; `diagnose` finds what else they demand.
 */
export function newConfig(presetText: string, { name, data }: NewConfigOptions = {}): string {
  const steps: ChangeStep[] = name === undefined ? [] : [{ path: ['name'], value: name }];
  return withSteps(presetText, [...steps, ...(data ? dataSteps(presetText, data) : [])]);
}

const dataSteps = (text: string, data: Config['data']): ChangeStep[] => {
  const { valid } = readConfig(text);
  const before = valid.data ?? {};
  const set = Object.entries(data).map(([key, value]) => ({
    path: ['data', key],
    value: namesFiles.includes(key) ? portable(value) : value,
  }));
  const unfit = sourceAbouts[data.source].channels !== null ? [...ofOneSource, 'channels'] : ofOneSource;
  const removed = unfit
    .filter((key) => key in before && !(key in data))
    .map((key) => ({ path: ['data', key], value: undefined }));
  const sized = 'imageSize' in before || 'imageSize' in data || !sourceAbouts[data.source].anySize;
  const size = sized ? [] : [{ path: ['data', 'imageSize'], value: OWN_SIZE }];
  return [...set, ...removed, ...size, ...(isEndless(data) ? endlessSteps(valid) : [])];
};

/** Data without end have no epochs. */
const endlessSteps = ({ model, training, monitor }: ReturnType<typeof readConfig>['valid']): ChangeStep[] => {
  const { epochs } = training ?? {};
  const byDefault = model?.architecture && architectureDefaults[model.architecture].training.steps;
  return [
    ...(epochs === undefined
      ? []
      : [
          { path: ['training', 'epochs'], renameTo: 'steps' },
          { path: ['training', 'steps'], value: byDefault ?? endlessDefaults.steps },
        ]),
    ...(monitor?.sampleEveryEpochs === undefined ? [] : [{ path: ['monitor', 'sampleEveryEpochs'], value: undefined }]),
  ];
};

/**
 * The text of a preset.
 * @param root folder that holds examples/: the extension's, or that of `programRoot`.
 */
export const readPreset = (id: PresetId, root: string): Promise<string> => readFile(join(root, presetFile(id)), 'utf8');

/** The folder that this program was installed in, found from its script upwards. @throws UserError if there is none. */
export async function programRoot(script = process.argv[1] ?? ''): Promise<string> {
  let folder = dirname(await realpath(script));
  for (;;) {
    const found = await readPreset('digits', folder).catch(() => null);
    if (found !== null) return folder;
    const parent = dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  throw new UserError('config/no-presets', `The presets are missing: there is no examples folder above ${script}.`);
}
