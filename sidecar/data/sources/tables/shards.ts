/** The files of a table: one, all of a folder, or those that a pattern fits. */
import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, parse, relative, sep } from 'node:path';
import { UserError } from '../../../terms/errors.ts';
import { few } from '../../../terms/names.ts';
import { explainFileError } from '../../files.ts';
import { isHidden } from '../../image-names.ts';
import { isPattern, watchedPath } from '../../paths.ts';
import { natural } from './natural-order.ts';

const isParquetName = (name: string) => /\.(parquet|pq)$/i.test(name);
const isCsvName = (name: string) => /\.(csv|tsv)$/i.test(name);

/**
 * Their paths, in the order of their names, numbers in theirs.
 * @throws UserError if there is none, or a folder holds tables of two formats.
 */
export async function shardsOf(path: string): Promise<string[]> {
  const found = await stat(path).catch((error) => {
    if (isPattern(path)) return null;
    throw explainFileError(error, path);
  });
  if (found === null) return filesLike(path);
  return found.isDirectory() ? filesIn(path) : [path];
}

/** What tells rows of one file of several from those of another: its path inside the table's. Empty for one file. */
export const shardPrefix = (table: string, files: readonly { readonly path: string }[], path: string): string =>
  files.length === 1 ? '' : `${relative(watchedPath(table), path)} `;

async function filesIn(folder: string): Promise<string[]> {
  const names = (await entriesOf(folder)).filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const [parquet, csv] = [names.filter(isParquetName), names.filter(isCsvName)];
  if (parquet.length > 0 && csv.length > 0) {
    throw new UserError(
      'data/two-formats',
      `${folder} holds Parquet and CSV files (${parquet[0]}, ${csv[0]}): ` +
        'name those of one format, for example with data.path ending in *.parquet.',
      { subject: { path: folder } },
    );
  }
  const shards = [...parquet, ...csv].sort(natural);
  if (shards.length > 0) return shards.map((name) => join(folder, name));
  throw new UserError(
    'data/no-table',
    `${folder} holds no CSV or Parquet file (but ${few(names) || 'no file'}): name a folder or a file of such a table.`,
    { subject: { path: folder } },
  );
}

/** * stands for any characters of a name and ? for one. */
async function filesLike(pattern: string): Promise<string[]> {
  const { root } = parse(pattern);
  let found = [root];
  const parts = relative(root, pattern).split(sep);
  for (const [depth, part] of parts.entries()) {
    const last = depth === parts.length - 1;
    if (!isPattern(part)) {
      found = found.map((folder) => join(folder, part));
      continue;
    }
    const fits = expressionOf(part);
    const inside = await Promise.all(
      found.map(async (folder) => {
        const entries = await entriesOf(folder).catch(() => []);
        return entries
          .filter((entry) => fits.test(entry.name) && (last || !entry.isFile()))
          .map(({ name }) => join(folder, name));
      }),
    );
    found = inside.flat();
  }
  const files: string[] = [];
  for (const path of found) if ((await stat(path).catch(() => null))?.isFile()) files.push(path);
  if (files.length > 0) return files.sort(natural);
  throw new UserError('data/no-table', `${pattern} fits no file: correct the pattern in data.path.`, {
    subject: { path: pattern },
  });
}

function expressionOf(part: string): RegExp {
  const escaped = part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    throw explainFileError(error, folder);
  });
  return entries.filter(({ name }) => !isHidden(name));
}

/** By its name or its first bytes. */
export async function isParquet(path: string): Promise<boolean> {
  if (isParquetName(path)) return true;
  const file = await open(path).catch(() => null);
  if (!file) return false;
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, 4, 0).catch(() => null);
    return head.toString('latin1') === 'PAR1';
  } finally {
    await file.close();
  }
}
