/** GAN: Select Device, from the pick to the config, or to what would make the chosen device run. */
import * as vscode from 'vscode';
import { troubleText } from '../../sidecar/terms/device-text.ts';
import type { DeviceStatus } from '../../sidecar/terms/devices.ts';
import { configLabel } from '../configs/configs.ts';
import { commandAction, openSetting } from '../editor/actions.ts';
import type { Action, Notifier } from '../editor/notifier.ts';
import { runCommand } from '../editor/run-command.ts';
import { readDevice, writeDevice } from './device-edit.ts';
import { isInstallable } from './device-items.ts';
import { askForDevice } from './device-pick.ts';
import { type DeviceLauncher, findDevices } from './devices.ts';

export interface SelectParts {
  readonly devices: DeviceLauncher;
  readonly notifier: Notifier;
  /** Whether a run of the config trains now, which keeps its device. */
  readonly trains: (config: vscode.Uri) => boolean;
}

/** @throws UserError where the devices cannot be listed or the config cannot be edited. */
export async function selectDevice(config: vscode.Uri, parts: SelectParts): Promise<void> {
  const document = await vscode.workspace.openTextDocument(config);
  const answer = await askForDevice({
    config: configLabel(config),
    current: readDevice(document.getText()),
    find: (signal) => findDevices(parts.devices, signal),
  });
  if (answer === undefined) return;
  if (answer.kind === 'install') await runCommand('gan.installCuda');
  else await choose(config, answer.choice, parts);
}

/** What choosing a row does. */
export async function choose(config: vscode.Uri, choice: 'auto' | DeviceStatus, parts: SelectParts): Promise<void> {
  const { notifier } = parts;
  if (choice !== 'auto' && !choice.available) {
    const trouble = isInstallable(choice) ? (choice.reason ?? '') : troubleText(choice);
    notifier.warning(vscode.l10n.t('{0} is not available here. {1}', choice.name, trouble), ...remedies(choice));
    return;
  }
  const id = choice === 'auto' ? choice : choice.id;
  const changed = await writeDevice(config, id);
  const label = configLabel(config);
  if (!changed) notifier.status(vscode.l10n.t('{0} already uses device {1}.', label, id));
  else if (parts.trains(config)) {
    notifier.status(vscode.l10n.t('{0} will use device {1} from its next run.', label, id));
  } else notifier.status(vscode.l10n.t('{0} now uses device {1}.', label, id));
}

function remedies(device: DeviceStatus): Action[] {
  if (isInstallable(device)) return [commandAction(vscode.l10n.t('Install…'), 'gan.installCuda')];
  const command = /"(npm [^"]+)"/.exec(device.remedy ?? '')?.[1];
  const copy = (title: string, text: string): Action => ({ title, run: () => vscode.env.clipboard.writeText(text) });
  return [
    command ? copy(vscode.l10n.t('Copy Command'), command) : copy(vscode.l10n.t('Copy'), troubleText(device)),
    // TensorFlow's binding does not run in VS Code's own runtime.
    ...(device.id === 'tensorflow' ? [openSetting('sidecar.nodePath')] : []),
  ];
}
