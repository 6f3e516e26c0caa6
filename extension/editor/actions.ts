/** The buttons of notifications. */
import * as vscode from 'vscode';
import type { CommandArguments } from './command-ids.ts';
import type { Action } from './notifier.ts';
import { runCommand } from './run-command.ts';
import type { SettingKey } from './setting-list.ts';

export function commandAction<Id extends keyof CommandArguments>(
  title: string,
  id: Id,
  ...args: CommandArguments[Id]
): Action {
  return { title, run: () => runCommand(id, ...args) };
}

export const openRun = (directory: string): Action =>
  commandAction(vscode.l10n.t('Open Run'), 'gan.openRun', directory);

export const resumeRun = (directory: string): Action => commandAction(vscode.l10n.t('Resume'), 'gan.resume', directory);

/** Continues from the last checkpoint on the CPU, whatever the run's own device. */
export const resumeOnCpu = (directory: string): Action =>
  commandAction(vscode.l10n.t('Resume on CPU'), 'gan.resume', { directory, device: 'cpu' });

export const selectDeviceOf = (configPath: string): Action =>
  commandAction(vscode.l10n.t('Select Device…'), 'gan.selectDevice', vscode.Uri.file(configPath));

/** The log of the run, or without a directory all that the extension has to say. */
export const showLog = (directory?: string): Action => {
  const title = vscode.l10n.t('Show Log');
  return directory === undefined ? commandAction(title, 'gan.showLog') : commandAction(title, 'gan.showLog', directory);
};

export const openSetting = (key: SettingKey): Action =>
  commandAction(vscode.l10n.t('Open Setting'), 'workbench.action.openSettings', `@id:gan.${key}`);

export const openConfig = (path: string): Action => ({
  title: vscode.l10n.t('Open Config'),
  run: () => vscode.window.showTextDocument(vscode.Uri.file(path)),
});
