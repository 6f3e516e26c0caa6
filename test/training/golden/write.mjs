/** Writes the golden records anew: `npm run golden`, or `npm run golden -- --grep wgan-gp` for some. */
import { spawnSync } from 'node:child_process';
import { argv, env, execPath, exit } from 'node:process';

const given = argv.slice(2);
const options = given.length > 0 ? given : ['--grep', 'golden'];
const { status } = spawnSync(execPath, ['test/run-suite.mjs', 'training', ...options], {
  stdio: 'inherit',
  env: { ...env, GOLDEN: 'write' },
});
exit(status ?? 1);
