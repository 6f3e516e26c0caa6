/** What trains here, by `gan devices`, and what there is to know of the GPU: driver, memory, limits. */
import { spawnSync } from 'node:child_process';
import { env, execPath } from 'node:process';
import type { DeviceStatus } from '../../../sidecar/engine/engine.ts';
import { describeMachine } from '../../bench/machine.ts';
import { type PythonWithTorch, pythonsWithTorch } from '../../bench/pythons.ts';
import type { Machine } from '../../bench/results.ts';
import { runItem, tell } from './item.ts';
import { type VulkanParts, type VulkanSetup, vulkanParts, vulkanSetups } from './vulkan.ts';

export interface DevicesNumbers {
  readonly machine: Machine;
  readonly vulkan: VulkanParts;
  /** The way to the GPU that the other items take; null where none leads there. */
  readonly setup: VulkanSetup | null;
  /** As `gan devices --json` lists them. */
  readonly devices: readonly DeviceStatus[];
  /** Bytes of the largest buffer of WebGPU, up to 8 GiB; null where it was not found out. */
  readonly largestBuffer: number | null;
  /** Facts of each Vulkan device, as Vulkan names them; null without python3. */
  readonly vulkanDevices: readonly Readonly<Record<string, string | number>>[] | null;
  /** Facts of each GPU by nvidia-smi; null without it. */
  readonly nvidia: readonly Readonly<Record<string, string>>[] | null;
  /** To compare with. */
  readonly pythons: readonly PythonWithTorch[];
}

/** Where images of machines with GPUs have Python, if it is not the one that is named. */
const PYTHONS = [
  'python3',
  '/opt/conda/bin/python3',
  '/opt/venv/bin/python3',
  '/usr/local/bin/python3',
  '/usr/bin/python3',
];

const PATIENCE = 60_000;

function output(program: string, args: readonly string[], environment: VulkanSetup['environment'] = {}): string {
  const { stdout, stderr, status, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...env, ...environment },
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
  });
  if (status !== 0) console.error(`${program}: ${error?.message ?? `${status}: ${stderr.trim()}`}`);
  return status === 0 ? stdout : '';
}

function listDevices(setup: VulkanSetup, ...options: string[]): DeviceStatus[] {
  const text = output(execPath, ['dist/cli.cjs', 'devices', '--json', ...options], setup.environment);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DeviceStatus);
}

/** The first way that leads to a GPU, or else to a software adapter. */
function chooseSetup(setups: readonly VulkanSetup[]): VulkanSetup | null {
  let software: VulkanSetup | null = null;
  for (const setup of setups) {
    const webgpu = listDevices(setup, '--no-measure').find(({ id }) => id === 'webgpu');
    console.log(`${setup.name}: ${webgpu?.available ? webgpu.name : (webgpu?.reason ?? 'no answer')}`);
    if (webgpu?.available && !webgpu.software) return setup;
    if (webgpu?.available) software ??= setup;
  }
  return software;
}

const NVIDIA = ['name', 'driver_version', 'memory.total', 'memory.used', 'clocks.max.sm', 'power.limit'];

function nvidiaFacts(): DevicesNumbers['nvidia'] {
  const text = output('nvidia-smi', [`--query-gpu=${NVIDIA.join()}`, '--format=csv,noheader']);
  if (text === '') return null;
  return text
    .trim()
    .split('\n')
    .map((line) => Object.fromEntries(line.split(', ').map((value, at) => [NVIDIA[at] ?? '', value.trim()])));
}

const parsed = <T>(text: string): T | null => {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
};

runItem(async () => {
  const vulkan = vulkanParts();
  const found = { machine: describeMachine(), vulkan, nvidia: nvidiaFacts() };
  const none = { setup: null, devices: [], largestBuffer: null, vulkanDevices: null, pythons: [] };
  await tell({ ...found, ...none } satisfies DevicesNumbers);
  const setup = chooseSetup(vulkanSetups(vulkan, env.GAN_KIT_LOADER ?? ''));
  const own: VulkanSetup = setup ?? { name: '', environment: {} };
  const devices = listDevices(own);
  await tell({ ...found, ...none, setup, devices } satisfies DevicesNumbers);
  if (devices.length === 0) throw new Error('gan devices listed nothing.');
  const python = env.GAN_KIT_PYTHON ?? 'python3';
  const vulkanDevices = parsed<DevicesNumbers['vulkanDevices']>(
    output(python, ['test/gpu/vulkan_facts.py'], own.environment),
  );
  const limits =
    setup && parsed<{ largestBuffer: number }>(output(execPath, ['dist/test/gpu/limits.cjs'], own.environment));
  const largestBuffer = limits?.largestBuffer ?? null;
  const all = { ...found, setup, devices, vulkanDevices, largestBuffer };
  await tell({ ...all, pythons: [] } satisfies DevicesNumbers);
  // Last, since PyTorch takes long to load where it was never loaded before.
  const pythons = pythonsWithTorch(env.GAN_KIT_PYTHON ? [env.GAN_KIT_PYTHON] : PYTHONS);
  await tell({ ...all, pythons } satisfies DevicesNumbers);
});
