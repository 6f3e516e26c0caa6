/** What a path or a source that does not fit was probably meant to be. */
import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { sourceAbouts, sourceNames } from '../../data/sources/abouts.ts';
import { nearest } from '../nearest.ts';
import type { Config } from '../schema.ts';
import type { DataConfig, Inspect } from './data-of.ts';

/** A neighbour on disk whose name is nearly the missing one. */
export async function similarPath(written: string, absolute: string): Promise<string | null> {
  const neighbours = await readdir(dirname(absolute)).catch(() => []);
  const name = nearest(basename(absolute), neighbours);
  if (name === null) return null;
  const cut = written.length - basename(absolute).length;
  return written.slice(cut) === basename(absolute) ? written.slice(0, cut) + name : null;
}

/** The source that these files are, if they are not what the config says. */
export async function otherSource(data: DataConfig, inspect: Inspect): Promise<Config['data']['source'] | null> {
  if (data.path === null) return null;
  const { path } = data;
  for (const source of sourceNames.filter((name) => sourceAbouts[name].guessed?.test(path))) {
    if (source === data.source) continue;
    const fits = await inspect({
      ...data,
      source,
      labels: sourceAbouts[source].keys.includes('labels') ? data.labels : null,
    }).catch(() => null);
    if (fits) return source;
  }
  return null;
}
