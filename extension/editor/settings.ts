/** The extension's settings, typed. Read when needed, so that a change holds at once. */
import * as vscode from 'vscode';
import { threadArguments } from './thread-arguments.ts';

/** What happens to training started from a window when that window closes or reloads. */
export type OnWindowClose = 'continue' | 'stop';

const section = 'gan';

const read = <T>(key: string, fallback: T, scope?: vscode.Uri): T =>
  vscode.workspace.getConfiguration(section, scope).get<T>(key) ?? fallback;

export const settings = {
  /** Path of a Node.js executable that runs the sidecar; undefined: VS Code's own runtime. */
  nodePath(): string | undefined {
    return read('sidecar.nodePath', '').trim() || undefined;
  },
  /** Threads of the CPU that training uses, as arguments of the sidecar's programs; none: all of them. */
  threadArguments(): readonly string[] {
    return threadArguments(read('sidecar.threads', 0));
  },
  onWindowClose(): OnWindowClose {
    return read<OnWindowClose>('sidecar.onWindowClose', 'continue');
  },
  codeLens(): boolean {
    return read('codeLens', true);
  },
  notifyWhenFinished(): boolean {
    return read('notifyWhenFinished', true);
  },
  async setNotifyWhenFinished(value: boolean): Promise<void> {
    await vscode.workspace
      .getConfiguration(section)
      .update('notifyWhenFinished', value, vscode.ConfigurationTarget.Global);
  },
};

/** Fires when the setting (without the leading "gan.") changes. */
export function onDidChangeSetting(key: string, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${key}`)) listener();
  });
}
