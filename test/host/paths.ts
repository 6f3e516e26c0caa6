/** Where tests find and keep things. Every script and suite runs from the project's root. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const projectRoot = process.cwd();

/** Kept between runs, ignored by git. */
export const cacheFolder = path.join(projectRoot, '.cache');

/** What tests leave for people to look at, ignored by git. */
export const screenshotFolder = path.join(projectRoot, 'out', 'screenshots');

/** Real data; lies beside the project and may be absent. */
export const sharedDataFolder = path.join(projectRoot, '..', 'shared', 'data');

const temporary: string[] = [];

/**
 * A new empty folder, short because Unix socket paths may have no more than about 100 characters. It is
 * gone when this process ends.
 */
export function temporaryFolder(name: string): string {
  if (temporary.length === 0) {
    process.once('exit', () => {
      for (const folder of temporary) {
        try {
          rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
        } catch {
          // A process that a test started may still be writing; its folder is not worth a failure.
        }
      }
    });
  }
  const folder = mkdtempSync(path.join(tmpdir(), `gan-${name}-`));
  temporary.push(folder);
  return folder;
}

export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
