/** GAN: New Config…, a short guided pick that writes a valid gan.config.json. */
import { dirname, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { newConfig } from '../sidecar/config/new-config.ts';
import { UserError } from '../sidecar/errors.ts';

export interface ConfigChoice {
  readonly source: 'digits' | 'mnist' | 'folder';
  /** The images folder; only with source "folder". */
  readonly images?: vscode.Uri;
}

/** Asks for the data, writes the config and opens it. Does nothing when an answer is missing. */
export async function createConfigGuided(): Promise<vscode.Uri | undefined> {
  const folder = await chooseFolder();
  if (!folder) return undefined;
  const choice = await chooseData(folder);
  if (!choice) return undefined;
  const config = await createConfig(folder, choice);
  await vscode.window.showTextDocument(config);
  return config;
}

/** Writes the config into the folder under a name that is still free, and returns where. */
export async function createConfig(folder: vscode.Uri, choice: ConfigChoice): Promise<vscode.Uri> {
  const config = await freeName(folder, choice.source);
  const path = choice.images && pathFrom(config, choice.images);
  const text = newConfig({ source: choice.source, ...(path === undefined ? {} : { path }) });
  await vscode.workspace.fs.writeFile(config, new TextEncoder().encode(await mended(text, config)));
  return config;
}

/** The text with what the data themselves demand, such as a batch no larger than a small folder. */
async function mended(text: string, config: vscode.Uri): Promise<string> {
  const { diagnose } = await import('../sidecar/config/diagnose.ts');
  const wrong = (await diagnose(text, config.fsPath)).find(({ severity, fix }) => severity === 'error' && fix);
  if (!wrong?.fix) return text;
  return wrong.fix.edits.reduceRight(
    (before, edit) => before.slice(0, edit.offset) + edit.text + before.slice(edit.offset + edit.length),
    text,
  );
}

/** "gan.config.json", else "<source>.gan.json", else "<source>-2.gan.json" and so on. */
async function freeName(folder: vscode.Uri, source: string): Promise<vscode.Uri> {
  const taken = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  const names = ['gan.config.json', `${source}.gan.json`];
  for (let number = 2; names.every((name) => taken.has(name)); number++) names.push(`${source}-${number}.gan.json`);
  return vscode.Uri.joinPath(folder, names.find((name) => !taken.has(name))!);
}

/** Relative where the images lie beside or below the config, so that the folder can move; with forward slashes. */
function pathFrom(config: vscode.Uri, images: vscode.Uri): string {
  const path = relative(dirname(config.fsPath), images.fsPath) || '.';
  return (path.startsWith('..') ? images.fsPath : path).split(sep).join('/');
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw new UserError('editor/no-folder', vscode.l10n.t('Open a folder first: the config is written into it.'));
  }
  if (folders.length === 1) return folders[0]?.uri;
  return (
    await vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t('Create the config in which folder?') })
  )?.uri;
}

async function chooseData(folder: vscode.Uri): Promise<ConfigChoice | undefined> {
  const items: (vscode.QuickPickItem & { readonly source: ConfigChoice['source'] })[] = [
    {
      source: 'folder',
      label: vscode.l10n.t('$(folder) Images folder'),
      detail: vscode.l10n.t('PNG, JPEG or WebP files; a folder for each class if there are classes.'),
    },
    {
      source: 'mnist',
      label: vscode.l10n.t('$(symbol-number) MNIST'),
      detail: vscode.l10n.t('60,000 handwritten digits, 28×28, grey. Downloaded once.'),
    },
    {
      source: 'digits',
      label: vscode.l10n.t('$(edit) Digits'),
      detail: vscode.l10n.t('Digits drawn by the extension itself, 28×28, grey. Needs no download.'),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Learn from which images?') });
  if (!picked) return undefined;
  if (picked.source !== 'folder') return { source: picked.source };
  const [images] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: folder,
      openLabel: vscode.l10n.t('Use This Folder'),
      title: vscode.l10n.t('Folder of images'),
    })) ?? [];
  return images && { source: 'folder', images };
}
