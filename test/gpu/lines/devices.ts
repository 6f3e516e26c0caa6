import { rate } from '../../bench/words.ts';
import type { DevicesNumbers } from '../items/devices.ts';

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** The machine, each device, the driver and what limits it. */
export function devicesLines(numbers: DevicesNumbers): string[] {
  const { machine, devices, setup, vulkan, vulkanDevices, nvidia, largestBuffer, pythons } = numbers;
  const facts = (of: Readonly<Record<string, string | number>>) =>
    Object.entries(of)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.os}, Node.js ${machine.node}`,
    ...devices.map(({ name, available, software, memory, gflops, reason = '', remedy = '' }) =>
      available
        ? `${name}${software ? ', a software adapter' : ''}: ` +
          [memory === null ? '' : gibibytes(memory), gflops === null ? '' : `${rate(gflops)} GFLOP/s`]
            .filter(Boolean)
            .join(', ')
        : `${name}: ${reason} ${remedy}`,
    ),
    setup === null
      ? `no way to a GPU by Vulkan: loader ${vulkan.loader ?? 'none'}, NVIDIA's drivers ${vulkan.drivers.join(' ') || 'none'}, ` +
        `named by ${vulkan.manifests.join(' ') || 'no file'}`
      : `Vulkan: ${setup.name}`,
    ...(vulkanDevices ?? []).map(facts),
    ...(nvidia ?? []).map(facts),
    pythons.length === 0
      ? 'PyTorch: no python3 here has it, so that there is nothing to compare with'
      : `PyTorch: ${pythons.map(({ version, cuda }) => `${version}${cuda ? '' : ' without a GPU'}`).join(', ')}`,
    ...(largestBuffer === null ? [] : [`largest buffer of WebGPU: ${gibibytes(largestBuffer)}`]),
  ];
}
