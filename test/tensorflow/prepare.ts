/**
 * Builds TensorFlow's binding for Node.js from its npm package, against the TensorFlow of a wheel
 * from PyPI: `npm run test:tensorflow`. Done once and kept in .cache/.
 */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { arch, execPath, exit, platform } from 'node:process';
import { projectRoot } from '../host/paths.ts';
import {
  bindingFile,
  buildFolder,
  packageFolder,
  TENSORFLOW_VERSION,
  TFJS_VERSION,
  tensorflowBinding,
} from './binding.ts';

/** A tool that the build needs, and how a machine comes by it. */
const TOOLS: readonly { readonly command: readonly string[]; readonly what: string }[] = [
  { command: ['python3', '-m', 'pip', '--version'], what: 'python3 with pip' },
  { command: ['g++', '--version'], what: 'g++' },
  { command: ['make', '--version'], what: 'make' },
  { command: ['npm', '--version'], what: 'npm' },
];

/** What the binding includes and links. */
const WANTED = [
  'libtensorflow_cc.so.2',
  'libtensorflow_framework.so.2',
  'include/tensorflow/c/',
  'include/tensorflow/core/platform/',
  'include/tsl/',
  'include/xla/tsl/',
];

class PrepareError extends Error {}

function run(what: string, [command = '', ...args]: readonly string[], options: SpawnSyncOptions = {}): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', stdio: 'pipe', ...options });
  if (status !== 0) throw new PrepareError(`${what} failed. ${error?.message ?? ''}\n${stdout ?? ''}${stderr ?? ''}`);
}

function checkMachine(): void {
  if (platform !== 'linux' || !['x64', 'arm64'].includes(arch)) {
    throw new PrepareError(
      `TensorFlow's wheels have what the binding needs on Linux only; this is ${platform} ${arch}.`,
    );
  }
  const missing = TOOLS.filter(({ command: [name = '', ...args] }) => spawnSync(name, args).status !== 0);
  if (missing.length > 0) {
    throw new PrepareError(`Missing: ${missing.map(({ what }) => what).join(', ')}. Install them and run this again.`);
  }
}

/** The package with its dependencies, as npm installs it where no install scripts run. */
function installPackage(build: string): void {
  writeFileSync(path.join(build, 'package.json'), '{ "private": true }\n');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm install', ['npm', 'install', ...quiet, `@tensorflow/tfjs-node@${TFJS_VERSION}`], { cwd: build });
}

/** Headers and libraries of TensorFlow, where the package's binding.gyp looks for them. */
function unpackTensorFlow(build: string): void {
  const wheels = path.join(build, 'wheels');
  const pip = ['python3', '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  // The wheel's Python is of no consequence: nothing of Python is used.
  const wheel = ['--only-binary=:all:', '--python-version=3.11', `tensorflow-cpu==${TENSORFLOW_VERSION}`];
  run('pip download', [...pip, ...wheel, '--dest', wheels]);
  const [file = ''] = readdirSync(wheels);
  const unzip = [
    'import sys, zipfile',
    'archive = zipfile.ZipFile(sys.argv[1])',
    "wanted = tuple('tensorflow/' + name for name in sys.argv[3:])",
    'archive.extractall(sys.argv[2], [name for name in archive.namelist() if name.startswith(wanted)])',
  ].join('\n');
  run('Unpacking TensorFlow', ['python3', '-c', unzip, path.join(wheels, file), build, ...WANTED]);
  rmSync(wheels, { recursive: true });

  const lib = path.join(packageFolder(build), 'deps', 'lib');
  mkdirSync(lib, { recursive: true });
  renameSync(path.join(build, 'tensorflow', 'include'), path.join(lib, '..', 'include'));
  for (const library of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    renameSync(path.join(build, 'tensorflow', library), path.join(lib, library));
  }
  rmSync(path.join(build, 'tensorflow'), { recursive: true });
  symlinkSync('libtensorflow_cc.so.2', path.join(lib, 'libtensorflow.so'));
  symlinkSync('libtensorflow_framework.so.2', path.join(lib, 'libtensorflow_framework.so'));
}

/** What node-gyp expects of a Node.js source tree, with Node-API's headers alone. */
function layOutHeaders(build: string): string {
  const headers = path.join(build, 'headers');
  const include = path.join(headers, 'include', 'node');
  cpSync(path.join(projectRoot, 'node_modules', 'node-api-headers', 'include'), include, { recursive: true });
  const defaults = {
    target_defaults: {
      default_configuration: 'Release',
      configurations: { Release: {}, Debug: {} },
      cflags: ['-fPIC', '-pthread', '-O2', '-w'],
      cflags_cc: ['-std=gnu++17'],
    },
  };
  writeFileSync(path.join(include, 'common.gypi'), JSON.stringify(defaults));
  writeFileSync(path.join(include, 'config.gypi'), JSON.stringify({ target_defaults: {}, variables: {} }));
  return headers;
}

function compile(build: string): void {
  const gyp = path.join(projectRoot, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  // What @mapbox/node-pre-gyp passes on when the package builds itself.
  const binding = [
    '--module_name=tfjs_binding',
    `--module_path=${path.dirname(bindingFile(build))}`,
    '--napi_build_version=8',
  ];
  const nodedir = `--nodedir=${layOutHeaders(build)}`;
  run('Building the binding', ['nice', execPath, gyp, 'rebuild', nodedir, ...binding], { cwd: packageFolder(build) });
}

function prepare(): void {
  if (tensorflowBinding() !== null) return;
  checkMachine();
  console.log(
    `Building @tensorflow/tfjs-node ${TFJS_VERSION} on TensorFlow ${TENSORFLOW_VERSION} in ` +
      `${path.relative(projectRoot, buildFolder)} (once; fetches 300 MB, keeps 1 GB, takes about a minute)…`,
  );
  const partial = `${buildFolder}.${process.pid}`;
  try {
    mkdirSync(partial, { recursive: true });
    installPackage(partial);
    unpackTensorFlow(partial);
    compile(partial);
    if (!existsSync(bindingFile(partial))) throw new PrepareError('node-gyp ended without making the binding.');
    rmSync(buildFolder, { recursive: true, force: true });
    renameSync(partial, buildFolder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

try {
  prepare();
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  console.error(error.message);
  exit(1);
}
