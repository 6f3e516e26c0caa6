/** The npm packages that the product loads at run time, cut down to what this platform needs of them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Loaded by name from dist/; everything else is in the bundles. */
const roots = ['onnxruntime-node', 'sharp', '@cwasm/nsbmp'];

/** Wanted by install scripts alone. */
const installOnly = ['adm-zip', 'global-agent'];

/** What no program reads; licences stay. */
const unwanted = /(^|\/)(src|test|script|__tests__)\/|\.(d\.[cm]?ts|ts|map|md|h)$|^node_modules\//;

const manifest = (folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/**
 * Folders of the run-time packages, dependencies included. npm has installed only those optional
 * ones that fit this platform.
 *
 * @returns {string[]} relative to the project, for example `node_modules/sharp`
 */
export const runtimePackages = () => {
  const found = new Set();
  const visit = (name) => {
    const folder = path.posix.join('node_modules', name);
    if (found.has(folder) || installOnly.includes(name) || !existsSync(folder)) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = manifest(folder);
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) visit(dependency);
  };
  roots.forEach(visit);
  return [...found];
};

/**
 * Whether a file of a run-time package belongs into the VSIX.
 *
 * @param {string} name of the package
 * @param {string} file relative to the package, forward slashes
 * @returns {boolean}
 */
export const isNeeded = (name, file) => {
  // Where the libraries for CUDA come from.
  if (name === 'onnxruntime-node' && file.startsWith('script/install-metadata')) return true;
  if (unwanted.test(file)) return false;
  if (name === 'onnxruntime-common') return !file.startsWith('dist/esm/');
  if (name === 'onnxruntime-node' && file.startsWith('bin/')) {
    // The same library lies there twice on macOS; the binding asks for the one with the short name.
    return file.startsWith(`bin/napi-v6/${process.platform}/${process.arch}/`) && !/\d+\.\d+\.\d+\.dylib$/.test(file);
  }
  return true;
};
