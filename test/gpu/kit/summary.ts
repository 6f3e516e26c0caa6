/** The results as a person reads them. */
import { devicesLines } from '../lines/devices.ts';
import { suiteLines } from '../lines/suite.ts';
import type { ItemResult } from '../results.ts';

type Lines = (numbers: never) => string[];

/** By the first word of the item's name, lines for what it found. */
const linesOf: Readonly<Record<string, Lines>> = { devices: devicesLines, presets: suiteLines, engine: suiteLines };

function itemLines({ item, title, status, reason, seconds, numbers }: ItemResult): string[] {
  const lines = linesOf[item.split('-')[0] ?? ''];
  return [
    `${status.toUpperCase()}  ${item}: ${title} (${seconds.toFixed(1)} s)`,
    ...(reason === null ? [] : [`  ${reason}`]),
    ...(numbers === null || lines === undefined ? [] : lines(numbers as never).map((line) => `  ${line}`)),
    '',
  ];
}

export function summaryText(results: readonly ItemResult[]): string {
  const count = (status: ItemResult['status']) => results.filter((result) => result.status === status).length;
  const counts = (['passed', 'failed', 'cut off', 'skipped'] as const).map((status) => `${count(status)} ${status}`);
  return [...results.flatMap(itemLines), counts.join(', '), ''].join('\n');
}
