/** The open run panels, one a run: opens, finds and restores them. */
import * as vscode from 'vscode';
import { UserError } from '../sidecar/errors.ts';
import { RunReader } from '../sidecar/runs/reader.ts';
import { isConfig } from './configs.ts';
import type { Log } from './log.ts';
import type { RunActions } from './run-actions.ts';
import { RunPanel } from './run-panel.ts';

/** Names the panel in package.json's activation events, and to VS Code when it restores one. */
const VIEW_TYPE = 'gan.run';

export class RunPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #actions: RunActions;
  readonly #log: Log;
  readonly #panels = new Map<string, RunPanel>();
  readonly #serializer: vscode.Disposable;

  constructor(extension: vscode.Uri, actions: RunActions, log: Log) {
    this.#extension = extension;
    this.#actions = actions;
    this.#log = log;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);
  }

  /** The run in the active panel. */
  get active(): string | undefined {
    return [...this.#panels.values()].find((panel) => panel.active)?.directory;
  }

  /**
   * Shows the run, in its panel where it has one. Without a column: beside a config, else in place.
   * Throws UserError where there is no run.
   */
  async open(directory: string, column?: vscode.ViewColumn): Promise<void> {
    const open = this.#panels.get(directory);
    if (open) return open.reveal();
    const { name } = await new RunReader(directory).run();
    const active = vscode.window.activeTextEditor;
    const beside = active && isConfig(active.document.uri);
    const viewColumn = column ?? (beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, name, { viewColumn, preserveFocus: beside === true });
    this.#add(panel, directory);
  }

  /** Brings a panel back after a reload; one whose run is gone is closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const directory = runDirectoryOf(state);
    try {
      if (directory === undefined) throw new UserError('editor/no-run', 'The panel does not know its run.');
      await new RunReader(directory).run();
      this.#add(panel, directory);
    } catch (error) {
      this.#log.warn(`A run panel was not restored: ${error instanceof Error ? error.message : error}`);
      panel.dispose();
    }
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #add(webviewPanel: vscode.WebviewPanel, directory: string): void {
    const panel = new RunPanel(webviewPanel, directory, this.#extension, this.#actions, this.#log);
    this.#panels.set(directory, panel);
    panel.onDidDispose(() => this.#panels.delete(directory));
  }
}

/** The panel's page keeps its run's directory in its state; see `run-panel.ts`. */
function runDirectoryOf(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('runDirectory' in state)) return undefined;
  return typeof state.runDirectory === 'string' ? state.runDirectory : undefined;
}
