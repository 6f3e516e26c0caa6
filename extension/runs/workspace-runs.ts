/** All runs of the workspace: what the run directories say, and for those that train now, what is news. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../../sidecar/runs/layout.ts';
import { listRuns, RunReader } from '../../sidecar/runs/reader.ts';
import type { MetricsRow, ObservedRun } from '../../sidecar/terms/run-record.ts';
import { type Log, logFailure } from '../editor/log.ts';
import { throttle } from '../editor/throttle.ts';
import type { LiveRun } from './live-run.ts';
import type { RunController } from './run-controller.ts';

export interface ListedRun {
  readonly directory: string;
  readonly name: string;
  readonly state: ObservedRun['state'] | 'stopping';
  /** Undefined while the process starts. */
  readonly record: ObservedRun | undefined;
  readonly recent: readonly MetricsRow[];
  /** It ended early and can go on: from its last checkpoint, or from its beginning where it has none. */
  readonly resumable: boolean;
}

/** Run directories are looked at again at most this often, in milliseconds. */
const REFRESH_INTERVAL = 1000;

export class WorkspaceRuns implements vscode.Disposable {
  readonly #controller: RunController;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Run directories came, went or changed their record. News of live runs is the controller's to tell. */
  readonly onDidChange = this.#changed.event;
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #refresh;

  constructor(controller: RunController, log: Log) {
    this.#controller = controller;
    this.#refresh = throttle(REFRESH_INTERVAL, () => {
      this.#changed.fire();
      this.attachToLive().catch(logFailure(log, 'Looking for runs'));
    });
    this.#subscriptions = [
      this.#changed,
      this.#refresh,
      vscode.workspace.onDidGrantWorkspaceTrust(this.#refresh.call),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#watchFolders()),
      controller.onDidEnd(() => this.#changed.fire()),
    ];
    this.#watchFolders();
  }

  /** Every run, newest first. */
  async list(): Promise<ListedRun[]> {
    const listed = (await Promise.all(workspaceFolders().map(listRuns))).flat();
    // One that starts has no record yet, and one outside of the workspace is in no folder of it.
    const unlisted = this.#controller.live
      .filter((live) => !listed.some(({ directory }) => directory === live.directory))
      .map(asListed);
    const runs = await Promise.all(listed.map(({ directory, run }) => this.#describe(directory, run)));
    runs.sort((a, b) => ((a.record?.startedAt ?? '') < (b.record?.startedAt ?? '') ? 1 : -1));
    return [...unlisted, ...runs];
  }

  /** One run, also outside of the workspace. @throws UserError where there is none. */
  async read(directory: string): Promise<ListedRun> {
    const live = this.#controller.get(directory);
    return live ? asListed(live) : this.#describe(directory, await new RunReader(directory).run());
  }

  /**
   * Connects to every run that trains and is not connected to yet: after a reload, or started by the CLI.
   * Files of a workspace that is not trusted do not choose what is connected to.
   */
  async attachToLive(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const runs = (await Promise.all(workspaceFolders().map(listRuns))).flat();
    const live = runs.filter(({ run }) => isLive(run.state));
    await Promise.all(live.map(({ directory, run }) => this.#controller.attach(directory, run)));
  }

  dispose(): void {
    for (const part of [...this.#watchers.values(), ...this.#subscriptions]) part.dispose();
  }

  async #describe(directory: string, run: ObservedRun): Promise<ListedRun> {
    const live = this.#controller.get(directory);
    return {
      directory,
      name: run.name,
      state: live?.state ?? run.state,
      record: live?.record ?? run,
      recent: live?.recent ?? [],
      resumable: !live && endedEarly(run.state) && (await hasConfig(directory)),
    };
  }

  #watchFolders(): void {
    const folders = new Set(workspaceFolders());
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.dispose();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) {
      if (this.#watchers.has(folder)) continue;
      const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), '.gan/runs/*/*/run.json');
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      watcher.onDidCreate(this.#refresh.call);
      watcher.onDidChange(this.#refresh.call);
      watcher.onDidDelete(this.#refresh.call);
      this.#watchers.set(folder, watcher);
    }
    this.#refresh.call();
  }
}

const asListed = (live: LiveRun): ListedRun => ({ ...live, resumable: false });

function isLive(state: ObservedRun['state']): boolean {
  return state === 'starting' || state === 'running' || state === 'paused';
}

function endedEarly(state: ObservedRun['state']): boolean {
  return state === 'stopped' || state === 'failed' || state === 'interrupted';
}

/** A run that failed before it began has none. */
async function hasConfig(directory: string): Promise<boolean> {
  try {
    await access(join(directory, CONFIG_FILE));
    return true;
  } catch {
    return false;
  }
}

function workspaceFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}

/** The state in a word, as views and messages say it. */
export function stateLabel(state: ListedRun['state']): string {
  return {
    starting: vscode.l10n.t('starting'),
    running: vscode.l10n.t('running'),
    paused: vscode.l10n.t('paused'),
    stopping: vscode.l10n.t('stopping'),
    finished: vscode.l10n.t('finished'),
    stopped: vscode.l10n.t('stopped'),
    failed: vscode.l10n.t('failed'),
    interrupted: vscode.l10n.t('interrupted'),
  }[state];
}

/** When it was started, in the person's own way of writing times. */
export function timeLabel({ record }: ListedRun): string {
  if (!record) return '';
  return new Date(record.startedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
