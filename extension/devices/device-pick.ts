/** The pick of GAN: Select Device: open at once, filled when the devices are tried and measured. */
import * as vscode from 'vscode';
import type { DeviceStatus } from '../../sidecar/terms/devices.ts';
import { autoItem, type DeviceItem, deviceItems, installButton } from './device-items.ts';

export type DeviceAnswer =
  | { readonly kind: 'device'; readonly choice: 'auto' | DeviceStatus }
  | { readonly kind: 'install'; readonly device: DeviceStatus };

export interface DeviceQuestion {
  /** The config in a few words. */
  readonly config: string;
  /** What the config says now. */
  readonly current: string;
  /** Tries and measures every device; aborted when the pick is closed. */
  readonly find: (signal: AbortSignal) => Promise<readonly DeviceStatus[]>;
}

const againButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('refresh'),
  tooltip: vscode.l10n.t('Measure Again'),
};

/** Resolves with undefined when the pick is closed. Throws what `find` throws, except after closing. */
export async function askForDevice({ config, current, find }: DeviceQuestion): Promise<DeviceAnswer | undefined> {
  const pick = vscode.window.createQuickPick<DeviceItem>();
  pick.title = vscode.l10n.t('Device for {0}', config);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const closing = new AbortController();
  const load = async () => {
    pick.busy = true;
    // Whoever looks elsewhere meanwhile finds the answer when it is there.
    pick.ignoreFocusOut = true;
    pick.buttons = [];
    pick.placeholder = vscode.l10n.t('Detecting and measuring devices…');
    pick.items = [autoItem([], current)];
    const devices = await find(closing.signal);
    pick.items = deviceItems(devices, current);
    pick.activeItems = pick.items.filter(({ choice }) => idOf(choice) === current);
    pick.placeholder = vscode.l10n.t('Select the device to train on');
    pick.buttons = [againButton];
    pick.ignoreFocusOut = false;
    pick.busy = false;
  };
  try {
    return await new Promise<DeviceAnswer | undefined>((resolve, reject) => {
      const tryLoading = () => void load().catch(reject);
      pick.onDidTriggerButton(tryLoading);
      pick.onDidTriggerItemButton(({ item, button }) => {
        if (button === installButton && item.choice && item.choice !== 'auto') {
          resolve({ kind: 'install', device: item.choice });
        }
      });
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item?.choice) resolve({ kind: 'device', choice: item.choice });
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      tryLoading();
    });
  } finally {
    closing.abort();
    pick.dispose();
  }
}

const idOf = (choice: DeviceItem['choice']) => (choice === undefined || choice === 'auto' ? choice : choice.id);
