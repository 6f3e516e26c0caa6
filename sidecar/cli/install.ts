/** `gan devices --install ID`: fetches what a device lacks, with progress, until it is there or Ctrl-C. */

import { recordedError } from '../session/failure.ts';
import { type DeviceId, deviceIds } from '../terms/devices.ts';
import { UserError } from '../terms/errors.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../terms/exit-codes.ts';
import { InstallProgress } from './install-progress.ts';
import { printLine, printObject } from './output.ts';
import { errorScreen } from './screen.ts';

const isDevice = (id: string): id is DeviceId => deviceIds.some((known) => known === id);

/** Ctrl-C and SIGTERM end it cleanly, a second one at once. @throws UserError "usage", "device/…". */
export async function installCommand(id: string, json: boolean): Promise<ExitCode> {
  if (!isDevice(id)) throw new UserError('usage', `--install ${id}: no such device. Devices: ${deviceIds.join(', ')}.`);
  const cancel = new AbortController();
  const signals = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;
  let cancelledBy: keyof typeof signals | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (cancelledBy !== null) process.exit(signals[signal]);
      cancelledBy = signal;
      cancel.abort();
    });
  }
  if (!json) await warnOfTheRest(id);
  const progress = json ? jsonProgress() : new InstallProgress(errorScreen, `Downloading ${id}`);
  try {
    const { installDevice } = await import('../devices/install.ts');
    const said = await installDevice(id, {
      onProgress: (received, total) => progress.show(received, total),
      signal: cancel.signal,
    });
    progress.end();
    if (json) printObject({ event: 'installed', device: id, message: said });
    else printLine(`${said}\nSee what it can do: gan devices`);
    return exitCodes.success;
  } catch (error) {
    progress.end();
    if (cancelledBy !== null) {
      if (!json) printLine('Cancelled. Nothing was installed.');
      return signals[cancelledBy];
    }
    if (!json) throw error;
    const { code, message } = recordedError(error);
    printObject({ event: 'error', code, message });
    return exitCodeOf(code);
  }
}

/** What is missing besides does not stop an installation: a machine may get its driver later. */
async function warnOfTheRest(id: DeviceId): Promise<void> {
  const { tryDevice } = await import('../session/machinery.ts');
  const { available, installable, reason, remedy } = await tryDevice(id);
  if (!available && !installable) errorScreen.write(`${reason} ${remedy}\n`);
}

/** Between two objects about the same download, in milliseconds. */
const JSON_INTERVAL = 200;

function jsonProgress(): Pick<InstallProgress, 'show' | 'end'> {
  let last = Number.NEGATIVE_INFINITY;
  return {
    show(received, total) {
      const now = performance.now();
      if (now - last < JSON_INTERVAL && received !== total) return;
      last = now;
      printObject({ event: 'progress', received, total });
    },
    end() {},
  };
}
