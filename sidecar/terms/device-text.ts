/** Devices in words, the same in the terminal and in the editor. */
import type { DeviceStatus } from './devices.ts';

const GIB = 2 ** 30;

/** "24 GiB", "0.5 GiB"; '' where nothing tells. Powers of 1024, as makers of GPUs count. */
export function memoryText({ memory }: DeviceStatus): string {
  if (memory === null) return '';
  const gib = memory / GIB;
  return `${gib < 10 ? Number(gib.toFixed(1)) : Math.round(gib)} GiB`;
}

const grouped = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** "131 GFLOP/s", "25,100 GFLOP/s"; '' where it was not measured. */
export const speedText = ({ gflops }: DeviceStatus): string =>
  gflops === null ? '' : `${grouped.format(gflops)} GFLOP/s`;

/**
 * The device that "auto" most likely means: of those that run and are no software adapter, the one
 * that multiplies matrices fastest. A run measures its own step instead, which may favour another.
 * Undefined where none was measured.
 */
export function likelyAuto(devices: readonly DeviceStatus[]): DeviceStatus | undefined {
  const [fastest] = devices
    .filter(({ available, software, gflops }) => available && !software && gflops !== null)
    .sort((a, b) => (b.gflops ?? 0) - (a.gflops ?? 0));
  return fastest;
}

/** Why it cannot run and what would help: sentences. '' where it runs. */
export const troubleText = ({ reason, remedy }: DeviceStatus): string => [reason, remedy].filter(Boolean).join(' ');
