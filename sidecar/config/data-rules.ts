/** What the data on disk say to the config. Reads names and headers, never whole images. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { JSONPath } from 'jsonc-parser';
import type { DataFacts } from '../data/facts.ts';
import { type InspectOptions, inspectData } from '../data/inspect.ts';
import type { LostLabels } from '../data/labels/labelling.ts';
import { needsPath } from '../data/paths.ts';
import { sourceAbouts, sourceNames } from '../data/sources/abouts.ts';
import { architectures, refusalOf } from '../models/index.ts';
import { specOf } from '../models/spec.ts';
import { UserError } from '../terms/errors.ts';
import { architectureDefaults } from './defaults.ts';
import { merged } from './merged.ts';
import { nearest } from './nearest.ts';
import type { PartialConfig } from './partial.ts';
import { type Change, type Problem, remove, set } from './problem.ts';
import { resolveData } from './resolve.ts';
import type { ResolvedConfig } from './resolved-config.ts';
import type { Config } from './schema.ts';

type DataConfig = ResolvedConfig['data'];

export type Inspect = (data: DataConfig, options?: InspectOptions) => Promise<DataFacts>;

/** The data group where it says enough to look at the disk. */
export const dataOf = ({ data }: PartialConfig, file: string): DataConfig | null => {
  if (data?.source === undefined) return null;
  if (data.path === undefined && needsPath(data.source)) return null;
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
const pixelRange: JSONPath = ['data', 'pixelRange'];
const inputPath: JSONPath = ['data', 'inputPath'];

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
  const { path } = data;
  for (const source of sourceNames.filter((name) => sourceAbouts[name].guessed?.test(path))) {
    if (source === data.source) continue;
    const fits = await inspect({
      ...data,
      source,
      labels: sourceAbouts[source].keys.includes('labels') ? data.labels : null,
    }).catch(() => null);
    if (fits) return source;
  }
  return null;
};

/** A size that the architecture takes, for images that have none in common. */
const suitableSize = ({ model }: PartialConfig): Change => {
  const wanted = 64;
  if (!model?.architecture) return set(imageSize, wanted);
  const facts = { shape: [wanted, wanted, 3], sourceShape: null, classNames: null };
  const spec = specOf(merged(architectureDefaults[model.architecture].model, model), facts);
  const fitting = architectures[model.architecture].nearestExample?.(spec);
  return set(imageSize, fitting?.[0] ?? wanted);
};

/** Which of `data.columns` a message is about. */
const columnPlace = (config: PartialConfig, { message }: UserError): JSONPath => {
  const { image, label } = config.data?.columns ?? {};
  for (const [key, name] of Object.entries({ image, label })) {
    if (name !== undefined && message.includes(` named ${name} `)) return ['data', 'columns', key];
  }
  return dataPlace(config);
};

const unusable = async (config: PartialConfig, data: DataConfig, error: UserError, inspect: Inspect) => {
  const say = (at: JSONPath, fix?: Change | null) => problem('error', error.code, error.message, at, fix);
  const { path: writtenPath, labels: writtenLabels } = config.data ?? {};
  const place = dataPlace(config);
  switch (error.code) {
    case 'data/missing': {
      const keys = [
        [labels, writtenLabels, data.labels],
        [inputPath, config.data?.inputPath, data.inputPath],
      ] as const;
      const missing = keys.find(
        ([, written, found]) => written !== undefined && found && error.message.includes(found),
      );
      const [at, written, absolute] = missing ?? [place, writtenPath, data.path];
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
      return say(writtenLabels === undefined ? place : labels);
    case 'data/pixel-range':
      return say(pixelRange);
    case 'data/mixed-sizes':
    case 'data/wrong-size':
      return data.resize === 'refuse' ? say(['data', 'resize']) : say(place, suitableSize(config));
    case 'data/too-large':
      return say(place, suitableSize(config));
    case 'data/mixed-channels':
      return say(['data', 'resize']);
    case 'data/channels':
      return say(['data', 'channels'], remove(['data', 'channels']));
    case 'data/no-column':
    case 'data/no-array':
      return say(columnPlace(config, error));
    case 'data/no-pair':
    case 'data/no-input-path':
      return say(inputPath);
    case 'data/input-source':
      return say(['data', 'input'], set(['data', 'input'], 'edges'));
    default: {
      if (writtenLabels !== undefined && data.labels !== null && error.message.startsWith(data.labels))
        return say(labels);
      const source = await otherSource(data, inspect);
      return say(place, source && { ...set(['data', 'source'], source), title: `Change the source to "${source}"` });
    }
  }
};

const largestPowerOfTwo = (limit: number) => 2 ** Math.floor(Math.log2(limit));

/** One step reads a batch for each update of the discriminator. */
const batchFits = (config: PartialConfig, facts: DataFacts): Problem[] => {
  const { model, training, objective } = config;
  if (!model?.architecture) return [];
  const defaults = architectureDefaults[model.architecture];
  const given = training?.batchSize;
  const batchSize = given ?? defaults.training.batchSize;
  const inGame = architectures[model.architecture].about.family === 'adversarial';
  const updates = inGame ? (objective?.discriminatorSteps ?? defaults.objective.discriminatorSteps) : 1;
  if (batchSize * updates <= facts.size) return [];
  const at: JSONPath = ['training', 'batchSize'];
  const whose = given === undefined ? 'The default batch size' : 'The batch size';
  const times = updates === 1 ? '' : `, ${updates} times a step ("discriminatorSteps")`;
  const limit = Math.floor(facts.size / updates);
  const only = `but there are only ${facts.size} ${facts.modality}`;
  if (limit === 0) {
    const steps: JSONPath = ['objective', 'discriminatorSteps'];
    const message = `The discriminator is updated ${updates} times a step, each on a batch of its own, ${only}; update it once`;
    const where = objective?.discriminatorSteps === undefined ? dataPlace(config) : steps;
    return [problem('error', 'training/batch-size', message, where, set(steps, 1))];
  }
  const message = `${whose} is ${batchSize}${times}, ${only}; use at most ${limit}`;
  const place = given === undefined ? dataPlace(config) : at;
  return [problem('error', 'training/batch-size', message, place, set(at, largestPowerOfTwo(limit)))];
};

/** Architectures of images want images, those of rows want rows. */
const examplesFit = (config: PartialConfig, { modality, shape }: DataFacts): Problem[] => {
  const name = config.model?.architecture;
  if (!name) return [];
  const kind = shape.length === 1 ? 'vectors' : 'images';
  if (architectures[name].examples === kind) return [];
  const fitting = kind === 'vectors' ? 'mlp' : 'dcgan';
  const makes = kind === 'vectors' ? 'images' : 'rows of numbers';
  const message = `${name} makes ${makes}, and the data are ${modality}; use ${fitting}, for one`;
  const at: JSONPath = ['model', 'architecture'];
  return [problem('error', 'model/other-examples', message, at, set(at, fitting))];
};

const sizeFits = (config: PartialConfig, facts: DataFacts): Problem[] => {
  const { model, data } = config;
  if (!model?.architecture) return [];
  const architecture = architectures[model.architecture];
  if (examplesFit(config, facts).length > 0) return [];
  const spec = specOf(merged(architectureDefaults[model.architecture].model, model), facts);
  const [size = 0] = architecture.nearestExample?.(spec) ?? facts.shape;
  const reason = refusalOf(model.architecture, spec);
  // What fits with this size is refused for another reason, which the rules of the config tell.
  if (reason === null || size === facts.shape[0]) return [];
  const at = data?.imageSize === undefined ? dataPlace(config) : imageSize;
  return [problem('error', 'model/image-size', `${reason}; set "data.imageSize" to ${size}`, at, set(imageSize, size))];
};

const labelsFit = ({ model, data }: PartialConfig, facts: DataFacts): Problem[] => {
  const conditional =
    model?.conditional ?? (model?.architecture && architectureDefaults[model.architecture].model.conditional);
  const classes = facts.classNames?.length ?? 0;
  if (!conditional || classes > 1) return [];
  const at: JSONPath = ['model', model?.conditional === undefined ? 'architecture' : 'conditional'];
  const fix = { ...set(['model', 'conditional'], false), title: 'Train without labels ("conditional": false)' };
  if (classes === 1) {
    const message = `All ${facts.modality} are of one class (${facts.classNames?.[0]}), so a conditional model learns nothing from it`;
    return [problem('warning', 'model/one-class', message, at, fix)];
  }
  if (facts.lostLabels) {
    const choices = [labelsFound({ data }, facts.lostLabels), fix].filter((choice) => choice !== null);
    const message = `A conditional model needs class labels, and these ${facts.modality} have none: ${facts.lostLabels.reason}`;
    return [{ ...problem('error', 'model/no-labels', message, at), choices }];
  }
  const how = (data?.source && sourceAbouts[data.source].labels) ?? 'choose labelled data';
  const message = `A conditional model needs class labels, and these ${facts.modality} have none; ${how}, or set "conditional" to false`;
  return [problem('error', 'model/no-labels', message, at, fix)];
};

/** The change by which labels that the data have would be read. */
const labelsFound = ({ data }: PartialConfig, { fix }: LostLabels): Change | null => {
  if (fix === null) return null;
  if ('labelColumn' in fix) return set(['data', 'columns', 'label'], fix.labelColumn);
  const written = data?.path?.replace(/[\\/]+$/, '');
  return written === undefined ? null : set(path, `${written}/${fix.folder}`);
};

const noLabelsLost = (config: PartialConfig, { lostLabels, modality }: DataFacts): Problem[] => {
  const architecture = config.model?.architecture;
  const from = architecture && architectures[architecture].about.from;
  // Translations take no labels, whether there are any or not.
  if (lostLabels === null || from === 'paired' || from === 'reduced') return [];
  const message = `These ${modality} have no labels: ${lostLabels.reason}`;
  return [problem('warning', 'data/lost-labels', message, dataPlace(config), labelsFound(config, lostLabels))];
};

/** Numbers that may stand for other pixels than they are taken for, and a range that nothing reads. */
const rangeFits = (config: PartialConfig, { stored }: DataFacts): Problem[] => {
  const asked = config.data?.pixelRange;
  const values = stored?.values ?? null;
  if (values === null) {
    const { source } = config.data ?? {};
    if (asked === undefined || !source || !sourceAbouts[source].keys.includes('pixelRange')) return [];
    const message = '"pixelRange" has no effect: this table has files of images and no numbers';
    return [problem('warning', 'data/no-numbers', message, pixelRange, remove(pixelRange))];
  }
  if (values.doubt === null) return [];
  if (asked !== undefined) {
    return [problem('warning', 'data/pixel-range', values.doubt, pixelRange, remove(pixelRange))];
  }
  const message = `${values.doubt}; set "pixelRange" if other numbers are black and white`;
  return [problem('warning', 'data/pixel-range', message, dataPlace(config), set(pixelRange, values.range))];
};

const nothingSkipped = (config: PartialConfig, { skipped: { count, first } }: DataFacts): Problem[] => {
  if (count === 0 || first === null) return [];
  const example = `${first.file} (${first.reason})`;
  const message =
    count === 1 ? `One file is skipped: ${example}` : `${count} files are skipped, for example ${example}`;
  return [problem('info', 'data/skipped-files', message, dataPlace(config))];
};

const balanceFits = ({ data }: PartialConfig, { classNames, modality }: DataFacts): Problem[] => {
  if (data?.balanceClasses !== true || classNames) return [];
  const at: JSONPath = ['data', 'balanceClasses'];
  const message = `"balanceClasses" has no effect: these ${modality} have no labels`;
  return [problem('warning', 'data/no-classes', message, at, remove(at))];
};

const greyInputFits = ({ data, model }: PartialConfig, { shape }: DataFacts): Problem[] => {
  if (model?.architecture !== 'image-to-image' || data?.input !== 'grey' || shape[2] !== 1) return [];
  const message = 'The images are grey already, so input "grey" shows the generator what it has to make';
  return [problem('warning', 'data/grey-input', message, ['data', 'input'], set(['data', 'input'], 'edges'))];
};

/** Enlarging by less than this is common practice (28 to 32 pixels). */
const NOTABLE_ENLARGEMENT = 1.5;

const notEnlarged = ({ data }: PartialConfig, { size, stored }: DataFacts): Problem[] => {
  if (data?.imageSize === undefined || size === Number.POSITIVE_INFINITY || stored === null || stored.mixedSizes)
    return [];
  const { width, height } = stored;
  if (data.imageSize <= NOTABLE_ENLARGEMENT * Math.max(width, height)) return [];
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
    // A missing input path is what the rules of the config tell.
    const inputs =
      config.model?.architecture === 'image-to-image' && (data.input !== 'folder' || data.inputPath !== null);
    const facts = await inspect(data, { inputs });
    const checks = [
      batchFits,
      examplesFit,
      sizeFits,
      labelsFit,
      noLabelsLost,
      balanceFits,
      greyInputFits,
      notEnlarged,
      rangeFits,
      nothingSkipped,
    ];
    return checks.flatMap((check) => check(config, facts));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [await unusable(config, data, error, inspect)];
  }
};
