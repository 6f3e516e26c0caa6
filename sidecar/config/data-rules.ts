/** What the data on disk say to the config. Reads names and headers, never whole images. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { JSONPath } from 'jsonc-parser';
import { type DataFacts, inspectData } from '../data/inspect.ts';
import { UserError } from '../errors.ts';
import { architectures } from '../models/index.ts';
import { nearest } from './nearest.ts';
import type { PartialConfig } from './partial.ts';
import { presets } from './presets.ts';
import { type Change, type Problem, set } from './problem.ts';
import { resolveData } from './resolve.ts';
import type { Config, ResolvedConfig } from './schema.ts';

type DataConfig = ResolvedConfig['data'];

export type Inspect = (data: DataConfig) => Promise<DataFacts>;

/** The data group where it says enough to look at the disk. */
export const dataOf = ({ data }: PartialConfig, file: string): DataConfig | null => {
  if (data?.source === undefined) return null;
  if (data.path === undefined && (data.source === 'idx' || data.source === 'folder')) return null;
  return resolveData(data as Config['data'], dirname(resolve(file)));
};

const problem = (
  severity: Problem['severity'],
  code: string,
  message: string,
  at: JSONPath,
  fix?: Change | null,
): Problem => ({ layer: 'meaning', severity, code, message, at, on: 'value', ...(fix && { fix }) });

const path: JSONPath = ['data', 'path'];
const labels: JSONPath = ['data', 'labels'];
const imageSize: JSONPath = ['data', 'imageSize'];

/** The key that is the place of a finding about the images: what names them, most exact first. */
const dataPlace = ({ data }: PartialConfig): JSONPath => (data?.path === undefined ? ['data', 'source'] : path);

/** A neighbour on disk whose name is nearly the missing one. */
const similarPath = async (written: string, absolute: string): Promise<string | null> => {
  const neighbours = await readdir(dirname(absolute)).catch(() => []);
  const name = nearest(basename(absolute), neighbours);
  if (name === null) return null;
  const cut = written.length - basename(absolute).length;
  return written.slice(cut) === basename(absolute) ? written.slice(0, cut) + name : null;
};

/** The source that these files are, if they are not what the config says. */
const otherSource = async (data: DataConfig, inspect: Inspect): Promise<Config['data']['source'] | null> => {
  if (data.path === null) return null;
  const known = /fashion/i.test(data.path) ? 'fashion-mnist' : 'mnist';
  for (const source of ['folder', 'idx', known] as const) {
    if (source === data.source) continue;
    const fits = await inspect({ ...data, source, labels: source === 'idx' ? data.labels : null }).catch(() => null);
    if (fits) return source;
  }
  return null;
};

/** A size that the architecture takes, for images that have none in common. */
const suitableSize = ({ model }: PartialConfig): Change => {
  const wanted = 64;
  const size = model?.architecture ? architectures[model.architecture].nearestImageSize(wanted) : wanted;
  return set(imageSize, size);
};

const unusable = async (config: PartialConfig, data: DataConfig, error: UserError, inspect: Inspect) => {
  const say = (at: JSONPath, fix?: Change | null) => problem('error', error.code, error.message, at, fix);
  const { path: writtenPath, labels: writtenLabels } = config.data ?? {};
  const place = dataPlace(config);
  switch (error.code) {
    case 'data/missing': {
      const ofLabels = writtenLabels !== undefined && data.labels !== null && error.message.includes(data.labels);
      const [at, written, absolute] = ofLabels ? [labels, writtenLabels, data.labels] : [place, writtenPath, data.path];
      const similar = written && absolute ? await similarPath(written, absolute) : null;
      return say(at, similar === null ? null : set(at, similar));
    }
    case 'data/labels-as-images': {
      const swapped =
        data.labels && (await inspect({ ...data, path: data.labels, labels: data.path }).catch(() => null));
      if (!swapped) return say(place);
      const steps = [
        { path, value: writtenLabels },
        { path: labels, value: writtenPath },
      ];
      return say(place, { title: 'Swap "path" and "labels"', steps });
    }
    case 'data/images-as-labels':
    case 'data/label-count':
      return say(labels);
    case 'data/mixed-sizes':
    case 'data/wrong-size':
      return data.resize === 'refuse' ? say(['data', 'resize']) : say(place, suitableSize(config));
    case 'data/too-large':
      return say(place, suitableSize(config));
    case 'data/mixed-channels':
      return say(['data', 'resize']);
    default: {
      if (writtenLabels !== undefined && data.labels !== null && error.message.startsWith(data.labels))
        return say(labels);
      const source = await otherSource(data, inspect);
      return say(place, source && { ...set(['data', 'source'], source), title: `Change the source to "${source}"` });
    }
  }
};

const largestPowerOfTwo = (limit: number) => 2 ** Math.floor(Math.log2(limit));

const batchFits = (config: PartialConfig, facts: DataFacts): Problem[] => {
  const { model, training } = config;
  const given = training?.batchSize;
  const batchSize = given ?? (model?.architecture && presets[model.architecture].training.batchSize);
  if (batchSize === undefined || batchSize <= facts.size) return [];
  const at: JSONPath = ['training', 'batchSize'];
  const whose = given === undefined ? 'The default batch size' : 'The batch size';
  const message = `${whose} is ${batchSize}, but there are only ${facts.size} images; use at most ${facts.size}`;
  const place = given === undefined ? dataPlace(config) : at;
  return [problem('error', 'training/batch-size', message, place, set(at, largestPowerOfTwo(facts.size)))];
};

const sizeFits = (config: PartialConfig, facts: DataFacts): Problem[] => {
  const { model, data } = config;
  if (!model?.architecture) return [];
  const architecture = architectures[model.architecture];
  const reason = architecture.refuses({ ...presets[model.architecture].model, ...facts, classes: 0 });
  if (reason === null) return [];
  const size = architecture.nearestImageSize(facts.imageSize);
  const at = data?.imageSize === undefined ? dataPlace(config) : imageSize;
  return [problem('error', 'model/image-size', `${reason}; set "data.imageSize" to ${size}`, at, set(imageSize, size))];
};

const labelsFit = ({ model, data }: PartialConfig, facts: DataFacts): Problem[] => {
  const conditional = model?.conditional ?? (model?.architecture && presets[model.architecture].model.conditional);
  const classes = facts.classNames?.length ?? 0;
  if (!conditional || classes > 1) return [];
  const at: JSONPath = ['model', model?.conditional === undefined ? 'architecture' : 'conditional'];
  const fix = { ...set(['model', 'conditional'], false), title: 'Train without labels ("conditional": false)' };
  if (classes === 1) {
    const message = `All images are of one class (${facts.classNames?.[0]}), so a conditional model learns nothing from it`;
    return [problem('warning', 'model/one-class', message, at, fix)];
  }
  const remedy = {
    idx: 'name the labels file in "data.labels"',
    folder: 'sort the images into one subfolder a class',
  };
  const how = remedy[data?.source as 'idx' | 'folder'] ?? 'choose labelled data';
  const message = `A conditional model needs class labels, and these images have none; ${how}, or set "conditional" to false`;
  return [problem('error', 'model/no-labels', message, at, fix)];
};

/** Enlarging by less than this is common practice (28 to 32 pixels). */
const notableEnlargement = 1.5;

const notEnlarged = ({ data }: PartialConfig, { format, width, height, mixedSizes }: DataFacts): Problem[] => {
  if (data?.imageSize === undefined || format === 'digits' || mixedSizes) return [];
  if (data.imageSize <= notableEnlargement * Math.max(width, height)) return [];
  const message = `The images are ${width}×${height}; enlarging them to ${data.imageSize} costs time and adds no detail`;
  return [problem('info', 'data/enlarged', message, imageSize)];
};

/** Problems between the config and its data; none where the config does not say which data. */
export const checkData = async (
  config: PartialConfig,
  file: string,
  inspect: Inspect = inspectData,
): Promise<Problem[]> => {
  const data = dataOf(config, file);
  if (data === null) return [];
  try {
    const facts = await inspect(data);
    return [batchFits, sizeFits, labelsFit, notEnlarged].flatMap((check) => check(config, facts));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [await unusable(config, data, error, inspect)];
  }
};
