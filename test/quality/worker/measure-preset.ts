/** One process of the benchmark: measures the preset that its task names. */
import { argv } from 'node:process';
import { UserError } from '../../../sidecar/terms/errors.ts';
import type { Task } from '../task.ts';
import { measurePreset } from './measure.ts';

measurePreset(JSON.parse(argv[2] ?? '') as Task).catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  // A run that lost its folder is still computing.
  process.exit(1);
});
