/** Names and memory of GPUs, as drivers and the operating system tell them. */
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { constrainedMemory, platform } from 'node:process';

export interface Adapter {
  readonly name: string;
  /** Bytes; null where nothing tells. */
  readonly memory: number | null;
  /** Computes on the CPU. */
  readonly software: boolean;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bWARP\b/i;

const isSoftware = (name: string): boolean => SOFTWARE.test(name);

/** Bytes that this process may use: the machine's, or the container's where that is less. */
export function hostMemory(): number {
  const limit = constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** Standard output; '' where the program is missing, fails, or takes longer than three seconds. */
function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 3000, windowsHide: true, maxBuffer: 2 ** 22 }, (_, stdout) =>
      resolve(stdout ?? ''),
    );
  });
}

/** Lines "NVIDIA H200, 143771" (MiB) of `nvidia-smi --query-gpu=name,memory.total --format=csv,noheader,nounits`. */
export function parseNvidia(text: string): Adapter[] {
  return [...text.matchAll(/^(.+), (\d+)\s*$/gm)].map(([, name, mebibytes]) => ({
    name: name!.trim(),
    memory: Number(mebibytes) * 2 ** 20,
    software: false,
  }));
}

export const nvidiaGpus = async (): Promise<Adapter[]> =>
  parseNvidia(await output('nvidia-smi', ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits']));

/** The GPU that a process took, by what the Vulkan loader printed under VK_LOADER_DEBUG=driver. */
export const parseVulkanChoice = (printed: string): string | null =>
  /Using "([^"]+)" with driver:/.exec(printed)?.[1]?.trim() ?? null;

/** Every GPU that the Vulkan loader found. */
export const parseVulkanList = (printed: string): string[] => [
  ...new Set([...printed.matchAll(/\[\d+\] (.+?)\s*$/gm)].map(([, name]) => name!)),
];

/** Keys of the registry's class of display adapters with DriverDesc and qwMemorySize, from `reg query /s`. */
export function parseRegistry(text: string): Adapter[] {
  return text
    .split(/^(?=HKEY_)/m)
    .map((key) => ({
      name: /DriverDesc\s+REG_SZ\s+(.+?)\s*$/m.exec(key)?.[1],
      memory: /HardwareInformation\.qwMemorySize\s+REG_QWORD\s+(0x[0-9a-f]+)/i.exec(key)?.[1],
    }))
    .flatMap(({ name, memory }) =>
      name === undefined
        ? []
        : [{ name, memory: memory === undefined ? null : Number(memory), software: isSoftware(name) }],
    );
}

/** `system_profiler SPDisplaysDataType -json`; Apple's GPUs share the machine's memory. */
export function parseProfiler(text: string, memory: number): Adapter[] {
  try {
    const { SPDisplaysDataType: gpus } = JSON.parse(text) as { SPDisplaysDataType?: { sppci_model?: string }[] };
    return (gpus ?? []).flatMap(({ sppci_model: name }) =>
      name === undefined ? [] : [{ name, memory, software: false }],
    );
  } catch {
    return [];
  }
}

const DISPLAY_CLASS = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}';

const largest = (adapters: readonly Adapter[]): Adapter | null =>
  [...adapters].sort((a, b) => (b.memory ?? 0) - (a.memory ?? 0))[0] ?? null;

async function linuxAdapter(printed: string): Promise<Adapter | null> {
  const name = parseVulkanChoice(printed);
  if (name === null) return largest(await nvidiaGpus());
  if (isSoftware(name)) return { name, memory: hostMemory(), software: true };
  const nvidia = /nvidia|geforce|quadro|tesla/i.test(name)
    ? (await nvidiaGpus()).find((gpu) => gpu.name === name)
    : null;
  return nvidia ?? { name, memory: amdMemory() ?? (/intel/i.test(name) ? hostMemory() : null), software: false };
}

/** Memory of the largest GPU whose driver tells it in sysfs, as AMD's does. */
function amdMemory(): number | null {
  const sizes = globSync('/sys/class/drm/card*/device/mem_info_vram_total').map((file) => {
    try {
      return Number(readFileSync(file, 'utf8'));
    } catch {
      return 0;
    }
  });
  return sizes.length === 0 ? null : Math.max(...sizes);
}

/** The GPU that a provider other than CUDA takes; `printed` is what its process printed. Null where nothing tells. */
export async function chosenAdapter(printed: string): Promise<Adapter | null> {
  if (platform === 'win32') return largest(parseRegistry(await output('reg', ['query', DISPLAY_CLASS, '/s'])));
  if (platform === 'darwin') {
    return largest(parseProfiler(await output('system_profiler', ['SPDisplaysDataType', '-json']), hostMemory()));
  }
  return linuxAdapter(printed);
}
