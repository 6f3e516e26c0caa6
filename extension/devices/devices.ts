/** The devices of this machine, and what can be fetched for them, by way of `gan devices`. */
import type { DeviceStatus } from '../../sidecar/terms/devices.ts';
import { settings } from '../editor/settings.ts';
import { type CliEvent, runCli } from '../processes/sidecar-cli.ts';

/** How the commands are started; tests put fakes in its place. */
export interface DeviceLauncher {
  /** The bundle of `gan`. */
  cli: string;
}

/** Every device, tried and measured: seconds. @throws UserError; "sidecar/cancelled" after an abort. */
export async function findDevices(launcher: DeviceLauncher, signal: AbortSignal): Promise<readonly DeviceStatus[]> {
  const devices: DeviceStatus[] = [];
  await run(launcher, ['devices', ...settings.threadArguments()], signal, ({ event, ...device }) => {
    // What our own program prints is what its types say.
    if (event === 'device') devices.push(device as unknown as DeviceStatus);
  });
  return devices;
}

/** Fetches what `device` lacks; resolves with what was installed where. Throws as `findDevices`. */
export async function installDevice(
  launcher: DeviceLauncher,
  device: DeviceStatus['id'],
  onProgress: (received: number, total: number | null) => void,
  signal: AbortSignal,
): Promise<string> {
  let message = '';
  await run(launcher, ['devices', '--install', device], signal, (event) => {
    if (event.event === 'progress')
      onProgress(Number(event.received), event.total === null ? null : Number(event.total));
    if (event.event === 'installed') message = String(event.message);
  });
  return message;
}

function run(launcher: DeviceLauncher, args: readonly string[], signal: AbortSignal, take: (event: CliEvent) => void) {
  return runCli({ script: launcher.cli, nodePath: settings.nodePath(), args, signal }, take);
}
