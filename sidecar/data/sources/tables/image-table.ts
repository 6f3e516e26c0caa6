/** Tables whose images are files that they name, or content of files. */
import { dirname } from 'node:path';
import { UnreadableImage } from '../../image-formats/signature.ts';
import { imageHeaderOf, readImageHeader } from '../../image-header.ts';
import { readHeaders } from '../headers.ts';
import { fingerprint, identityOf } from '../identity.ts';
import {
  type Contents,
  classesOf,
  type ImageSource,
  type ScanOptions,
  ShapeCollector,
  type StoredImage,
  spread,
} from '../source.ts';
import { imageAt } from './cell-paths.ts';
import type { ImageColumns } from './chosen-columns.ts';
import { shardPrefix } from './shards.ts';
import { type ImageRows, noRows, type TableFile } from './table-file.ts';

interface Shard {
  /** Paths in a table are relative to its folder. */
  readonly folder: string;
  /** Before a row's number, where there are several files. */
  readonly prefix: string;
  readonly rows: ImageRows;
}

/**
 * @param name the path that people know the table by.
 * @param files in the order of the images, all with these columns.
 */
export function imageTable(name: string, files: readonly TableFile[], columns: ImageColumns): ImageSource {
  const shards = files.map((file) => ({
    folder: dirname(file.path),
    prefix: shardPrefix(name, files, file.path),
    rows: file.imageRows(columns),
  }));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    name,
    async identity(options) {
      const own = files.map(({ path }) => `${path} ${fingerprint(path)}\n`).join('') + JSON.stringify(columns);
      const paths: string[] = [];
      for await (const { image, damage } of imagesOf(shards, options)) {
        if ('path' in image) paths.push(image.path);
        else if (damage === undefined) return own;
      }
      return `${own}\n${await identityOf(dirname(name), paths, options)}`;
    },
    contents: (options) => contentsOf(name, shards, bytes, columns.label !== null, options),
    headers: async (atMost, options) => {
      const collector = await collectHeaders(name, shards, atMost, options);
      return { shapes: collector.shapes, inputs: null, unreadable: collector.unreadable };
    },
    images: (options) => imagesOf(shards, options),
  };
}

async function* imagesOf(shards: readonly Shard[], options: ScanOptions): AsyncGenerator<StoredImage> {
  for (const { folder, prefix, rows } of shards) {
    let row = 0;
    for await (const cell of rows.cells(options)) {
      if (typeof cell === 'string') yield imageAt(folder, cell);
      else yield { name: `${prefix}row ${row}`, image: { bytes: cell } };
      row++;
    }
  }
}

async function contentsOf(
  name: string,
  shards: readonly Shard[],
  bytes: number,
  labelled: boolean,
  options: ScanOptions,
): Promise<Contents> {
  const count = await countOf(name, shards, options);
  const labels: string[] = [];
  if (labelled) for (const { rows } of shards) for (const label of await rows.labels(options)) labels.push(label);
  return { count, bytes, ...(labelled ? classesOf(labels) : { labels: null, classNames: null }) };
}

async function countOf(name: string, shards: readonly Shard[], options: ScanOptions): Promise<number> {
  let count = 0;
  for (const { rows } of shards) count += await rows.count(options);
  if (count === 0) throw noRows(name);
  return count;
}

async function collectHeaders(
  name: string,
  shards: readonly Shard[],
  atMost: number,
  options: ScanOptions,
): Promise<ShapeCollector> {
  const collector = new ShapeCollector();
  const count = await countOf(name, shards, options);
  const paths = await Promise.all(shards.map(({ rows }) => rows.paths(options)));
  if (paths.every((own) => own !== null)) {
    const chosen = spread(atMost, count);
    let [first, from] = [0, 0];
    for (const [i, own] of paths.entries()) {
      let to = from;
      while (to < chosen.length && chosen[to]! < first + own.length) to++;
      const inside = chosen.slice(from, to).map((row) => row - first);
      await readHeaders(shards[i]!.folder, inside, own, options, collector);
      [first, from] = [first + own.length, to];
    }
    return collector;
  }
  let done = 0;
  for await (const { name: file, image, damage } of imagesOf(shards, options)) {
    const shape = async () => {
      if (damage !== undefined) throw new UnreadableImage(damage);
      return 'path' in image ? readImageHeader(image.path) : 'bytes' in image ? imageHeaderOf(image.bytes) : image;
    };
    await shape().then(
      (found) => collector.add(file, found),
      (error) => collector.addUnreadable(file, error),
    );
    options.progress?.(++done, Math.min(atMost, count), `Reading image headers in ${name}`);
    if (done === atMost) break;
  }
  return collector;
}
