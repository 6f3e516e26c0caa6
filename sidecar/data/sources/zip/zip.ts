/** A zip archive of images; its labels are StyleGAN's dataset.json, or the folders inside. */

import { UserError } from '../../../terms/errors.ts';
import { statAs } from '../../files.ts';
import { formatOf, notAnImage } from '../../image-formats/signature.ts';
import { imageHeaderOf } from '../../image-header.ts';
import { isImageName, noImages } from '../../image-names.ts';
import { classFolders } from '../../labels/class-folders.ts';
import { datasetJsonLabels, isDatasetJson, outermost } from '../../labels/dataset-json.ts';
import { firstLabelled, type Labelling } from '../../labels/labelling.ts';
import { classFilesOutsideTar, isClassFile } from '../../labels/web-dataset.ts';
import { SkipList, type Skipped } from '../../skip-list.ts';
import { fingerprint } from '../identity.ts';
import { type ImageSource, reasonOf, type ScanOptions, ShapeCollector, type StoredImage, spread } from '../source.ts';
import { encrypted, filesInZip, type ZippedFile } from './zip-entries.ts';

/** Of a large archive only so many names are read to describe it in the editor. */
const glance = 20_000;

export function zipSource(path: string, briefly = false): ImageSource {
  let listing: Promise<Listing> | null = null;
  const list = (options: ScanOptions) => {
    listing ??= listArchive(path, briefly ? glance : Number.POSITIVE_INFINITY, options);
    return listing;
  };
  return {
    name: path,
    async identity() {
      return fingerprint(path);
    },
    async contents(options) {
      const { count, labels, classNames, lost, leftOut, bytes } = await list(options);
      return { count, labels, classNames, lostLabels: lost, leftOut, bytes };
    },
    async headers(atMost, options) {
      const listed = await list(options);
      const chosen = new Set(spread(atMost, listed.listedImages));
      const collector = new ShapeCollector();
      let number = 0;
      let done = 0;
      for await (const file of imagesIn(path, listed, options)) {
        if (!chosen.has(number++)) continue;
        await file
          .content()
          .then(imageHeaderOf)
          .then(
            (shape) => collector.add(file.name, shape),
            (error) => collector.addUnreadable(file.name, error),
          );
        options.progress?.(++done, chosen.size, `Reading image headers in ${path}`);
        if (done === chosen.size) break;
      }
      return { shapes: collector.shapes, inputs: null, unreadable: collector.unreadable };
    },
    async *images(options) {
      for await (const file of imagesIn(path, await list(options), options)) yield storedImage(file);
    },
  };
}

async function storedImage(file: ZippedFile): Promise<StoredImage> {
  const { name } = file;
  return file.content().then(
    (bytes) => ({ name, image: { bytes } }),
    (error) => {
      if (error instanceof UserError) throw error;
      return { name, image: { bytes: new Uint8Array(0) }, damage: reasonOf(error) };
    },
  );
}

interface Listing extends Labelling {
  /** Images of the whole archive, where only a part was listed an estimate. */
  readonly count: number;
  readonly listedImages: number;
  /** Numbers of entries that are images although their names do not say so. */
  readonly unnamed: ReadonlySet<number>;
  readonly leftOut: Skipped;
  readonly bytes: number;
}

async function listArchive(path: string, limit: number, options: ScanOptions): Promise<Listing> {
  const { size } = await statAs('file', path);
  const images: string[] = [];
  const unnamed = new Set<number>();
  const leftOut = new SkipList();
  const datasetJsons = new Map<string, Uint8Array>();
  let classFiles = false;
  let locked = 0;
  let share = 1;
  for await (const file of filesInZip(path, options.signal)) {
    const { name, refusal, number, of } = file;
    options.progress?.(number + 1, of, `Reading names in ${path}`);
    if (isClassFile(name)) classFiles = true;
    else if (isDatasetJson(name) && refusal === null) datasetJsons.set(name, await textOf(file));
    else {
      const named = isImageName(name);
      const reason = refusal ?? (named ? null : await whyNoImage(file));
      if (reason !== null) leftOut.add(name, reason);
      else images.push(name);
      if (reason === null && !named) unnamed.add(number);
      if (reason === encrypted) locked++;
    }
    if (number + 1 >= limit) {
      share = (number + 1) / of;
      break;
    }
  }
  if (images.length === 0 && locked > 0) throw lockedArchive(path);
  if (images.length === 0) throw noImages(path, 'archive', leftOut);
  const json = outermost([...datasetJsons.keys()]);
  const found = firstLabelled(
    json === null ? null : datasetJsonLabels(json, datasetJsons.get(json)!, images),
    classFolders(images, true),
    classFiles ? classFilesOutsideTar : null,
  );
  const labelling = share < 1 ? { ...found, lost: null } : found;
  const count = Math.round(images.length / share);
  return { ...labelling, count, listedImages: images.length, unnamed, leftOut, bytes: size };
}

/** Nothing where it is damaged, which then is no JSON. */
const textOf = (file: ZippedFile): Promise<Uint8Array> =>
  file.content().catch((error) => {
    if (error instanceof UserError) throw error;
    return new Uint8Array(0);
  });

async function whyNoImage(file: ZippedFile): Promise<string | null> {
  try {
    const head = await file.head();
    return formatOf(head) === null ? notAnImage(head).message : null;
  } catch (error) {
    if (error instanceof UserError) throw error;
    return reasonOf(error);
  }
}

async function* imagesIn(path: string, { unnamed }: Listing, { signal }: ScanOptions): AsyncGenerator<ZippedFile> {
  for await (const file of filesInZip(path, signal)) {
    const { name, refusal, number } = file;
    if (unnamed.has(number) || (refusal === null && isImageName(name))) yield file;
  }
}

const lockedArchive = (path: string) =>
  new UserError(
    'data/encrypted',
    `${path} is encrypted: unpack it with its password, and name the unpacked folder with source "folder".`,
    { subject: { path } },
  );
