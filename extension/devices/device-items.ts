/** The rows of GAN: Select Device, from what is known of the devices. */
import * as vscode from 'vscode';
import { likelyAuto, memoryText, speedText } from '../../sidecar/terms/device-text.ts';
import type { DeviceStatus } from '../../sidecar/terms/devices.ts';

/** A row that can be chosen; a separator has no choice. */
export interface DeviceItem extends vscode.QuickPickItem {
  /** "auto", or a device that runs here, or one that does not. */
  readonly choice?: 'auto' | DeviceStatus;
}

/** Row buttons, told apart by identity. */
export const installButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('cloud-download'),
  tooltip: vscode.l10n.t('Install…'),
};

/** Whether GAN: Install CUDA Support is what it lacks. */
export const isInstallable = ({ id, installable }: DeviceStatus): boolean => installable && id === 'cuda';

const icons: Record<DeviceStatus['id'], string> = {
  cpu: 'chip',
  webgpu: 'circuit-board',
  cuda: 'circuit-board',
  dml: 'circuit-board',
  coreml: 'circuit-board',
  tensorflow: 'circuit-board',
};

/** "auto", what runs here (the fastest first), then what does not. `current`: the config's own choice. */
export function deviceItems(devices: readonly DeviceStatus[], current: string): DeviceItem[] {
  const running = devices.filter(({ available }) => available);
  const missing = devices.filter(({ available }) => !available);
  running.sort((a, b) => Number(a.software) - Number(b.software) || (b.gflops ?? 0) - (a.gflops ?? 0));
  const separator = (label: string): DeviceItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    autoItem(devices, current),
    ...(running.length > 0 ? [separator(vscode.l10n.t('available here'))] : []),
    ...running.map((device) => runningItem(device, current)),
    ...(missing.length > 0 ? [separator(vscode.l10n.t('not available here'))] : []),
    ...missing.map((device) => missingItem(device, current)),
  ];
}

const facts = (...words: readonly (string | false)[]) => words.filter(Boolean).join(' · ');

const mark = (isCurrent: boolean) => isCurrent && vscode.l10n.t('current');

/** Without a list yet, only what it means. */
export function autoItem(devices: readonly DeviceStatus[], current: string): DeviceItem {
  const likely = likelyAuto(devices);
  return {
    choice: 'auto',
    label: '$(sparkle) auto',
    description: facts(likely ? vscode.l10n.t('most likely {0} here', likely.id) : '', mark(current === 'auto')),
    detail: vscode.l10n.t('The fastest device for this config, measured when a run starts.'),
  };
}

function runningItem(device: DeviceStatus, current: string): DeviceItem {
  const { id, name, software, goodFor } = device;
  return {
    choice: device,
    label: `$(${icons[id]}) ${id}`,
    description: facts(name, memoryText(device), speedText(device), mark(current === id)),
    detail: software ? vscode.l10n.t('{0} A software adapter: auto never chooses it.', goodFor) : goodFor,
  };
}

function missingItem(device: DeviceStatus, current: string): DeviceItem {
  const { id, name, reason = '' } = device;
  return {
    choice: device,
    label: `$(circle-slash) ${id}`,
    description: facts(name, mark(current === id)),
    detail: reason,
    ...(isInstallable(device) && { buttons: [installButton] }),
  };
}
