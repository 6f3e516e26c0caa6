/**
 * Writes out/gan-studio-<platform>-<version>.vsix, the extension for this platform.
 *
 * Its files are copied into a folder of their own first: that list is what is shipped, and the
 * repository's manifest (development tools, npm scripts) stays out of it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execPath, exit } from 'node:process';
import { isNeeded, runtimePackages } from './runtime-packages.mjs';

const MAX_MEBIBYTES = 40;

const staging = 'out/vsix';
const shipped = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'package.nls*.json',
  'l10n/*.json',
  'schemas/*.json',
  'examples/*/gan.config.json',
  'media/**',
];
const developmentOnly = [
  'private',
  'scripts',
  'dependencies',
  'optionalDependencies',
  'devDependencies',
  'allowScripts',
];

const fail = (message) => {
  console.error(message);
  exit(1);
};

const run = (...args) => {
  const { status } = spawnSync(execPath, args, { stdio: 'inherit' });
  if (status !== 0) fail(`node ${args.join(' ')} failed.`);
};

const copy = (file, to = file) => {
  mkdirSync(path.dirname(path.join(staging, to)), { recursive: true });
  cpSync(file, path.join(staging, to));
};

const copyRuntimePackages = () => {
  const binary = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}`;
  if (!existsSync(binary)) fail(`onnxruntime-node has no binary for ${process.platform} on ${process.arch}.`);
  for (const folder of runtimePackages()) {
    const name = folder.slice('node_modules/'.length);
    for (const entry of globSync(`${folder}/**`, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const source = path.join(entry.parentPath, entry.name);
      const file = path.relative(folder, source).split(path.sep).join('/');
      // Beside the bundles, not in the extension's node_modules, which vsce leaves to npm.
      if (isNeeded(name, file)) copy(source, path.join('dist', 'node_modules', name, file));
    }
  }
};

/** Files that the manifest names must be there, or VS Code fails at run time. */
const checkManifestFiles = (manifest) => {
  const named = JSON.stringify(manifest).matchAll(/"(\.\/[^"]+)"/g);
  const missing = [...named].map(([, file]) => file).filter((file) => !existsSync(path.join(staging, file)));
  if (missing.length > 0) fail(`package.json names files that are not shipped: ${missing.join(', ')}`);
};

const { version, name, ...rest } = JSON.parse(readFileSync('package.json', 'utf8'));
const target = `${process.platform}-${process.arch}`;
const vsix = path.resolve('out', `${name}-${target}-${version}.vsix`);

rmSync(staging, { recursive: true, force: true });
run('esbuild.mjs', '--production', '--quiet', '--out', `${staging}/dist`);
for (const map of globSync(`${staging}/dist/*.map`)) rmSync(map);
for (const pattern of shipped) for (const file of globSync(pattern)) if (statSync(file).isFile()) copy(file);
copyRuntimePackages();
const manifest = Object.fromEntries(
  Object.entries({ name, version, ...rest }).filter(([key]) => !developmentOnly.includes(key)),
);
writeFileSync(path.join(staging, 'package.json'), JSON.stringify(manifest, null, 2));
checkManifestFiles(manifest);

const { status, stdout, stderr } = spawnSync(
  execPath,
  [
    path.resolve('node_modules/@vscode/vsce/vsce'),
    ...['package', '--target', target, '--out', vsix],
    ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
  ],
  { cwd: staging, encoding: 'utf8' },
);
if (status !== 0) fail(`vsce package failed:\n${stdout}${stderr}`);

const mebibytes = statSync(vsix).size / 2 ** 20;
console.log(`${path.relative('.', vsix)}: ${mebibytes.toFixed(1)} MB`);
if (mebibytes > MAX_MEBIBYTES) fail(`The VSIX may have at most ${MAX_MEBIBYTES} MB.`);
