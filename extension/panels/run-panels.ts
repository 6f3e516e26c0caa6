/** The open run panels, one a run: opens, finds and restores them. */
import * as vscode from 'vscode';
import { RunReader } from '../../sidecar/runs/reader.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import { isConfig } from '../configs/configs.ts';
import { type Log, logFailure } from '../editor/log.ts';
import type { RunActions } from '../runs/run-actions.ts';
import { inTabs, type Memory, type OpenPanel, readOpenPanels, takeOut, writeOpenPanels } from './open-panels.ts';
import { RunPanel } from './run-panel.ts';

/** Names the panel in package.json's activation events, and to VS Code when it restores one. */
const VIEW_TYPE = 'gan.run';

/** What the panels are made with. */
export interface PanelParts {
  readonly extension: vscode.Uri;
  readonly actions: RunActions;
  /** The workspace's state. */
  readonly memory: Memory;
  readonly log: Log;
}

export class RunPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #panels = new Map<string, { readonly panel: RunPanel; readonly column: vscode.ViewColumn }>();
  readonly #subscriptions: vscode.Disposable[];
  /** The runs whose panels were open when the window was left; undefined: it was not written down. */
  readonly #before: ReadonlySet<string> | undefined;
  /** Those of them that are not open yet: VS Code restores a tab when it is first seen. */
  #waiting: readonly OpenPanel[];
  /** Those of them that are about to be opened again. */
  #reopening: readonly OpenPanel[] = [];
  /** Titles of the tabs that VS Code has brought back and not restored yet. */
  readonly #restoring = runTabs();
  #written = '';
  #disposed = false;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    const before = readOpenPanels(parts.memory);
    this.#before = before && new Set(before.map(({ directory }) => directory));
    this.#waiting = before ?? [];
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#write()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#write()),
    ];
    this.#reopen().catch(logFailure(parts.log, 'Opening run panels again'));
  }

  /** The run in the active panel. */
  get active(): string | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.panel.directory;
  }

  /**
   * Shows the run, in its panel where it has one. Without a column: beside a config, else in place.
   * @throws UserError where there is no run.
   */
  async open(directory: string, column?: vscode.ViewColumn): Promise<void> {
    if (this.#reveal(directory)) return;
    const { name } = await new RunReader(directory).run();
    // Another command may have opened it in the meantime.
    if (this.#reveal(directory)) return;
    const active = vscode.window.activeTextEditor;
    const beside = active && isConfig(active.document.uri);
    const viewColumn = column ?? (beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
    this.#create(directory, name, { viewColumn, preserveFocus: beside === true });
  }

  /** Brings a panel back after a reload; one whose run is gone, or that was closed before, is closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const directory = runDirectoryOf(state);
    takeOut(this.#restoring, panel.title);
    try {
      if (directory === undefined) throw new Error('The panel does not know its run.');
      const wasClosed = this.#before !== undefined && !this.#before.has(directory);
      if (wasClosed) throw new Error(`The panel of ${directory} was closed.`);
      await new RunReader(directory).run();
      if (this.#panels.has(directory)) throw new Error(`${directory} has its panel already.`);
      this.#add(panel, directory, panel.viewColumn);
    } catch (error) {
      this.#parts.log.info(`A run panel was not restored: ${error instanceof Error ? error.message : error}`);
      panel.dispose();
    }
    await this.#reopen();
  }

  dispose(): void {
    this.#disposed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { panel } of this.#panels.values()) panel.dispose();
  }

  /** Opens the panels that VS Code had not written down when the window was left. */
  async #reopen(): Promise<void> {
    const restored = inTabs(this.#waiting, this.#restoring);
    const forgotten = this.#waiting.filter((panel) => !restored.includes(panel));
    this.#waiting = restored;
    this.#reopening = [...this.#reopening, ...forgotten];
    for (const panel of forgotten) {
      const { directory, column } = panel;
      try {
        const { name } = await new RunReader(directory).run();
        if (this.#disposed) return;
        this.#reopening = this.#reopening.filter((other) => other !== panel);
        if (!this.#panels.has(directory)) this.#create(directory, name, { viewColumn: column, preserveFocus: true });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        this.#reopening = this.#reopening.filter((other) => other !== panel);
        this.#parts.log.info(`A run panel was not opened again: ${error.message}`);
      }
    }
  }

  #reveal(directory: string): boolean {
    const open = this.#panels.get(directory);
    open?.panel.reveal();
    return open !== undefined;
  }

  #create(directory: string, name: string, show: { viewColumn: vscode.ViewColumn; preserveFocus: boolean }): void {
    this.#add(vscode.window.createWebviewPanel(VIEW_TYPE, name, show), directory, show.viewColumn);
  }

  /** `column`: where the panel is to stand, until VS Code tells where it does. */
  #add(webviewPanel: vscode.WebviewPanel, directory: string, column = vscode.ViewColumn.Active): void {
    const { extension, actions, log } = this.#parts;
    const panel = new RunPanel(webviewPanel, directory, extension, actions, log);
    this.#panels.set(directory, { panel, column });
    this.#waiting = this.#waiting.filter((waiting) => waiting.directory !== directory);
    panel.onDidChangeViewState(() => this.#write());
    panel.onDidDispose(() => {
      this.#panels.delete(directory);
      this.#write();
    });
    this.#write();
  }

  /** Writes down what is open now. */
  #write(): void {
    // A window that closes takes its panels with it, and they are to come back.
    if (this.#disposed) return;
    const titles = runTabs();
    const open = [...this.#panels.values()].map(({ panel: { directory, title, column: now }, column }) => {
      takeOut(titles, title);
      return { directory, title, column: now ?? column };
    });
    const panels = [...this.#reopening, ...inTabs(this.#waiting, titles), ...open];
    const text = JSON.stringify(panels);
    if (text === this.#written) return;
    this.#written = text;
    writeOpenPanels(this.#parts.memory, panels).then(undefined, logFailure(this.#parts.log, 'Keeping the open panels'));
  }
}

/** The titles of all tabs with a run's panel, whether VS Code has restored them or not. */
function runTabs(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEW_TYPE))
    .map(({ label }) => label);
}

/** The panel's page keeps its run's directory in its state; see `run-panel.ts`. */
function runDirectoryOf(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('runDirectory' in state)) return undefined;
  return typeof state.runDirectory === 'string' ? state.runDirectory : undefined;
}
