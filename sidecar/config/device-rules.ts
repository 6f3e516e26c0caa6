/** What a config asks of devices that this platform, or any, cannot give. */
import { catalog } from '../terms/devices.ts';
import type { PartialConfig } from './partial.ts';
import { type Problem, remove, set } from './problem.ts';

const platformNames: Readonly<Record<string, string>> = { darwin: 'macOS', linux: 'Linux', win32: 'Windows' };

const platformName = (platform: string) => platformNames[platform] ?? platform;

/** A device that this platform can never have. A warning, since a config may have come from another machine. */
export function foreignDevice({ device }: PartialConfig, platform: NodeJS.Platform): Problem[] {
  if (device === undefined || device === 'auto') return [];
  const { by: name, systems } = catalog[device];
  if (systems === null || systems.includes(platform)) return [];
  const at = ['device'];
  const there = systems.map(platformName).join(' and ');
  return [
    {
      layer: 'meaning',
      severity: 'warning',
      code: 'device/other-platform',
      message: `${name} is available on ${there} only, and this is ${platformName(platform)}; choose "auto", or "webgpu" for a GPU of any vendor`,
      at,
      on: 'value',
      choices: [set(at, 'auto'), set(at, 'webgpu')],
    },
  ];
}

/** Falling back to what the run is on already. */
export function fallbackToItself({ device, deviceFallback }: PartialConfig): Problem[] {
  if (device !== 'cpu' || deviceFallback !== 'cpu') return [];
  const at = ['deviceFallback'];
  return [
    {
      layer: 'meaning',
      severity: 'info',
      code: 'device/needless-fallback',
      message: '"deviceFallback" has no effect: the run is on the CPU already',
      at,
      on: 'key',
      fix: remove(at),
    },
  ];
}
