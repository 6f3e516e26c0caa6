/** What the suites share: the extension's parts, files in the workspace, and waiting for events. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Notification } from '../../extension/editor/notifier.ts';
import type { TestApi } from '../../extension/extension.ts';
import type { RunEnd } from '../../extension/runs/live-run.ts';
import manifest from '../../package.json' with { type: 'json' };

export { manifest };

const extension = vscode.extensions.getExtension<TestApi>(`${manifest.publisher}.${manifest.name}`);

export async function activate(): Promise<TestApi> {
  if (!extension) throw new Error(`${manifest.publisher}.${manifest.name} is not loaded`);
  return extension.activate();
}

/** A file of the project, by its path from the root. */
export function projectFile(...path: string[]): string {
  return join(extension?.extensionPath ?? '', ...path);
}

export const workspaceFolder = (): vscode.Uri => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The tests need a workspace folder.');
  return folder.uri;
};

/** Small enough for the cpu to finish in a few seconds. */
export const tinyConfig = {
  model: { architecture: 'chapter-mlp-conv' },
  data: { source: 'digits' },
  training: { steps: 6, batchSize: 4, seed: 1 },
  monitor: { logEvery: 1, sampleEvery: 3, checkpointEvery: 3, gridSize: 2 },
  device: 'cpu',
};

/** Writes a config into a folder of its own, so that its run has a name of its own. */
export async function writeConfig(folder: string, content: unknown = tinyConfig): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), folder, 'gan.config.json');
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Resolves with the first event for which `wanted` holds. Fails after `timeout` milliseconds. */
export function next<T>(
  event: vscode.Event<T>,
  what: string,
  wanted: (value: T) => boolean = () => true,
  timeout = 120_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error(`${what}: nothing in ${timeout} ms`))), timeout);
    const listening = event((value) => {
      if (wanted(value)) finish(() => resolve(value));
    });
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      listening.dispose();
      settle();
    };
  });
}

/** Resolves when `holds` is true: now, or after one of the events. */
export async function until(event: vscode.Event<unknown>, what: string, holds: () => boolean): Promise<void> {
  if (!holds()) await next(event, what, holds);
}

/** Runs a command and resolves with the notification that it leads to. */
export async function notificationOf(command: string, ...args: unknown[]): Promise<Notification> {
  const { notifier } = await activate();
  const shown = next(notifier.onDidShow, `notification after ${command}`);
  await vscode.commands.executeCommand(command, ...args);
  return shown;
}

/** Collects what is shown while `during` goes on. */
export async function notificationsWhile(during: () => Promise<unknown>): Promise<Notification[]> {
  const { notifier } = await activate();
  const shown: Notification[] = [];
  const listening = notifier.onDidShow((notification) => shown.push(notification));
  try {
    await during();
  } finally {
    listening.dispose();
  }
  return shown;
}

export async function ended(directory?: string, timeout?: number): Promise<RunEnd> {
  const { controller } = await activate();
  return next(controller.onDidEnd, 'end of the run', (end) => !directory || end.directory === directory, timeout);
}

export const actionTitles = ({ actions }: Notification): string[] => actions.map(({ title }) => title);

export async function closeAllEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export async function openEditor(uri: vscode.Uri): Promise<vscode.TextDocument> {
  return (await vscode.window.showTextDocument(uri)).document;
}
