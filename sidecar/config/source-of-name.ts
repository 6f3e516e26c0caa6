/** Which source reads a file, as far as its ending tells. */
import type { Config } from './schema.ts';

type Source = Config['data']['source'];

const endings: readonly (readonly [RegExp, Source])[] = [
  [/\.(tar|tgz|tar\.gz)$/i, 'tar'],
  [/\.zip$/i, 'zip'],
  [/\.np[yz]$/i, 'npz'],
  [/\.(csv|tsv|parquet|pq)$/i, 'table'],
];

/** Null for other endings: IDX files have none of their own. */
export const sourceOfName = (name: string): Source | null => endings.find(([ending]) => ending.test(name))?.[1] ?? null;
