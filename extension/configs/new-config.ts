/** GAN: New Config…: a preset's config on data of the person's choice, written into the workspace and opened. */
import { basename, dirname, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { PresetId } from '../../sidecar/config/preset-list.ts';
import type { Config } from '../../sidecar/config/schema.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import { chooseData, type DataChoice } from './new-config-data.ts';

/** Asks for what is not known yet, writes the config and opens it; undefined: an answer is missing. */
export async function createConfigGuided(
  extension: vscode.Uri,
  preset: PresetId,
  known?: DataChoice,
): Promise<vscode.Uri | undefined> {
  const folder = await chooseFolder();
  if (!folder) return undefined;
  const data = known ?? (await chooseData(extension, preset, folder));
  if (!data) return undefined;
  const config = await createConfig(extension, folder, preset, data);
  await vscode.window.showTextDocument(config);
  return config;
}

/** Writes the config into the folder under a name that is still free, and returns where. */
export async function createConfig(
  extension: vscode.Uri,
  folder: vscode.Uri,
  preset: PresetId,
  data: DataChoice,
): Promise<vscode.Uri> {
  // Loaded when first needed: activation pays nothing for it.
  const { newConfig, readPreset } = await import('../../sidecar/config/preset-config.ts');
  const { mended } = await import('../../sidecar/config/mend.ts');
  const config = await freeName(folder, preset);
  const text = newConfig(await readPreset(preset, extension.fsPath), {
    ...(data === 'preset' ? {} : { data: dataGroup(config, data) }),
    ...nameOf(config),
  });
  await vscode.workspace.fs.writeFile(config, new TextEncoder().encode(await mended(text, config.fsPath)));
  return config;
}

const dataGroup = (config: vscode.Uri, data: Exclude<DataChoice, 'preset'>): Config['data'] =>
  typeof data === 'string'
    ? { source: data }
    : { source: data.source ?? 'folder', path: pathFrom(config, data.images) };

/** Runs are told apart by the config's name: that of a second config is its file's. */
function nameOf(config: vscode.Uri): { readonly name?: string } {
  const name = /^(.+)\.gan\.json$/.exec(basename(config.path))?.[1];
  return name === undefined ? {} : { name };
}

/** "gan.config.json", else "<preset>.gan.json", else "<preset>-2.gan.json" and so on. */
async function freeName(folder: vscode.Uri, preset: string): Promise<vscode.Uri> {
  const taken = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  const names = ['gan.config.json', `${preset}.gan.json`];
  for (let number = 2; names.every((name) => taken.has(name)); number++) names.push(`${preset}-${number}.gan.json`);
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
    await vscode.window.showWorkspaceFolderPick({
      placeHolder: vscode.l10n.t('Select the folder to create the config in'),
    })
  )?.uri;
}
