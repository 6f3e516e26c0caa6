/** Tables with a column for each pixel. */
import { printable } from '../../../terms/names.ts';
import { fingerprint } from '../identity.ts';
import type { NumberContents, NumberImages } from '../numbers/format.ts';
import { classesOf, type ScanOptions } from '../source.ts';
import type { PixelColumns } from './chosen-columns.ts';
import { shardPrefix } from './shards.ts';
import { noRows, type TableFile } from './table-file.ts';

/**
 * @param name the path that people know the table by.
 * @param files in the order of the images, all with these columns.
 */
export function pixelTable(name: string, files: readonly TableFile[], columns: PixelColumns): NumberImages {
  const { pixels, label, layout } = columns;
  const shards = files.map((file) => ({
    prefix: shardPrefix(name, files, file.path),
    rows: file.pixelRows(columns),
  }));
  return {
    name,
    remedy: 'fill in these cells, or remove the rows',
    identity: async () =>
      files.map(({ path }) => `${path} ${fingerprint(path)}\n`).join('') + JSON.stringify([pixels, label]),
    async about(options): Promise<NumberContents> {
      const labels: string[] = [];
      let count = 0;
      for (const { rows } of shards) {
        if (label === null) count += await rows.count(options);
        else for (const own of await rows.labels(options)) labels.push(own);
      }
      if (count + labels.length === 0) throw noRows(name);
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      const common = { layout, asBytes: false, bytes };
      if (label === null) return { ...common, count, labels: null, classNames: null };
      return { ...common, count: labels.length, ...classesOf(labels) };
    },
    async *values(options: ScanOptions) {
      for (const { prefix, rows } of shards) {
        for await (const row of rows.values(options)) yield { name: `${prefix}${row.name}`, values: row.values };
      }
    },
    faultAt: (index, value) => `${Number.isNaN(value) ? 'no number' : value} in column ${printable(pixels[index]!)}`,
  };
}
