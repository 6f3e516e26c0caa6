/** Which images a new config learns from: the preset's own, or others that fit it. */
import * as vscode from 'vscode';
import { type Preset, type PresetId, presetList } from '../../sidecar/config/preset-list.ts';
import { sourceOfName, sourceOfPath } from '../../sidecar/config/source-of-path.ts';

/** What to learn from: what the preset names, a source that needs no path, or images in a folder or file. */
export type DataChoice =
  | 'preset'
  | 'mnist'
  | 'digits'
  | { readonly images: vscode.Uri; readonly source?: 'folder' | 'zip' | 'tar' | 'npz' | 'table' };

/** Kinds of files that an open dialog tells apart. */
type FileKind = 'archive' | 'numbers';

interface DataItem extends vscode.QuickPickItem {
  readonly choice: DataChoice | 'folder' | FileKind;
}

/** Names of the sources that presets have. */
const SOURCES: Readonly<Record<string, string>> = {
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
  'stacked-mnist': 'Stacked MNIST',
  digits: 'Digits',
};

/** Undefined: nothing was picked. */
export async function chooseData(
  extension: vscode.Uri,
  id: PresetId,
  folder: vscode.Uri,
): Promise<DataChoice | undefined> {
  const preset = presetList.find((candidate) => candidate.id === id) as Preset;
  const { readPreset } = await import('../../sidecar/config/preset-config.ts');
  const { readConfig } = await import('../../sidecar/config/diagnose.ts');
  const { source, path } = readConfig(await readPreset(id, extension.fsPath)).valid.data ?? {};
  const picked = await vscode.window.showQuickPick(dataItems(preset, source ?? '', path), {
    title: preset.title,
    placeHolder: vscode.l10n.t('Select the images to train on'),
  });
  if (picked?.choice === 'folder') return chooseImages(folder);
  return picked?.choice === 'archive' || picked?.choice === 'numbers'
    ? chooseFile(folder, picked.choice)
    : picked?.choice;
}

/** The preset's own data first, unless a person has to bring them. */
export function dataItems(preset: Pick<Preset, 'data'>, source: string, path?: string): readonly DataItem[] {
  const images: DataItem = {
    choice: 'folder',
    label: vscode.l10n.t('$(folder) Images folder'),
    detail: vscode.l10n.t('PNG, JPEG, WebP and other images; a folder for each class if there are classes.'),
  };
  const archive: DataItem = {
    choice: 'archive',
    label: vscode.l10n.t('$(file-zip) Images in a zip or tar'),
    detail: vscode.l10n.t('The same in one file; StyleGAN and WebDataset labels are read too.'),
  };
  const numbers: DataItem = {
    choice: 'numbers',
    label: vscode.l10n.t('$(table) Table or arrays'),
    detail: vscode.l10n.t('CSV or Parquet with files of images or a column for each pixel; NumPy’s NPZ or NPY.'),
  };
  if (preset.data === 'own') {
    const later = vscode.l10n.t('The config points to {0}: put your images there, or change the path.', path ?? source);
    return [
      images,
      archive,
      numbers,
      { choice: 'preset', label: vscode.l10n.t('$(edit) Fill in later'), detail: later },
    ];
  }
  const drawn = vscode.l10n.t('Digits drawn by GAN Studio, 28×28, grey. No download needed.');
  const own: DataItem = {
    choice: 'preset',
    label: vscode.l10n.t('$(star) As in the preset: {0}', SOURCES[source] ?? source),
    detail:
      preset.data === 'drawn' ? drawn : vscode.l10n.t('The data that the preset is designed for. Downloaded once.'),
  };
  const mnist: DataItem = {
    choice: 'mnist',
    label: vscode.l10n.t('$(symbol-number) MNIST'),
    detail: vscode.l10n.t('60,000 handwritten digits, 28×28, grey. Downloaded once.'),
  };
  const digits: DataItem = { choice: 'digits', label: vscode.l10n.t('$(zap) Digits'), detail: drawn };
  // Other digits than three at once would not show what that preset is about.
  const others = source === 'stacked-mnist' ? [] : [mnist, digits].filter(({ choice }) => choice !== source);
  return [own, images, archive, numbers, ...others];
}

async function chooseImages(folder: vscode.Uri): Promise<DataChoice | undefined> {
  const [images] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: folder,
      openLabel: vscode.l10n.t('Use This Folder'),
      title: vscode.l10n.t('Folder of images'),
    })) ?? [];
  return images && { images, source: (await sourceOfPath(images.fsPath)) === 'table' ? 'table' : 'folder' };
}

async function chooseFile(folder: vscode.Uri, kind: FileKind): Promise<DataChoice | undefined> {
  const asked =
    kind === 'archive'
      ? {
          filters: { [vscode.l10n.t('Archives of images')]: ['zip', 'tar', 'gz', 'tgz'] },
          openLabel: vscode.l10n.t('Use This Archive'),
          title: vscode.l10n.t('Zip or tar of images'),
        }
      : {
          filters: { [vscode.l10n.t('Tables and arrays')]: ['csv', 'tsv', 'parquet', 'npz', 'npy'] },
          openLabel: vscode.l10n.t('Use This File'),
          title: vscode.l10n.t('Table or arrays of images'),
        };
  const [images] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: true,
      canSelectFolders: false,
      defaultUri: folder,
      ...asked,
    })) ?? [];
  return images && { images, source: sourceOf(images.path) ?? (kind === 'archive' ? 'tar' : 'table') };
}

/** By the file's ending; null for other endings than the dialog shows. */
function sourceOf(path: string) {
  const source = sourceOfName(path);
  return source === 'zip' || source === 'tar' || source === 'npz' || source === 'table' ? source : null;
}
