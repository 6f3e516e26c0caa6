/** What the editor suite needs before it runs: the bundles, and a workspace of its own. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './paths.ts';

const fixture = path.join(projectRoot, 'test', 'editor', 'fixture');

/** Builds the product and the suite; throws where one does not build. */
export const buildEditorTests = (): void => {
  for (const args of [['--quiet'], ['--test', 'editor']]) {
    const { status } = spawnSync(process.execPath, ['esbuild.mjs', ...args], { stdio: 'inherit' });
    if (status !== 0) throw new Error('The editor tests do not build.');
  }
};

/** Replaces `folder` by a fresh copy of the fixture. */
export const copyEditorWorkspace = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
  if (existsSync(fixture)) cpSync(fixture, folder, { recursive: true });
  else mkdirSync(folder, { recursive: true });
};
