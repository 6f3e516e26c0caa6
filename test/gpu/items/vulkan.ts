/**
 * Ways to the GPU's Vulkan driver. Containers often have the driver's libraries but neither the Vulkan
 * loader nor the file that names the driver to it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cwd, env } from 'node:process';

export interface VulkanSetup {
  readonly name: string;
  /** Variables that a process needs for it. */
  readonly environment: Readonly<Record<string, string>>;
}

const FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/nvidia/lib64', '/usr/local/lib'];

/** Where the dynamic linker finds a library, or null. */
function findLibrary(name: string): string | null {
  const listed = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  const line = listed.split('\n').find((each) => each.trim().startsWith(`${name} `));
  const known = line?.split('=> ')[1];
  const folders = [...(env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean), ...FOLDERS];
  return known ?? folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** The one without a window system comes first: the other needs libraries of X11 as well. */
const NVIDIA_DRIVERS = ['libEGL_nvidia.so.0', 'libGLX_nvidia.so.0'];

/** Names a driver to the loader; returns the file. */
function writeManifest(library: string): string {
  const folder = path.join(cwd(), 'vulkan');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${path.basename(library)}.json`);
  const ICD = { library_path: library, api_version: '1.3.0' };
  writeFileSync(file, JSON.stringify({ file_format_version: '1.0.0', ICD }));
  return file;
}

/** What this machine says of its Vulkan drivers, for where none of the ways leads to a GPU. */
export interface VulkanParts {
  readonly loader: string | null;
  readonly drivers: readonly string[];
  /** Files that name drivers to the loader. */
  readonly manifests: readonly string[];
  /** `VK_ICD_FILENAMES`, where it is set. */
  readonly named: string | null;
}

export function vulkanParts(): VulkanParts {
  const drivers = NVIDIA_DRIVERS.flatMap((name) => findLibrary(name) ?? []);
  return {
    loader: findLibrary('libvulkan.so.1'),
    drivers,
    manifests: globSync('/{etc,usr/share,usr/local/share,usr/local/etc}/vulkan/icd.d/*.json').sort(),
    named: env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES ?? null,
  };
}

/**
 * In the order in which they are to be tried.
 * @param loaderFolder holds a Vulkan loader for machines without one; need not exist
 */
export function vulkanSetups({ loader, drivers, named }: VulkanParts, loaderFolder: string): VulkanSetup[] {
  const own: VulkanSetup = { name: 'as it is', environment: {} };
  const shipped: VulkanSetup = {
    name: "the kit's Vulkan loader",
    environment: { LD_LIBRARY_PATH: [env.LD_LIBRARY_PATH, loaderFolder].filter(Boolean).join(':') },
  };
  const loaders = [...(loader === null ? [] : [own]), ...(existsSync(loaderFolder) ? [shipped] : [])];
  const manifests = named === null ? drivers.map((library) => ({ library, file: writeManifest(library) })) : [];
  const withDriver = ({ name, environment }: VulkanSetup) =>
    manifests.map(({ library, file }) => ({
      name: `${name}, ${path.basename(library)}`,
      environment: { ...environment, VK_ICD_FILENAMES: file, VK_DRIVER_FILES: file },
    }));
  return [...loaders, ...loaders.flatMap(withDriver)];
}
