/** Keys of the data group that other keys make idle or necessary; reads no files. */
import type { Config } from '../schema.ts';
import { ignored, noted, type Rule, refused, setTo } from './rule.ts';

type Source = Config['data']['source'];

/** Sources that need a path, and to what. */
const pathTo: Partial<Record<Source, string>> = {
  idx: 'the IDX file of images',
  folder: 'the folder of images',
  tar: 'the tar archive of images',
  zip: 'the zip archive of images',
  table: 'the CSV or Parquet file, or the folder of several',
  npz: 'the NPZ or NPY file',
  'cifar-10': 'the folder of its binary files',
};

/** Keys that only some sources use. */
const sourcesOf = {
  labels: ['idx', 'npz'],
  columns: ['table', 'npz', 'tar'],
  pixelRange: ['table', 'npz'],
  points: ['points'],
} as const satisfies Readonly<Partial<Record<keyof Config['data'], readonly Source[]>>>;

/** Keys that say what is done to images. */
const ofImages = ['imageSize', 'channels', 'resize', 'augment'] as const;

const listed = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const keysOfOtherSources: Rule = ({ data }) => {
  const source = data?.source;
  if (source === undefined) return [];
  const idle = Object.entries(sourcesOf)
    .filter(
      ([key, sources]: readonly [string, readonly Source[]]) =>
        data?.[key as keyof typeof sourcesOf] !== undefined && !sources.includes(source),
    )
    .map(([key, sources]) => {
      const only = sources.length === 1 ? `only source ${sources[0]} uses it` : `only ${listed(sources)} use it`;
      return ignored(`data.${key}`, `${only}, and the source is ${source}`);
    });
  if (source === 'tar' && data?.columns?.image !== undefined) {
    return [...idle, ignored('data.columns.image', 'every image of a tar archive is read')];
  }
  if (source === 'points') {
    const given = ofImages.filter((key) => data?.[key] !== undefined);
    const both = data?.points !== undefined && data.path !== undefined;
    return [
      ...idle,
      ...given.map((key) => ignored(`data.${key}`, 'points are not images')),
      ...(both ? [ignored('data.points', 'the points come from "path"')] : []),
    ];
  }
  if (source !== 'digits') return idle;
  const drawn = (['path', 'resize'] as const)
    .filter((key) => data?.[key] !== undefined)
    .map((key) => ignored(`data.${key}`, 'source digits draws its own images'));
  return [...idle, ...drawn];
};

/** Black and white are two numbers, the lower first. */
export const pixelRangeInOrder: Rule = ({ data }) => {
  const [black = 0, white = 1] = data?.pixelRange ?? [];
  if (black < white) return [];
  const message = `"pixelRange" is [black, white], the lower number first, and ${black} is not below ${white}`;
  const mending = black === white ? {} : { fix: setTo('data.pixelRange', [white, black]) };
  return [refused('data/pixel-range', message, ['data', 'pixelRange'], mending)];
};

export const pathNeeded: Rule = ({ data }) => {
  const source = data?.source;
  const what = source && pathTo[source];
  if (what === undefined || data?.path !== undefined) return [];
  return [refused('data/no-path', `Source ${source} needs "data.path": ${what}`, ['data', 'source'])];
};

/** What image-to-image translates from. */
export const inputsOfTranslation: Rule = ({ data, model }) => {
  if (data === undefined) return [];
  const { input, inputPath } = data;
  if (model?.architecture !== undefined && model.architecture !== 'image-to-image') {
    const why = `only image-to-image translates images, and the architecture is ${model.architecture}`;
    return (['input', 'inputPath'] as const)
      .filter((key) => data[key] !== undefined)
      .map((key) => ignored(`data.${key}`, why));
  }
  if (input === 'folder' && inputPath === undefined) {
    const message = 'Input folder needs "data.inputPath": the folder of images to translate from';
    return [refused('data/no-input-path', message, ['data', 'input'])];
  }
  if (inputPath === undefined || input === 'folder') return [];
  return [ignored('data.inputPath', 'only input "folder" reads it')];
};

const hasDirection: readonly (Source | undefined)[] = ['digits', 'mnist', 'stacked-mnist'];

/** A mirrored digit is none. */
export const flippedDigits: Rule = ({ data }) => {
  if (data?.augment?.flip !== true || !hasDirection.includes(data.source)) return [];
  const key = 'data.augment.flip';
  const message = 'A mirrored digit is not a digit: the generator will learn to draw mirrored ones too';
  return [noted('data/flipped-digits', message, key.split('.'), { choices: [setTo(key, false)] })];
};
