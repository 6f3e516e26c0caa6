/** Builds one suite and runs it with mocha: `node test/run-suite.mjs unit [mocha options]`. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { execPath, exit } from 'node:process';

const [suite, ...options] = process.argv.slice(2);

const run = (...args) => {
  const { status } = spawnSync(execPath, args, { stdio: 'inherit' });
  if (status !== 0) exit(status ?? 1);
};

rmSync(`dist/test/${suite}`, { recursive: true, force: true });
run('esbuild.mjs', '--test', suite);
run(
  '--enable-source-maps',
  'node_modules/mocha/bin/mocha.js',
  `dist/test/${suite}/**/*.test.mjs`,
  '--exit',
  // A hang ends; no test is to fail because others keep the machine busy.
  '--timeout',
  '600000',
  ...options,
);
