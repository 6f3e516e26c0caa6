/** What is known of the classes of a list of image files. */
import { classesOf } from './classes.ts';

export interface Labelling {
  /** The class of each file, in their order; null without classes. */
  readonly labels: Int32Array | null;
  readonly classNames: readonly string[] | null;
  /** Why there are no classes although the data seem to have some; null where nothing is lost. */
  readonly lost: LostLabels | null;
}

export interface LostLabels {
  /** What is there and how to mend it, in half a sentence. */
  readonly reason: string;
  /** The key of the config that would mend it, with its value; a folder inside the one that `data.path` names. */
  readonly fix: { readonly folder: string } | { readonly labelColumn: string } | null;
}

export const unlabelled: Labelling = { labels: null, classNames: null, lost: null };

export const lostLabels = (reason: string, fix: LostLabels['fix'] = null): Labelling => ({
  ...unlabelled,
  lost: { reason, fix },
});

/**
 * The first of several ways of labelling that gives labels, else the first that lost some.
 * @param datasetJson what says for all images whether they have labels, where there is such a file.
 */
export function firstLabelled(datasetJson: Labelling | null, ...others: readonly (Labelling | null)[]): Labelling {
  if (datasetJson !== null && datasetJson.lost === null) return datasetJson;
  const tried = [datasetJson, ...others].filter((way) => way !== null);
  return tried.find(({ labels }) => labels) ?? tried.find(({ lost }) => lost) ?? unlabelled;
}

/** Every file's class by its name. */
export const labelledBy = (names: readonly string[]): Labelling => ({ ...classesOf(names), lost: null });
