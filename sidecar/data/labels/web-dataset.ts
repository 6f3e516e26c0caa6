/**
 * The labels of WebDataset's archives (Aizman et al. 2019): files of one name and several endings are one
 * sample; `.cls` holds a class, `.json` an object of anything.
 */
import { posix } from 'node:path';
import { UserError } from '../../terms/errors.ts';
import { type Labelling, labelledBy, lostLabels } from './labelling.ts';

/** A longer file is no label. */
export const largestLabelFile = 2 ** 16;
const LONGEST_LABEL = 200;

/** Keys that people give the class, for a hint. */
const usualKeys = ['label', 'class', 'cls', 'category', 'target'];

export const isClassFile = (name: string): boolean => /\.cls$/i.test(name);
const isJsonFile = (name: string): boolean => /\.json$/i.test(name);

/** The name without its endings: "a/0.seg.png" → "a/0". */
const sampleOf = (name: string): string => {
  const folder = name.lastIndexOf('/') + 1;
  const dot = name.indexOf('.', folder);
  return dot < 0 ? name : name.slice(0, dot);
};

/** Opening one file more for each image takes too long while someone types. */
export const classFilesOutsideTar: Labelling = lostLabels(
  'its .cls files are read from tar archives alone: pack them with their images as WebDataset does',
);

/** Takes the label files of an archive as they come. */
export class WebDatasetLabels {
  readonly #key: string | null;
  readonly #classes = new Map<string, string>();
  /** By `data.columns.label`. */
  readonly #keyed = new Map<string, string>();
  #jsonSeen = false;
  #usualKey: string | null = null;

  /** @param key of the JSON files that holds the class (`data.columns.label`), or null. */
  constructor(key: string | null) {
    this.#key = key;
  }

  /** Whether it is a label file, whose content is to be given to `take`. */
  wants(name: string): boolean {
    if (isClassFile(name)) return true;
    return isJsonFile(name) && posix.basename(name) !== 'dataset.json' && (this.#key !== null || !this.#jsonSeen);
  }

  /** Whether it is a label file like one that was taken already. */
  knows(name: string): boolean {
    return isJsonFile(name) && this.#usualKey !== null;
  }

  /** Returns whether it was a label. */
  take(name: string, content: Uint8Array): boolean {
    const text = Buffer.from(content).toString('utf8').trim();
    if (isClassFile(name)) {
      if (text === '' || text.length > LONGEST_LABEL || /[\r\n]/.test(text)) return false;
      this.#classes.set(sampleOf(name), text);
      return true;
    }
    const values = objectOf(text);
    if (this.#key === null) {
      this.#jsonSeen = true;
      this.#usualKey = usualKeys.find((key) => labelOf(values[key]) !== null) ?? null;
      return this.#usualKey !== null;
    }
    const label = labelOf(values[this.#key]);
    if (label !== null) this.#keyed.set(sampleOf(name), label);
    return label !== null;
  }

  /**
   * @param path of the archive, for the message.
   * @returns null where there are no such labels.
   * @throws UserError if no image has the key that was asked for.
   */
  labelsOf(files: readonly string[], path: string): Labelling | null {
    if (this.#key !== null) {
      const found = labelled(files, this.#keyed, `a .json file with the key ${this.#key}`);
      if (found) return found;
      throw new UserError(
        'data/no-column',
        `${path} has no key named ${this.#key} in .json files beside its images: correct data.columns.label.`,
        { subject: { key: ['data', 'columns', 'label'] } },
      );
    }
    const byClass = labelled(files, this.#classes, 'a .cls file');
    if (byClass || this.#usualKey === null) return byClass;
    const key = this.#usualKey;
    return lostLabels(`its .json files have a key ${key}: name it in data.columns.label`, { labelColumn: key });
  }

  /** By those images whose labels have come already; null where there are none. */
  labelsSoFar(files: readonly string[]): Labelling | null {
    const labels = this.#key === null ? this.#classes : this.#keyed;
    const known = files.map((file) => labels.get(sampleOf(file))).filter((label) => label !== undefined);
    return known.length === 0 ? null : labelledBy(known);
  }
}

function labelled(files: readonly string[], labels: ReadonlyMap<string, string>, what: string): Labelling | null {
  const found = files.map((file) => labels.get(sampleOf(file)));
  const missing = found.filter((label) => label === undefined).length;
  if (missing === files.length) return null;
  if (missing === 0) return labelledBy(found as string[]);
  const example = files[found.indexOf(undefined)];
  return lostLabels(`only ${files.length - missing} of ${files.length} images have ${what}, and ${example} has none`);
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function labelOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_LABEL ? value : null;
}
