/** GAN: Install CUDA Support: fetches what ONNX Runtime needs for CUDA, in a notification that cancels. */
import * as vscode from 'vscode';
import { UserError } from '../../sidecar/terms/errors.ts';
import { commandAction } from '../editor/actions.ts';
import type { Notifier } from '../editor/notifier.ts';
import { type DeviceLauncher, installDevice } from './devices.ts';

/** Set while one is on its way: two would write the same files. */
let installing = false;

/** @throws UserError: why nothing was installed; "sidecar/cancelled" when the person cancelled. */
export async function installCuda(launcher: DeviceLauncher, notifier: Notifier): Promise<void> {
  if (installing) {
    throw new UserError('editor/already-installing', vscode.l10n.t('CUDA support is already being installed.'));
  }
  installing = true;
  try {
    const message = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Installing CUDA support'),
        cancellable: true,
      },
      (progress, token) => install(launcher, progress, token),
    );
    notifier.info(message, commandAction(vscode.l10n.t('Select Device…'), 'gan.selectDevice'));
  } finally {
    installing = false;
  }
}

type Progress = vscode.Progress<{ message?: string; increment?: number }>;

async function install(launcher: DeviceLauncher, progress: Progress, token: vscode.CancellationToken): Promise<string> {
  const cancel = new AbortController();
  const listening = token.onCancellationRequested(() => cancel.abort());
  let share = 0;
  try {
    return await installDevice(
      launcher,
      'cuda',
      (received, total) => {
        const before = share;
        share = total ? received / total : 0;
        progress.report({ message: downloadText(received, total), increment: Math.max(0, 100 * (share - before)) });
      },
      cancel.signal,
    );
  } finally {
    listening.dispose();
  }
}

/** "120 of 480 MB". */
export function downloadText(received: number, total: number | null): string {
  const megabytes = (bytes: number) => Math.round(bytes / 1e6).toString();
  return total === null
    ? vscode.l10n.t('{0} MB', megabytes(received))
    : vscode.l10n.t('{0} of {1} MB', megabytes(received), megabytes(total));
}
