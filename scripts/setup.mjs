/**
 * Installs what is missing, and nothing otherwise: run before `npm start` and `npm test`.
 * Plain JavaScript without dependencies, because it runs before there are any.
 *
 * `--tests` also gets a browser and a VS Code ready.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { argv, chdir, execPath, exit, platform, versions } from 'node:process';
import { fileURLToPath } from 'node:url';
import { missingPackages } from './missing-packages.mjs';

chdir(fileURLToPath(new URL('..', import.meta.url)));

const { engines, allowScripts, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const localNode = path.resolve('node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node');

const fail = (message) => {
  console.error(message);
  exit(1);
};

const npm = (...args) => {
  // npm names its own script; on Windows `npm` alone is no executable.
  const script = process.env.npm_execpath;
  const [command, first] = script ? [execPath, [script]] : ['npm', []];
  const { status } = spawnSync(command, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
    shell: script === undefined && platform === 'win32',
  });
  if (status !== 0) fail(`npm ${args.join(' ')} failed. Is the npm registry reachable?`);
};

const nodeVersion = (executable) =>
  existsSync(executable) ? spawnSync(executable, ['--version'], { encoding: 'utf8' }).stdout?.trim() : undefined;

const checkNode = () => {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(engines.node).map(Number);
  const [ownMajor, ownMinor] = versions.node.split('.').map(Number);
  if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
    fail(`Node ${engines.node} is needed; this is ${versions.node}. Install a newer one from nodejs.org.`);
  }
};

const installPackages = () => {
  const missing = missingPackages('package-lock.json', 'node_modules/.package-lock.json');
  if (missing.length > 0) {
    const what = missing.length > 3 ? `${missing.length} packages` : missing.join(', ');
    console.log(`Installing npm packages (${what} missing; once, about 1 min)…`);
    npm('ci', '--ignore-scripts');
  }
  if (nodeVersion(localNode) !== `v${devDependencies.node}`) {
    console.log(`Installing Node ${devDependencies.node} into node_modules…`);
    // Install scripts run for these packages alone, whatever the version of npm.
    npm('rebuild', ...Object.keys(allowScripts).filter((name) => allowScripts[name]));
    if (nodeVersion(localNode) !== `v${devDependencies.node}`) {
      fail(`There is no Node ${devDependencies.node} for this platform at ${localNode}.`);
    }
  }
};

checkNode();
installPackages();
if (argv.includes('--tests')) {
  const { status } = spawnSync(localNode, ['test/host/prepare.ts'], { stdio: 'inherit' });
  if (status !== 0) exit(status ?? 1);
}
