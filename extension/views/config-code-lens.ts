/** Above `model` in a config: Train and the device, or while it trains its progress, Pause and Stop. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import * as vscode from 'vscode';
import { configSelector } from '../configs/configs.ts';
import { readDevice } from '../devices/device-edit.ts';
import { commandLink } from '../editor/run-command.ts';
import { onDidChangeSetting, settings } from '../editor/settings.ts';
import type { LiveRun } from '../runs/live-run.ts';
import { progressText } from '../runs/progress.ts';
import type { RunController } from '../runs/run-controller.ts';

/** Lenses are drawn anew at most this often, in milliseconds: they move the text they stand in. */
const REFRESH_INTERVAL = 1000;

export class ConfigCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #controller: RunController;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(controller: RunController) {
    this.#controller = controller;
    this.#subscriptions = [
      vscode.languages.registerCodeLensProvider(configSelector, this),
      controller.onDidChange(() => this.#refreshSoon()),
      onDidChangeSetting('codeLens', () => this.#changed.fire()),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!settings.codeLens()) return [];
    const at = modelRange(document);
    if (!at) return [];
    const run = this.#controller.ofConfig(document.uri.fsPath);
    return lensCommands(document.uri, run, readDevice(document.getText())).map(
      (command) => new vscode.CodeLens(at, command),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire();
    }, REFRESH_INTERVAL);
  }
}

/** VS Code drops an ordinary space between a lens's icon and its words. */
const titled = (icon: string, words: string) => `$(${icon})\u00a0${words}`;

/** What stands above `model`, in order. `device`: what the config says. */
export function lensCommands(config: vscode.Uri, run: LiveRun | undefined, device: string): vscode.Command[] {
  if (!run) {
    const choose = vscode.l10n.t('Device: {0}', device);
    return [
      commandLink(titled('play', vscode.l10n.t('Train')), 'gan.train', config),
      commandLink(titled('chip', choose), 'gan.selectDevice', config),
    ];
  }
  const act = (icon: string, title: string, command: 'gan.openRun' | 'gan.pause' | 'gan.resume' | 'gan.stop') =>
    commandLink(titled(icon, title), command, run.directory);
  const open = (icon: string, state: string) =>
    act(icon, [state, progressText(run)].filter(Boolean).join(' · '), 'gan.openRun');
  const stop = act('debug-stop', vscode.l10n.t('Stop'), 'gan.stop');
  switch (run.state) {
    case 'starting':
      return [open('loading~spin', vscode.l10n.t('Starting')), stop];
    case 'running':
      return [open('pulse', vscode.l10n.t('Training')), act('debug-pause', vscode.l10n.t('Pause'), 'gan.pause'), stop];
    case 'paused':
      return [
        open('debug-pause', vscode.l10n.t('Paused')),
        act('debug-continue', vscode.l10n.t('Resume'), 'gan.resume'),
        stop,
      ];
    case 'stopping':
      return [open('loading~spin', vscode.l10n.t('Stopping'))];
  }
}

/** The line of the top-level key `model`, else the document's first, else nothing for a file that is not an object. */
function modelRange(document: vscode.TextDocument): vscode.Range | undefined {
  const root = parseTree(document.getText(), [], { allowTrailingComma: true });
  if (root?.type !== 'object') return undefined;
  const key = findNodeAtLocation(root, ['model'])?.parent?.children?.[0] ?? root;
  const start = document.positionAt(key.offset);
  return new vscode.Range(start, start);
}
