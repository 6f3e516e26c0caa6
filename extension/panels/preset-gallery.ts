/** The gallery of presets in the editor area, from which GAN: New Config… begins. */
import * as vscode from 'vscode';
import { isPresetId, type PresetId, presetList, presetPicture } from '../../sidecar/config/preset-list.ts';
import { type Handlers, handle, isNothing } from '../../sidecar/rpc/peer.ts';
import type { GalleryHost, GalleryPage, GalleryPreset } from '../../webview/messages.ts';
import type { Log } from '../editor/log.ts';
import { pagePeer } from './page-peer.ts';
import { webviewPage } from './webview-page.ts';

const VIEW_TYPE = 'gan.presets';

/** Makes a config of the preset; true: it did, false: the person thought better of it. Reports its own errors. */
export type PresetChosen = (id: PresetId) => Promise<boolean>;

export class PresetGallery implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #log: Log;
  #panel: vscode.WebviewPanel | undefined;

  constructor(extension: vscode.Uri, log: Log) {
    this.#extension = extension;
    this.#log = log;
  }

  /** Shows it, in its place where it is open. It closes when a config was made. */
  open(onChosen: PresetChosen): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const title = vscode.l10n.t('New Config');
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active);
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    const dist = vscode.Uri.joinPath(this.#extension, 'dist');
    panel.iconPath = vscode.Uri.joinPath(this.#extension, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist, this.#pictures] };
    pagePeer<GalleryHost, GalleryPage>(panel, this.#handlers(panel, onChosen), 'The gallery of presets', this.#log);
    panel.webview.html = webviewPage(panel.webview, dist, 'gallery');
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #handlers(panel: vscode.WebviewPanel, onChosen: PresetChosen): Handlers<GalleryHost> {
    return {
      requests: {
        presets: handle(isNothing, () => this.#presets(panel.webview)),
        choose: handle(isPreset, async (id) => {
          if (await onChosen(id)) panel.dispose();
          return null;
        }),
      },
      news: {},
    };
  }

  get #pictures(): vscode.Uri {
    return vscode.Uri.joinPath(this.#extension, 'media', 'presets');
  }

  async #presets(webview: vscode.Webview): Promise<GalleryPreset[]> {
    const there = new Set(await files(this.#pictures));
    return presetList.map(({ id, title, line, group, data }) => {
      const file = vscode.Uri.joinPath(this.#extension, presetPicture(id));
      const known = there.has(file.path.split('/').at(-1) ?? '');
      return { id, title, line, group, data, picture: known ? webview.asWebviewUri(file).toString() : null };
    });
  }
}

/** Names in a folder; none where there is no folder. */
async function files(folder: vscode.Uri): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
  return entries.map(([name]) => name);
}

const isPreset = (value: unknown): value is PresetId => typeof value === 'string' && isPresetId(value);
