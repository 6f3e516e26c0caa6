/** Keys of the data group that other keys make idle or necessary; reads no files. */
import { sourceAbouts, sourceNames } from '../../data/sources/abouts.ts';
import { ignored, noted, type Rule, refused, setTo } from './rule.ts';

/** Keys that only some sources use, and which. */
const someSources = new Map(
  (['labels', 'columns', 'pixelRange', 'points'] as const).map((key) => [
    key,
    sourceNames.filter((name) => sourceAbouts[name].keys.includes(key)),
  ]),
);

const listed = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const keysOfOtherSources: Rule = ({ data }) => {
  const source = data?.source;
  if (source === undefined) return [];
  const { keys, idle } = sourceAbouts[source];
  const ofOthers = [...someSources]
    .filter(([key]) => data?.[key] !== undefined && !keys.includes(key))
    .map(([key, sources]) => {
      const only = sources.length === 1 ? `only source ${sources[0]} uses it` : `only ${listed(sources)} use it`;
      return ignored(`data.${key}`, `${only}, and the source is ${source}`);
    });
  const without = Object.entries(idle)
    .filter(([key]) => valueAt(data, key) !== undefined)
    .map(([key, why]) => ignored(`data.${key}`, why));
  return [...ofOthers, ...without];
};

const valueAt = (data: object | undefined, key: string): unknown =>
  key.split('.').reduce<unknown>((here, name) => (here as Record<string, unknown> | undefined)?.[name], data);

/** Points come from a file or from a set that the program draws. */
export const pointsFromOnePlace: Rule = ({ data }) =>
  data?.source === 'points' && data.points !== undefined && data.path !== undefined
    ? [ignored('data.points', 'the points come from "path"')]
    : [];

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
  const what = source && sourceAbouts[source].path;
  if (!what || data?.path !== undefined) return [];
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

/** A mirrored digit is none. */
export const flippedDigits: Rule = ({ data }) => {
  if (data?.augment?.flip !== true || !data.source || !sourceAbouts[data.source].hasDirection) return [];
  const key = 'data.augment.flip';
  const message = 'A mirrored digit is not a digit: the generator will learn to draw mirrored ones too';
  return [noted('data/flipped-digits', message, key.split('.'), { choices: [setTo(key, false)] })];
};
