/**
 * `npm run bench:quality:report [-- folder]`: writes QUALITY.md from what the benchmark left in
 * out/quality and in folders within, and puts its pictures into media/presets.
 */
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { argv } from 'node:process';
import { presets } from './presets.ts';
import { report } from './report.ts';
import type { QualityResult } from './results.ts';

const folder = argv[2] ?? path.join('out', 'quality');
const pictures = path.join('media', 'presets');

const files = globSync('**/*.json', { cwd: folder, exclude: (name) => name === 'runs' }).sort();
if (files.length === 0) {
  console.error(`There is no result in ${folder}: run "npm run bench:quality" first.`);
  process.exit(1);
}
const results = files.map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as QualityResult);

mkdirSync(pictures, { recursive: true });
for (const { id } of presets) {
  const made = path.join(folder, `${id}.png`);
  if (existsSync(made)) copyFileSync(made, path.join(pictures, `${id}.png`));
}
const kept = presets.map(({ id }) => id).filter((id) => existsSync(path.join(pictures, `${id}.png`)));
writeFileSync('QUALITY.md', report(results, kept));
console.log(`QUALITY.md, from ${files.length} results`);
