/**
 * The panel of one run: a page that draws, and here what feeds it. The page asks (`ready`), gets a
 * snapshot of the run directory, then what is new, until it is hidden; shown again, it asks again.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../sidecar/errors.ts';
import { type RunChange, RunReader } from '../sidecar/runs/reader.ts';
import type { SampleFile } from '../sidecar/runs/run-record.ts';
import type { FromPanel, PanelSample, ToPanel } from '../webview/messages.ts';
import { DeltaQueue } from './delta-queue.ts';
import { type Log, logFailure } from './log.ts';
import type { RunActions } from './run-actions.ts';

export class RunPanel implements vscode.Disposable {
  readonly directory: string;
  readonly #panel: vscode.WebviewPanel;
  readonly #actions: RunActions;
  readonly #log: Log;
  readonly #queue = new DeltaQueue((message) => this.#post(message));
  #following: { dispose(): void } | undefined;

  readonly onDidDispose: vscode.Event<void>;

  constructor(panel: vscode.WebviewPanel, directory: string, extension: vscode.Uri, actions: RunActions, log: Log) {
    this.directory = directory;
    this.#panel = panel;
    this.#actions = actions;
    this.#log = log;
    this.onDidDispose = panel.onDidDispose;
    const dist = vscode.Uri.joinPath(extension, 'dist');
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist, vscode.Uri.file(directory)] };
    panel.webview.onDidReceiveMessage((message: FromPanel) => this.#receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#stopFollowing();
    });
    panel.onDidDispose(() => this.#stopFollowing());
    panel.webview.html = page(panel.webview, dist, directory);
  }

  get active(): boolean {
    return this.#panel.active;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #receive(message: FromPanel): void {
    switch (message.type) {
      case 'ready':
        this.#stopFollowing();
        this.#following = new RunReader(this.directory).follow((change) => this.#tell(change));
        return;
      case 'command':
        this.#actions[message.command]?.(this.directory).catch((error: unknown) => {
          if (!(error instanceof UserError)) logFailure(this.#log, message.command)(error);
          this.#post({ type: 'error', message: error instanceof Error ? error.message : String(error) });
        });
        return;
      default:
        this.#log.warn(`The panel of ${this.directory} sent an unknown message: ${JSON.stringify(message)}`);
    }
  }

  #tell(change: RunChange): void {
    switch (change.type) {
      case 'snapshot': {
        const { run, metrics, samples } = change.snapshot;
        this.#panel.title = run.name;
        this.#queue.snapshot({ type: 'snapshot', run, metrics, samples: this.#withUris(samples) });
        break;
      }
      case 'metrics':
        this.#queue.metrics(change.rows);
        break;
      case 'samples':
        this.#queue.samples(this.#withUris(change.samples));
        break;
      case 'run':
        this.#queue.run(change.run);
        break;
      case 'error':
        this.#post({ type: 'error', message: change.error.message });
        break;
    }
  }

  #withUris(samples: readonly SampleFile[]): PanelSample[] {
    return samples.map(({ step, file }) => ({
      step,
      uri: this.#panel.webview.asWebviewUri(vscode.Uri.file(join(this.directory, file))).toString(),
    }));
  }

  #stopFollowing(): void {
    this.#following?.dispose();
    this.#following = undefined;
    this.#queue.clear();
  }

  #post(message: ToPanel): void {
    this.#panel.webview.postMessage(message).then(undefined, logFailure(this.#log, 'Writing to a panel'));
  }
}

/** The page: a script and a style of ours, nothing else. It keeps the run's directory for a restored window. */
function page(webview: vscode.Webview, dist: vscode.Uri, directory: string): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${uri('webview.css')}">
    <title>GAN</title>
  </head>
  <body>
    <div id="app" data-run-directory="${escapeHtml(directory)}"></div>
    <script nonce="${nonce}" src="${uri('webview.js')}"></script>
  </body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
