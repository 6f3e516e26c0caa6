/** `npm run gpu:report [-- folder]`: puts the kit's results into BENCHMARKS.md, and leaves the rest of it as it is. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { argv } from 'node:process';
import type { ItemResult } from '../results.ts';
import { gpuSection, withSection } from './section.ts';

const REPORT = 'BENCHMARKS.md';

function readResult(file: string): ItemResult {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ItemResult;
  } catch (error) {
    throw new RangeError(`${file} is no result of the kit: copy it again, or remove it. ${error}`);
  }
}

/** Results in the order of their measurement, which is that of the kit. */
function readResults(folder: string): ItemResult[] {
  const files = existsSync(folder) ? globSync('*.json', { cwd: folder }) : [];
  if (files.length === 0)
    throw new RangeError(`There is no result in ${folder}: copy the kit's results there, or name their folder.`);
  const order = ['devices', 'bench', 'profile', 'presets', 'engine', 'quality'];
  const place = ({ item }: ItemResult) => order.indexOf(item.split('-')[0] ?? '');
  return files
    .sort()
    .map((file) => readResult(path.join(folder, file)))
    .sort((a, b) => place(a) - place(b));
}

try {
  const folder = argv[2] ?? path.join('out', 'gpu-kit', 'results');
  writeFileSync(REPORT, withSection(readFileSync(REPORT, 'utf8'), gpuSection(readResults(folder))));
  console.log(`${REPORT}, from ${folder}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
