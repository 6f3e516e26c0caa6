/**
 * Makes a real VS Code server with its web workbench out of the `code-server` package, which has
 * everything but the server's own dependencies. Done once for each version and kept in .cache/.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, projectRoot, readJson } from './paths.ts';

const source = path.join(projectRoot, 'node_modules', 'code-server', 'lib', 'vscode');

/** Stand-ins for compiled modules: the scripts that would compile them do not run. */
const stubs = {
  'watchdog.cjs': '@vscode/native-watchdog/build/Release/watchdog.js',
  'spdlog.cjs': '@vscode/spdlog/index.js',
};

/** Folder of a VS Code server ready to run; prepares it where it is not there yet. */
export const prepareVSCode = (): string => {
  const { version } = readJson<{ version: string }>(path.join(source, 'package.json'));
  const folder = path.join(cacheFolder, `vscode-${version}`);
  if (!existsSync(folder)) build(folder, version);
  for (const [stub, file] of Object.entries(stubs)) {
    cpSync(path.join(projectRoot, 'test/host/stubs', stub), path.join(folder, 'node_modules', file));
  }
  return folder;
};

const build = (folder: string, version: string) => {
  console.log(`Preparing VS Code ${version} for tests in ${path.relative(projectRoot, folder)} (once, about 20 s)…`);
  const partial = `${folder}.${process.pid}`;
  mkdirSync(cacheFolder, { recursive: true });
  try {
    cpSync(source, partial, { recursive: true });
    installDependencies(partial);
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
};

const installDependencies = (folder: string) => {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) {
    throw new Error(`npm install in ${folder} failed. Is the npm registry reachable?\n${stdout}${stderr}`);
  }
};
