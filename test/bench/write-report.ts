/** `npm run bench:report [-- folder]`: writes BENCHMARKS.md from what the benchmarks left in out/bench. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { argv } from 'node:process';
import { sectionOf, withSection } from '../gpu/report/section.ts';
import { report } from './report.ts';
import type { Results } from './results.ts';
import { resultsTable } from './table.ts';

const folder = argv[2] ?? path.join('out', 'bench');

function read<T>(...file: string[]): T | null {
  const full = path.join(folder, ...file);
  return existsSync(full) ? (JSON.parse(readFileSync(full, 'utf8')) as T) : null;
}

const cpu = read<Parameters<typeof report>[0]['cpu']>('results.json');
if (cpu === null) {
  console.error(`There is no ${path.join(folder, 'results.json')}: run "npm run bench" first.`);
  process.exit(1);
}
const gpu = read<Results>('gpu', 'results.json');
const text = report({
  cpu,
  gpu,
  typing: read('editor-typing.json'),
  panel: read('editor-panel.json'),
  start: read('editor-start.json'),
});
// What the kit measured on a machine with a GPU stays until something newer takes its place.
const kept = gpu === null && existsSync('BENCHMARKS.md') ? sectionOf(readFileSync('BENCHMARKS.md', 'utf8')) : null;
writeFileSync('BENCHMARKS.md', kept === null ? text : withSection(text, kept));
console.log(`${resultsTable(cpu)}\n\nBENCHMARKS.md`);
