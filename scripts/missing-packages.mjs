import { existsSync, readFileSync } from 'node:fs';

/**
 * Packages of a lock file that node_modules lacks or has in another version; what is there is read
 * from the lock file that npm keeps inside node_modules. A package that is optional (made for
 * another platform) may be absent.
 *
 * @param {string} lockFile
 * @param {string} installedLockFile
 * @returns {string[]} names, in the order of the lock file
 */
export const missingPackages = (lockFile, installedLockFile) => {
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const wanted = packages(lockFile);
  const installed = existsSync(installedLockFile) ? packages(installedLockFile) : {};
  return Object.entries(wanted)
    .filter(([location, { version, optional }]) => {
      if (location === '') return false;
      const found = installed[location];
      return found === undefined ? !optional : found.version !== version;
    })
    .map(([location]) => location.replace(/^.*node_modules\//, ''));
};
