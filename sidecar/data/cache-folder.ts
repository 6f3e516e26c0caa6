/** Where downloaded and unpacked datasets stay: one folder a user, shared by all projects. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expandHome } from './files.ts';

/**
 * `GAN_DATASETS_DIR` if set, else `gan-studio/datasets` in the system's cache folder:
 * $XDG_CACHE_HOME or ~/.cache, ~/Library/Caches on macOS, %LOCALAPPDATA% on Windows.
 */
export function datasetCacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = environment.GAN_DATASETS_DIR;
  return chosen ? expandHome(chosen) : join(systemCacheFolder(environment, platform), 'gan-studio', 'datasets');
}

/** The system's folder for what can be made again. */
export function systemCacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') return environment.LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return environment.XDG_CACHE_HOME || join(homedir(), '.cache');
}
