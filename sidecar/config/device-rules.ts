/** What a config asks of devices that this platform, or any, cannot give. */
import type { PartialConfig } from './partial.ts';
import { type Problem, remove, set } from './problem.ts';
import type { DeviceChoice } from './resolved-config.ts';

const platformNames: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS', linux: 'Linux', win32: 'Windows' };

/** Devices that exist on some platforms only, and on which. */
const homes: Partial<Record<DeviceChoice, { readonly name: string; readonly platforms: readonly NodeJS.Platform[] }>> =
  {
    cuda: { name: 'CUDA', platforms: ['linux', 'win32'] },
    dml: { name: 'DirectML', platforms: ['win32'] },
    coreml: { name: 'Core ML', platforms: ['darwin'] },
  };

const platformName = (platform: NodeJS.Platform) => platformNames[platform] ?? platform;

/** A device that this platform can never have. A warning, since a config may have come from another machine. */
export const foreignDevice = ({ device }: PartialConfig, platform: NodeJS.Platform): Problem[] => {
  const home = device && homes[device];
  if (!home || home.platforms.includes(platform)) return [];
  const at = ['device'];
  const there = home.platforms.map(platformName).join(' and ');
  return [
    {
      layer: 'meaning',
      severity: 'warning',
      code: 'device/other-platform',
      message: `${home.name} is available on ${there} only, and this is ${platformName(platform)}; choose "auto", or "webgpu" for a GPU of any vendor`,
      at,
      on: 'value',
      choices: [set(at, 'auto'), set(at, 'webgpu')],
    },
  ];
};

/** Falling back to what the run is on already. */
export const fallbackToItself = ({ device, deviceFallback }: PartialConfig): Problem[] => {
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
};
