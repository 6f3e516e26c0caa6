/** Which files are configs, and which one a command means. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../sidecar/terms/errors.ts';

export const CONFIG_GLOB = '**/{gan.config.json,*.gan.json}';

/** For features that VS Code offers on a document. */
export const configSelector: vscode.DocumentSelector = [
  { pattern: '**/gan.config.json' },
  { pattern: '**/*.gan.json' },
];

export function isConfig(uri: vscode.Uri): boolean {
  return /(^|\/)(gan\.config|[^/]*\.gan)\.json$/.test(uri.path);
}

/** All configs of the workspace, in the order of their paths. */
export async function findConfigs(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(CONFIG_GLOB, '**/{node_modules,.gan,dist}/**');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The config in the active editor, or in the active tab of another kind of editor. */
export function activeConfig(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri =
    vscode.window.activeTextEditor?.document.uri ?? (input instanceof vscode.TabInputText ? input.uri : undefined);
  return uri && isConfig(uri) ? uri : undefined;
}

/**
 * The active config, else the only one in the workspace, else the one picked; undefined: nothing was picked.
 * @throws UserError "editor/no-config".
 */
export async function chooseConfig(placeHolder: string): Promise<vscode.Uri | undefined> {
  const active = activeConfig();
  if (active) return active;
  const configs = await findConfigs();
  if (configs.length === 0) {
    throw new UserError(
      'editor/no-config',
      vscode.l10n.t('This workspace has no gan.config.json. Create one with “GAN: New Config…”.'),
    );
  }
  if (configs.length === 1) return configs[0];
  const items = configs.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}

/** For messages: "gan.config.json" alone says little in a workspace that has several. */
export function configLabel(config: vscode.Uri): string {
  const path = vscode.workspace.asRelativePath(config);
  return path.length <= 60 ? path : basename(config.path);
}

/** Calls back once, as soon as a config is open. */
export function onFirstConfig(callback: () => void): vscode.Disposable {
  if (vscode.workspace.textDocuments.some(({ uri }) => isConfig(uri))) {
    callback();
    return { dispose() {} };
  }
  const listening = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
    if (!isConfig(uri)) return;
    listening.dispose();
    callback();
  });
  return listening;
}
