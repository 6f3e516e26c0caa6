/**
 * Writes the README's tables from what the code says of itself; `--check` fails if one is stale. A table
 * stands between `<!-- name -->` and `<!-- /name -->`. Runs as TypeScript in Node.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { augmentationAbouts, augmentationNames } from '../augmentations/abouts.ts';
import { sourceAbouts, sourceNames } from '../data/sources/abouts.ts';
import { architectureNames, architectures } from '../models/index.ts';
import { lossAbouts, lossNames, penaltyAbouts, penaltyNames } from '../objectives/abouts.ts';
import { catalog, deviceIds } from '../terms/devices.ts';

type Row = readonly [name: string, what: string];

const table = (key: string, rows: readonly Row[]): string =>
  [`| \`${key}\` | what it is |`, '|---|---|', ...rows.map(([name, what]) => `| \`${name}\` | ${what} |`)].join('\n');

const tables: Readonly<Record<string, string>> = {
  architectures: table(
    'model.architecture',
    architectureNames.map((name) => [name, architectures[name].about.summary]),
  ),
  augmentations: table(
    'augmentation.operations',
    augmentationNames.map((name) => [name, augmentationAbouts[name].text]),
  ),
  losses: table(
    'objective.loss',
    lossNames.map((name) => [name, lossAbouts[name].summary]),
  ),
  devices: table(
    'device',
    deviceIds.map((id) => [id, catalog[id].text]),
  ),
  sources: table(
    'data.source',
    sourceNames.map((name) => {
      const { summary, details } = sourceAbouts[name];
      return [name, [summary, details].filter(Boolean).join(' ')];
    }),
  ),
  penalties: table(
    'objective.penalties',
    penaltyNames.map((name) => [name, penaltyAbouts[name].details]),
  ),
};

const file = fileURLToPath(new URL('../../README.md', import.meta.url));
const before = readFileSync(file, 'utf8');

const after = Object.entries(tables).reduce((text, [name, rows]) => {
  const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(\\n<!-- /${name} -->)`);
  if (!place.test(text)) throw new Error(`README.md has no place for the table of ${name}`);
  return text.replace(place, (_, start: string, end: string) => `${start}\n${rows}\n${end}`);
}, before);

if (!argv.includes('--check')) writeFileSync(file, after);
else if (after !== before) {
  console.error('The tables of README.md are stale: run npm run readme.');
  exit(1);
}
