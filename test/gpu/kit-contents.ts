/** What the kit holds besides Node.js: runtime packages, programs, configs, data. */
import { copyFileSync, globSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { isNeeded, runtimePackages } from '../../scripts/runtime-packages.mjs';
import { buildPrograms } from '../bench/build.ts';
import { nodeBundle } from '../node-bundle.ts';

function copy(file: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(file, to);
}

/** node_modules with what the programs load by name. */
export function stagePackages(root: string): void {
  for (const folder of runtimePackages()) {
    const name = folder.slice('node_modules/'.length);
    for (const entry of globSync(`${folder}/**`, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const source = path.join(entry.parentPath, entry.name);
      if (isNeeded(name, path.relative(folder, source))) copy(source, path.join(root, source));
    }
  }
}

/** Programs by their files under dist/. */
const entryPoints = {
  cli: 'sidecar/cli.ts',
  'test/gpu/kit': 'test/gpu/kit/kit.ts',
  ...Object.fromEntries(
    ['devices', 'limits', 'presets', 'engine', 'bench', 'profile', 'quality'].map((name) => [
      `test/gpu/${name}`,
      `test/gpu/items/${name}.ts`,
    ]),
  ),
};

/** The bundles with what they read, laid out as in the project, whose root they are run in. */
export async function stagePrograms(root: string): Promise<void> {
  await esbuild.build({
    ...nodeBundle,
    entryPoints,
    outdir: path.join(root, 'dist'),
    outExtension: { '.js': '.cjs' },
  });
  await buildPrograms(root, false);
  for (const file of [
    'test/bench/pytorch_worker.py',
    'test/gpu/vulkan_facts.py',
    ...globSync('examples/*/gan.config.json'),
  ]) {
    copy(file, path.join(root, file));
  }
}
