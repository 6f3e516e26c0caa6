/** `npm run bench:report [-- folder]`: writes BENCHMARKS.md from what the benchmarks left in out/bench. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { argv } from 'node:process';
import { report } from './report.ts';
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
writeFileSync(
  'BENCHMARKS.md',
  report({
    cpu,
    gpu: read('gpu', 'results.json'),
    typing: read('editor-typing.json'),
    panel: read('editor-panel.json'),
    start: read('editor-start.json'),
  }),
);
console.log(`${resultsTable(cpu)}\n\nBENCHMARKS.md`);
