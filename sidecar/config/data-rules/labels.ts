/** Whether labels are there that the config asks for, and whether some are there that it does not read. */
import type { JSONPath } from 'jsonc-parser';
import type { DataFacts } from '../../data/facts.ts';
import type { LostLabels } from '../../data/labels/labelling.ts';
import { sourceAbouts } from '../../data/sources/abouts.ts';
import { architectures } from '../../models/index.ts';
import { architectureDefaults } from '../defaults.ts';
import type { PartialConfig } from '../partial.ts';
import { type Change, type Problem, remove, set } from '../problem.ts';
import { dataPath, dataPlace, problem } from './places.ts';

/** A conditional model has classes to be told. */
export function labelsFit({ model, data }: PartialConfig, facts: DataFacts): Problem[] {
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
}

/** The change by which labels that the data have would be read. */
const labelsFound = ({ data }: PartialConfig, { fix }: LostLabels): Change | null => {
  if (fix === null) return null;
  if ('labelColumn' in fix) return set(['data', 'columns', 'label'], fix.labelColumn);
  const written = data?.path?.replace(/[\\/]+$/, '');
  return written === undefined ? null : set(dataPath, `${written}/${fix.folder}`);
};

/** Labels that the files seem to have are read. */
export function noLabelsLost(config: PartialConfig, { lostLabels, modality }: DataFacts): Problem[] {
  const architecture = config.model?.architecture;
  const from = architecture && architectures[architecture].about.from;
  // Translations take no labels, whether there are any or not.
  if (lostLabels === null || from === 'paired' || from === 'reduced') return [];
  const message = `These ${modality} have no labels: ${lostLabels.reason}`;
  return [problem('warning', 'data/lost-labels', message, dataPlace(config), labelsFound(config, lostLabels))];
}

/** There are classes to balance. */
export function balanceFits({ data }: PartialConfig, { classNames, modality }: DataFacts): Problem[] {
  if (data?.balanceClasses !== true || classNames) return [];
  const at: JSONPath = ['data', 'balanceClasses'];
  const message = `"balanceClasses" has no effect: these ${modality} have no labels`;
  return [problem('warning', 'data/no-classes', message, at, remove(at))];
}
