/** The source `table`: CSV or Parquet files that are one table. */
import { UserError } from '../../../terms/errors.ts';
import { few, printable } from '../../../terms/names.ts';
import { numberSource } from '../numbers/number-images.ts';
import type { PixelRange } from '../numbers/pixel-range.ts';
import type { ImageSource } from '../source.ts';
import { type ColumnNames, chooseColumns } from './columns.ts';
import { openCsv } from './csv-file.ts';
import { imageTable } from './image-table.ts';
import { openParquet } from './parquet-file.ts';
import { requireDistinct } from './pixel-columns.ts';
import { pixelTable } from './pixel-table.ts';
import { isParquet, shardsOf } from './shards.ts';
import type { TableFile } from './table-file.ts';

/**
 * @param path a file, a folder of files, or a pattern with * and ? for several.
 * @param pixelRange `data.pixelRange`, or null to go by the numbers, of a table of pixels.
 * @param briefly whether an estimate of what the numbers are will do.
 * @throws UserError if there is no table, or its columns are not what is asked for.
 */
export async function tableSource(
  path: string,
  names: ColumnNames,
  pixelRange: PixelRange | null,
  briefly: boolean,
): Promise<ImageSource> {
  const files: TableFile[] = [];
  for (const shard of await shardsOf(path)) {
    files.push((await isParquet(shard)) ? await openParquet(shard) : await openCsv(shard));
  }
  const [first, ...others] = files as [TableFile, ...TableFile[]];
  for (const other of others) requireSameColumns(first, other);
  const columns = chooseColumns(first, names);
  if ('image' in columns) return imageTable(path, files, columns);
  requireDistinct(first.path, columns);
  return numberSource(pixelTable(path, files, columns), pixelRange, briefly);
}

/** In any order. */
function requireSameColumns(first: TableFile, other: TableFile): void {
  const [known, found] = [new Set(first.columns), new Set(other.columns)];
  const lacking = first.columns.filter((column) => !found.has(column));
  const added = other.columns.filter((column) => !known.has(column));
  if (lacking.length === 0 && added.length === 0) return;
  const differences = [
    ...(lacking.length > 0 ? [`it lacks ${few(lacking)}`] : []),
    ...(added.length > 0 ? [`it also has ${few(added)}`] : []),
  ];
  throw new UserError(
    'data/shard-columns',
    `${printable(other.path)} has other columns than ${first.path} (${differences.join(', and ')}): ` +
      'give all files of a table the same columns, or name fewer files in data.path.',
    { subject: { path: other.path } },
  );
}
