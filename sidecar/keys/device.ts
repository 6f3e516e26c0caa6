import { catalog, type DeviceId, deviceIds } from '../terms/devices.ts';
import { choice } from './key.ts';

const texts = Object.fromEntries(deviceIds.map((id) => [id, catalog[id].text])) as Record<DeviceId, string>;

export const device = choice(
  {
    auto: 'The fastest device of this machine, found by a short calibration on this config. Never a software adapter.',
    ...texts,
  },
  {
    title: 'Device',
    description: 'What computes.',
    details:
      '**GAN: Select Device** and `gan devices` list what this machine has, how fast it is, and what would make the others run.',
    default: 'auto',
  },
);

export const deviceFallback = choice(
  {
    none: 'The run fails and keeps its last checkpoint, from which it can be resumed.',
    cpu: 'The run continues from its last checkpoint on the CPU: slower, and with small rounding differences.',
  },
  {
    title: 'Device fallback',
    description: 'What happens when the device is lost or runs out of memory in the middle of a run.',
    default: 'none',
  },
);
