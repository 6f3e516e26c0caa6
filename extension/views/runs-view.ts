/** The view "Runs": every run of the workspace with its state, newest first. */
import * as vscode from 'vscode';
import { durationText } from '../../sidecar/terms/pace.ts';
import { type Log, logFailure } from '../editor/log.ts';
import { commandLink } from '../editor/run-command.ts';
import { throttle } from '../editor/throttle.ts';
import { progressText } from '../runs/progress.ts';
import type { RunController } from '../runs/run-controller.ts';
import { type ListedRun, stateLabel, timeLabel, type WorkspaceRuns } from '../runs/workspace-runs.ts';

/** Progress in the view is brought up to date at most this often, in milliseconds. */
const REFRESH_INTERVAL = 1000;

export class RunsView implements vscode.TreeDataProvider<ListedRun>, vscode.Disposable {
  readonly #runs: WorkspaceRuns;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(runs: WorkspaceRuns, controller: RunController, log: Log) {
    this.#runs = runs;
    this.#log = log;
    const refresh = throttle(REFRESH_INTERVAL, () => this.#changed.fire(undefined));
    const view = vscode.window.createTreeView('gan.runs', { treeDataProvider: this, showCollapseAll: false });
    this.#subscriptions = [
      view,
      refresh,
      runs.onDidChange(refresh.call),
      controller.onDidChange(() => view.visible && refresh.call()),
      view.onDidChangeVisibility(refresh.call),
      this.#changed,
    ];
  }

  async getChildren(element?: ListedRun): Promise<ListedRun[]> {
    if (element) return [];
    try {
      return await this.#runs.list();
    } catch (error) {
      logFailure(this.#log, 'Listing runs')(error);
      return [];
    }
  }

  getTreeItem(run: ListedRun): vscode.TreeItem {
    return runItem(run);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** How a run stands in the view; menus choose their entries by its context value. */
export function runItem(run: ListedRun): vscode.TreeItem {
  const item = new vscode.TreeItem(run.name);
  item.id = run.directory;
  item.description = description(run);
  item.iconPath = icons[run.state];
  item.contextValue = `run-${run.resumable ? 'resumable' : run.state}`;
  item.tooltip = tooltip(run);
  item.accessibilityInformation = { label: `${run.name}, ${item.description}` };
  item.command = commandLink(vscode.l10n.t('Open Run'), 'gan.openRun', run.directory);
  return item;
}

/** How far it is while it trains, and when it was started once it does not: a side bar is narrow. */
function description(run: ListedRun): string {
  const trains = ['starting', 'running', 'paused', 'stopping'].includes(run.state);
  const progress = run.state === 'finished' ? '' : progressText(run);
  return [stateLabel(run.state), progress, trains ? '' : timeLabel(run)].filter(Boolean).join(' · ');
}

const icon = (id: string, color: string) => new vscode.ThemeIcon(id, new vscode.ThemeColor(color));

const icons: Record<ListedRun['state'], vscode.ThemeIcon> = {
  starting: new vscode.ThemeIcon('loading~spin'),
  running: icon('pulse', 'charts.green'),
  paused: icon('debug-pause', 'charts.yellow'),
  stopping: new vscode.ThemeIcon('loading~spin'),
  finished: icon('pass', 'charts.green'),
  stopped: new vscode.ThemeIcon('debug-stop'),
  failed: icon('error', 'charts.red'),
  interrupted: icon('warning', 'charts.yellow'),
};

function tooltip(run: ListedRun): string {
  const { record, directory, state } = run;
  const took = record?.endedAt && durationText((Date.parse(record.endedAt) - Date.parse(record.startedAt)) / 1000);
  return [
    record?.error?.message,
    state === 'interrupted' ? vscode.l10n.t('The process ended unexpectedly. Resume from the last checkpoint.') : '',
    record?.device && `${record.device.name} (${record.device.engine})`,
    record && vscode.l10n.t('started {0}', timeLabel(run)),
    took && vscode.l10n.t('took {0}', took),
    directory,
  ]
    .filter(Boolean)
    .join('\n');
}
