/** The extension's settings, typed. Read when needed, so that a change takes effect at once. */
import * as vscode from 'vscode';
import { type OnWindowClose, type SettingKey, type Settings, validSetting } from './setting-list.ts';
import { threadArguments } from './thread-arguments.ts';

const section = 'gan';

const read = <Key extends SettingKey>(key: Key): Settings[Key] =>
  validSetting(key, vscode.workspace.getConfiguration(section).get<unknown>(key));

export const settings = {
  /** Path of a Node.js executable that runs the sidecar; undefined: VS Code's own runtime. */
  nodePath: (): string | undefined => read('sidecar.nodePath').trim() || undefined,
  /** Threads of the CPU that training uses, as arguments of the sidecar's programs; none: all of them. */
  threadArguments: (): readonly string[] => threadArguments(read('sidecar.threads')),
  onWindowClose: (): OnWindowClose => read('sidecar.onWindowClose'),
  codeLens: (): boolean => read('codeLens'),
  notifyWhenFinished: (): boolean => read('notifyWhenFinished'),
};

/** Writes the setting for all of the person's windows. */
export async function changeSetting<Key extends SettingKey>(key: Key, value: Settings[Key]): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);
}

export function onDidChangeSetting(key: SettingKey, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${key}`)) listener();
  });
}
