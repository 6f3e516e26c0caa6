/**
 * The panel of one run: a page that draws, and here what feeds it. The page asks (`ready`), gets a
 * snapshot of the run directory, then what is new, until it is hidden; shown again, it asks again.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../sidecar/errors.ts';
import { type RunChange, RunReader } from '../../sidecar/runs/reader.ts';
import type { SampleFile } from '../../sidecar/runs/run-record.ts';
import type { FromPanel, PanelSample, ToPanel } from '../../webview/messages.ts';
import { type Log, logFailure } from '../editor/log.ts';
import type { RunActions } from '../runs/run-actions.ts';
import { DeltaQueue } from './delta-queue.ts';
import { webviewPage } from './webview-page.ts';

export class RunPanel implements vscode.Disposable {
  readonly directory: string;
  readonly #panel: vscode.WebviewPanel;
  readonly #actions: RunActions;
  readonly #log: Log;
  readonly #queue = new DeltaQueue((message) => this.#post(message));
  #following: { dispose(): void } | undefined;

  readonly onDidDispose: vscode.Event<void>;
  /** It was shown, hidden, moved, or is now the active one or no longer. */
  readonly onDidChangeViewState: vscode.Event<unknown>;

  constructor(panel: vscode.WebviewPanel, directory: string, extension: vscode.Uri, actions: RunActions, log: Log) {
    this.directory = directory;
    this.#panel = panel;
    this.#actions = actions;
    this.#log = log;
    this.onDidDispose = panel.onDidDispose;
    this.onDidChangeViewState = panel.onDidChangeViewState;
    const dist = vscode.Uri.joinPath(extension, 'dist');
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist, vscode.Uri.file(directory)] };
    panel.webview.onDidReceiveMessage((message: FromPanel) => this.#receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#stopFollowing();
    });
    panel.onDidDispose(() => this.#stopFollowing());
    // It keeps the run's directory for a restored window.
    panel.webview.html = webviewPage(panel.webview, dist, 'webview', { 'run-directory': directory });
  }

  get active(): boolean {
    return this.#panel.active;
  }

  get title(): string {
    return this.#panel.title;
  }

  /** Undefined until VS Code has told it. */
  get column(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
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
        void this.#follow();
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

  async #follow(): Promise<void> {
    this.#stopFollowing();
    let wanted = true;
    this.#following = {
      dispose() {
        wanted = false;
      },
    };
    // Hidden, or asked again, in the meantime.
    if (wanted) this.#following = new RunReader(this.directory).follow((change) => this.#tell(change));
  }

  #tell(change: RunChange): void {
    switch (change.type) {
      case 'snapshot': {
        const { run, metrics, samples } = change.snapshot;
        this.#panel.title = run.name;
        this.#queue.snapshot({
          type: 'snapshot',
          run,
          metrics,
          samples: this.#withUris(samples),
        });
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
