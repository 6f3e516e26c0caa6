/** Where TensorFlow's packages for Node.js lie. They are the user's to install; the product brings none. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import { argv, cwd, env, execPath, platform } from 'node:process';

/** In order of preference. */
const NAMES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** An installed package of TensorFlow for Node.js. */
export interface TensorFlowPackage {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Its native code is there; npm leaves it out where install scripts may not run. */
  readonly built: boolean;
  /** Where `npm rebuild` has to be started; null for packages installed with --global. */
  readonly project: string | null;
}

/** Folders that npm installs global packages into, for the Node.js that runs this. */
function globalFolders(): string[] {
  const bin = path.dirname(execPath);
  if (platform === 'win32') {
    const roaming = env.APPDATA;
    return [
      ...(roaming === undefined ? [] : [path.join(roaming, 'npm', 'node_modules')]),
      path.join(bin, 'node_modules'),
    ];
  }
  // Debian's and Homebrew's npm install elsewhere than beside the Node.js that they run on.
  const prefixes = [path.dirname(bin), '/usr/local', '/opt/homebrew'];
  return [...new Set(prefixes)].map((prefix) => path.join(prefix, 'lib', 'node_modules'));
}

/** Folders that a require() in the program that was started looks into, NODE_PATH's included. */
function localFolders(): string[] {
  const program = argv[1];
  const start = program !== undefined && existsSync(program) ? realpathSync(program) : path.join(cwd(), 'program');
  return Module.createRequire(start).resolve.paths(NAMES[0]) ?? [];
}

const isBuilt = (folder: string): boolean => {
  const lib = path.join(folder, 'lib');
  return (
    existsSync(lib) && readdirSync(lib).some((version) => existsSync(path.join(lib, version, 'tfjs_binding.node')))
  );
};

/** The package that GAN_TENSORFLOW names, absolute; null where it is not set. */
export function givenFolder(): string | null {
  const given = env.GAN_TENSORFLOW;
  return given === undefined || given === '' ? null : path.resolve(given);
}

/**
 * The installed packages of TensorFlow in the order they should be tried: those with native code
 * first, then CUDA before CPU. GAN_TENSORFLOW, the folder of such a package, stands for all others.
 */
export function tensorFlowPackages(): TensorFlowPackage[] {
  const folder = givenFolder();
  if (folder !== null) {
    const name = NAMES.find((known) => folder.endsWith(path.normalize(known))) ?? path.basename(folder);
    return [{ name, folder, built: isBuilt(folder), project: path.resolve(folder, '..', '..', '..') }];
  }
  const places = [
    ...localFolders().map((place) => ({ place, project: path.dirname(place) })),
    ...globalFolders().map((place) => ({ place, project: null })),
  ];
  const found = NAMES.flatMap((name) =>
    places
      .map(({ place, project }) => ({ name, project, folder: path.join(place, name) }))
      .filter(({ folder }) => existsSync(path.join(folder, 'package.json')))
      .map((candidate) => ({ ...candidate, built: isBuilt(candidate.folder) })),
  );
  return [...found.filter(({ built }) => built), ...found.filter(({ built }) => !built)];
}
