/** The results as a person reads them. */
import { benchLines } from '../lines/bench.ts';
import { devicesLines } from '../lines/devices.ts';
import { profileLines } from '../lines/profile.ts';
import { qualityLines } from '../lines/quality.ts';
import { suiteLines } from '../lines/suite.ts';
import type { ItemResult } from '../results.ts';

/** Of what one item found, with everything that was found. */
type Lines = (numbers: never, all: readonly ItemResult[]) => string[];

/** By the first word of the item's name, lines for what it found. */
const linesOf: Readonly<Record<string, Lines>> = {
  devices: devicesLines,
  presets: suiteLines,
  engine: suiteLines,
  bench: benchLines,
  profile: profileLines,
  quality: qualityLines,
};

/** What became of one item, and what it found. */
export function itemLines(
  { item, title, status, reason, seconds, numbers }: ItemResult,
  all: readonly ItemResult[],
): string[] {
  const lines = linesOf[item.split('-')[0] ?? ''];
  return [
    `${status.toUpperCase()}  ${item}: ${title} (${seconds.toFixed(1)} s)`,
    ...(reason === null ? [] : [`  ${reason}`]),
    ...(numbers === null || lines === undefined ? [] : lines(numbers as never, all).map((line) => `  ${line}`)),
    '',
  ];
}

export function summaryText(results: readonly ItemResult[]): string {
  const count = (status: ItemResult['status']) => results.filter((result) => result.status === status).length;
  const counts = (['passed', 'failed', 'cut off', 'skipped'] as const).map((status) => `${count(status)} ${status}`);
  return [...results.flatMap((result) => itemLines(result, results)), counts.join(', '), ''].join('\n');
}
