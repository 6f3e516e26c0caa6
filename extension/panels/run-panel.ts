/**
 * The panel of one run: a page that draws, and here what feeds it. The page asks to `watch`, is
 * told a snapshot of the run directory, then what is new, until it is hidden; shown again, it is a new page and asks again.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PagePeer } from '../../sidecar/rpc/pages.ts';
import { type Handlers, handle, isNothing } from '../../sidecar/rpc/peer.ts';
import { RunReader } from '../../sidecar/runs/reader.ts';
import type { RunChange } from '../../sidecar/runs/run-change.ts';
import type { SampleFile } from '../../sidecar/terms/run-record.ts';
import type { PanelSample, RunAction, RunHost, RunPage } from '../../webview/messages.ts';
import type { Log } from '../editor/log.ts';
import type { RunActions } from '../runs/run-actions.ts';
import { DeltaQueue } from './delta-queue.ts';
import { pagePeer } from './page-peer.ts';
import { webviewPage } from './webview-page.ts';

export class RunPanel implements vscode.Disposable {
  readonly directory: string;
  readonly #panel: vscode.WebviewPanel;
  readonly #actions: RunActions;
  readonly #page: PagePeer<RunHost, RunPage>;
  readonly #queue = new DeltaQueue((method, params) => this.#page.current?.notify(method, params));
  #following: { dispose(): void } | undefined;

  readonly onDidDispose: vscode.Event<void>;
  /** It was shown, hidden, moved, or is now the active one or no longer. */
  readonly onDidChangeViewState: vscode.Event<unknown>;

  constructor(panel: vscode.WebviewPanel, directory: string, extension: vscode.Uri, actions: RunActions, log: Log) {
    this.directory = directory;
    this.#panel = panel;
    this.#actions = actions;
    this.onDidDispose = panel.onDidDispose;
    this.onDidChangeViewState = panel.onDidChangeViewState;
    const dist = vscode.Uri.joinPath(extension, 'dist');
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist, vscode.Uri.file(directory)] };
    this.#page = pagePeer(panel, this.#handlers(), `The panel of ${directory}`, log);
    panel.onDidChangeViewState(() => {
      if (panel.visible) return;
      this.#stopFollowing();
      this.#page.forget();
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

  #handlers(): Handlers<RunHost> {
    const act = (action: RunAction) =>
      handle(isNothing, async () => {
        await this.#actions[action](this.directory);
        return null;
      });
    return {
      requests: {
        watch: handle(isNothing, () => this.#follow()),
        pause: act('pause'),
        resume: act('resume'),
        stop: act('stop'),
        resumeRun: act('resumeRun'),
        openConfig: act('openConfig'),
        openFolder: act('openFolder'),
        showLog: act('showLog'),
      },
      news: {},
    };
  }

  #follow(): null {
    this.#stopFollowing();
    this.#following = new RunReader(this.directory).follow((change) => this.#tell(change));
    return null;
  }

  #tell(change: RunChange): void {
    switch (change.type) {
      case 'snapshot': {
        const { run, metrics, samples } = change.snapshot;
        this.#panel.title = run.name;
        this.#queue.snapshot({ run, metrics, samples: this.#withUris(samples) });
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
        this.#page.current?.notify('trouble', change.error.message);
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
}
