/** `npm run bench:convolutions [-- seconds a form]`; see worker/convolutions.ts. */
import { spawnSync } from 'node:child_process';
import { argv, execPath, exit } from 'node:process';
import { buildPrograms } from './build.ts';
import { programs } from './programs.ts';

await buildPrograms();
const { status } = spawnSync(execPath, [programs.convolutions, ...argv.slice(2)], { stdio: 'inherit' });
exit(status ?? 1);
