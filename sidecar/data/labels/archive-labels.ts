/** The labels inside a tar archive, taken as its files stream by. */
import { classFolders } from './class-folders.ts';
import { datasetJsonLabels, isDatasetJson, largestDatasetJson, outermost } from './dataset-json.ts';
import { firstLabelled, type Labelling } from './labelling.ts';
import { isClassFile, largestLabelFile, WebDatasetLabels } from './web-dataset.ts';

/** Whether a file is labels by its name, whatever it holds. */
export const isNamedLabel = (name: string): boolean => isDatasetJson(name) || isClassFile(name);

export class ArchiveLabels {
  readonly #web: WebDatasetLabels;
  readonly #datasetJsons = new Map<string, Uint8Array>();

  /** @param labelKey of WebDataset's JSON files (`data.columns.label`), or null. */
  constructor(labelKey: string | null) {
    this.#web = new WebDatasetLabels(labelKey);
  }

  /** Whether `take` is to be given the content of this file of so many bytes. */
  wants(name: string, bytes: number): boolean {
    if (isDatasetJson(name)) return bytes <= largestDatasetJson && !this.#hasOuter(name);
    return bytes <= largestLabelFile && this.#web.wants(name);
  }

  /** Whether it is of a kind that has told labels already, though its own are not wanted. */
  knows(name: string): boolean {
    return this.#web.knows(name);
  }

  /** Returns whether the file was labels. */
  take(name: string, content: Uint8Array): boolean {
    if (!isDatasetJson(name)) return this.#web.take(name, content);
    this.#datasetJsons.clear();
    this.#datasetJsons.set(name, content);
    return true;
  }

  /**
   * @param files the images of the archive.
   * @param path of the archive, for messages.
   * @param partial whether only the beginning has been read, so that labels may follow.
   * @throws UserError if no image has the key that was asked for.
   */
  of(files: readonly string[], path: string, partial: boolean): Labelling {
    const web = partial ? this.#web.labelsSoFar(files) : this.#web.labelsOf(files, path);
    if (web?.labels) return web;
    const name = outermost([...this.#datasetJsons.keys()]);
    const json = name === null ? null : datasetJsonLabels(name, this.#datasetJsons.get(name)!, files);
    const found = firstLabelled(json, web, classFolders(files, true));
    return partial ? { ...found, lost: null } : found;
  }

  #hasOuter(name: string): boolean {
    const depth = (file: string) => file.split('/').length;
    return [...this.#datasetJsons.keys()].some((other) => depth(other) <= depth(name));
  }
}
