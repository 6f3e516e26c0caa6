/** Finds the browser that tests drive; installs it where that is one command and safe. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

const executableNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const wellKnownPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Path of a Chromium or Chrome, or null; the variable CHROMIUM_PATH comes first. */
export const findChromium = (): string | null => {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => executableNames.map((name) => path.join(folder, name)));
  const chosen = process.env.CHROMIUM_PATH;
  return [...(chosen ? [chosen] : []), ...onPath, ...wellKnownPlaces].find(isExecutable) ?? null;
};

const canInstall = (): boolean => existsSync('/etc/debian_version') && process.getuid?.() === 0;

/** Installs Chromium on a Debian machine as root; elsewhere throws an error that says what to do. */
export const installChromium = (): void => {
  if (!canInstall()) {
    throw new Error(
      'The tests of the panel and the workbench need Chromium or Chrome, and none was found. ' +
        'Install one (Debian, Ubuntu: sudo apt-get install chromium; macOS: brew install --cask google-chrome), ' +
        'or name its executable in the variable CHROMIUM_PATH.',
    );
  }
  console.log('Installing Chromium with apt-get (once, about 1 min)…');
  aptGet('update');
  aptGet('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
};

/**
 * Installs the Vulkan loader on a Debian machine as root: with it, Chromium's SwiftShader is a GPU for
 * the engine's tests, which elsewhere say that they skip WebGPU.
 */
export const installVulkanLoader = (): void => {
  const { stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' });
  if (!canInstall() || (stdout ?? '').includes('libvulkan.so.1')) return;
  console.log('Installing the Vulkan loader with apt-get (once, some seconds)…');
  aptGet('update');
  aptGet('install', '--yes', '--no-install-recommends', 'libvulkan1');
};

const aptGet = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${stdout}${stderr}`);
};
