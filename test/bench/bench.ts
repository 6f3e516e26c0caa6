/**
 * `npm run bench`: trains the same models on every engine that is there, by turns, and says how fast
 * each is. What it measured goes to out/bench/results.json, from which BENCHMARKS.md is written.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { againstLines, earlierVersion, withEarlier } from './against.ts';
import { measureBound } from './bound.ts';
import { buildPrograms } from './build.ts';
import { findEngines } from './engines.ts';
import { describeMachine } from './machine.ts';
import { measureModel } from './measure.ts';
import { readOptions } from './options.ts';
import { prepareFixture } from './prepare-fixture.ts';
import type { ModelResult, Results } from './results.ts';
import { resultsTable } from './table.ts';

const log = (line: string) => console.log(line);

async function bench(): Promise<void> {
  const options = readOptions();
  if (options === null) return;
  const { models, out, settings } = options;
  await buildPrograms();
  const found = findEngines(options.engines, options.pythons);
  const engines =
    options.against === null ? found : withEarlier(found, earlierVersion(options.against, path.join(out, 'against')));
  for (const { id, name, missing } of engines) log(`${id}: ${missing === undefined ? name : `not here. ${missing}`}`);

  log('\nMatrix products');
  const bound = await measureBound(engines, settings, log);
  const results: ModelResult[] = [];
  const all = (): Results => ({
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    batchSize: settings.batchSize,
    threads: settings.threads,
    rounds: settings.rounds,
    tolerance: settings.tolerance,
    models: results,
    bound,
  });
  for (const model of models) {
    log(`\n${model}`);
    prepareFixture(model, engines, settings);
    const result = await measureModel(model, engines, settings, log);
    results.push(result);
    for (const line of againstLines(result)) log(`  ${line}`);
    // After each model, so that what is measured is kept.
    mkdirSync(out, { recursive: true });
    writeFileSync(path.join(out, 'results.json'), `${JSON.stringify(all(), null, 2)}\n`);
  }
  log(resultsTable(all()));
  log(`\n${path.join(out, 'results.json')}; npm run bench:report writes BENCHMARKS.md from it.`);
}

try {
  await bench();
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const mistaken = error instanceof RangeError || code.startsWith('ERR_PARSE_ARGS');
  if (!mistaken) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
