/**
 * `npm run bench:quality`: trains each preset for a stated time, generates images and judges them.
 * Each result goes to out/quality/<preset>.json, from which `npm run bench:quality:report` writes
 * QUALITY.md.
 */
import { spawnSync } from 'node:child_process';
import { execPath } from 'node:process';
import { buildProgram } from './build.ts';
import { readOptions } from './options.ts';
import type { Task } from './task.ts';

async function quality(): Promise<void> {
  const options = readOptions();
  if (options === null) return;
  const { presets, ...common } = options;
  const program = await buildProgram();
  const failed: string[] = [];
  for (const { id } of presets) {
    console.log(`\n${id}`);
    const task: Task = { preset: id, ...common, samples: null, judgeOn: null, judgeLearns: null };
    // A process each: what one preset leaves in memory is not in the next one's time.
    const { status } = spawnSync(execPath, [program, JSON.stringify(task)], { stdio: 'inherit' });
    if (status !== 0) failed.push(id);
  }
  console.log(`\n${options.out}; npm run bench:quality:report writes QUALITY.md from it.`);
  if (failed.length > 0) throw new Error(`No result of ${failed.join(', ')}: the reason is printed above.`);
}

try {
  await quality();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
