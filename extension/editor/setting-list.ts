/** Every setting that the extension contributes; a test compares it with package.json both ways. */

/** What happens to training started from a window when that window closes or reloads. */
export type OnWindowClose = 'continue' | 'stop';

/** Keys without the leading "gan.". */
export interface Settings {
  /** Path of a Node.js executable that runs the sidecar; empty: VS Code's own runtime. */
  readonly 'sidecar.nodePath': string;
  /** Threads of the CPU that training uses; 0: all of them. */
  readonly 'sidecar.threads': number;
  readonly 'sidecar.onWindowClose': OnWindowClose;
  readonly codeLens: boolean;
  readonly notifyWhenFinished: boolean;
}

export type SettingKey = keyof Settings;

export const settingDefaults: Settings = {
  'sidecar.nodePath': '',
  'sidecar.threads': 0,
  'sidecar.onWindowClose': 'continue',
  codeLens: true,
  notifyWhenFinished: true,
};

/** The words that a setting may have, where it is not free. */
export const settingChoices: { readonly [Key in SettingKey]?: readonly Settings[Key][] } = {
  'sidecar.onWindowClose': ['continue', 'stop'],
};

/** `value` where the setting may have it, else its default: settings.json is written by hand too. */
export function validSetting<Key extends SettingKey>(key: Key, value: unknown): Settings[Key] {
  const fallback = settingDefaults[key];
  if (typeof value !== typeof fallback) return fallback;
  const setting = value as Settings[Key];
  const choices: readonly Settings[Key][] | undefined = settingChoices[key];
  return choices === undefined || choices.includes(setting) ? setting : fallback;
}
