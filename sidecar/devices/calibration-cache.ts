/** What calibrations found, kept for the machine: one small file in the user's cache folder. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemCacheFolder } from '../data/cache-folder.ts';

/** Images a second by device. */
export type Rates = Readonly<Record<string, number>>;

/** Entries beyond this many, the oldest, are forgotten. */
const LIMIT = 200;

export const calibrationFile = (): string => path.join(systemCacheFolder(), 'gan-studio', 'calibrations.json');

/** Equal for equal facts. */
export const calibrationKey = (facts: unknown): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);

async function readAll(file: string): Promise<Record<string, Rates>> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof read === 'object' && read !== null ? (read as Record<string, Rates>) : {};
  } catch {
    return {};
  }
}

/** What was found for `key`; null where nothing was, or the file is damaged. */
export async function readRates(key: string, file = calibrationFile()): Promise<Rates | null> {
  const rates = (await readAll(file))[key];
  const isSound =
    typeof rates === 'object' && rates !== null && Object.values(rates).every((rate) => Number.isFinite(rate));
  return isSound ? rates : null;
}

/** Keeps what was found; a folder that refuses costs only the next run's calibration. */
export async function writeRates(key: string, rates: Rates, file = calibrationFile()): Promise<void> {
  try {
    const { [key]: _, ...others } = await readAll(file);
    const kept = Object.entries({ ...others, [key]: rates }).slice(-LIMIT);
    await mkdir(path.dirname(file), { recursive: true });
    const temporary = `${file}.${randomUUID()}.part`;
    await writeFile(temporary, JSON.stringify(Object.fromEntries(kept)));
    await rename(temporary, file);
  } catch {
    // The same calibration is made again.
  }
}
