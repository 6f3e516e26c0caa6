/** Builds the parts of the extension and wires them; nothing else. */
import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { ConfigCodeLens } from './config-code-lens.ts';
import { onFirstConfig } from './configs.ts';
import { keepContextKeys } from './context-keys.ts';
import type { DeviceLauncher } from './devices.ts';
import { createLog, type Log, logFailure } from './log.ts';
import { Notifier } from './notifier.ts';
import { PresetGallery } from './preset-gallery.ts';
import { createRunActions } from './run-actions.ts';
import { type Launcher, RunController } from './run-controller.ts';
import { announceEnd } from './run-endings.ts';
import { RunPanels } from './run-panels.ts';
import { RunsView } from './runs-view.ts';
import { StatusBar } from './status-bar.ts';
import { WorkspaceRuns } from './workspace-runs.ts';

/** What tests inside VS Code see of the extension; nothing else does. */
export interface TestApi {
  readonly launcher: Launcher & DeviceLauncher;
  readonly controller: RunController;
  readonly runs: WorkspaceRuns;
  readonly notifier: Notifier;
}

let shutDown: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const begin = process.cpuUsage();
  const log = createLog();
  const notifier = new Notifier(log);
  const launcher: Launcher & DeviceLauncher = {
    script: context.asAbsolutePath('dist/sidecar.cjs'),
    cli: context.asAbsolutePath('dist/cli.cjs'),
    startTimeout: 30_000,
    commandTimeout: 30_000,
  };
  const controller = new RunController(launcher, log);
  const actions = createRunActions(controller, log);
  const runs = new WorkspaceRuns(controller, log);
  const panels = new RunPanels({ extension: context.extensionUri, actions, memory: context.workspaceState, log });
  const gallery = new PresetGallery(context.extensionUri, log);
  shutDown = () => controller.shutDown();
  context.subscriptions.push(
    log,
    notifier,
    controller,
    runs,
    panels,
    gallery,
    new RunsView(runs, controller, log),
    new StatusBar(controller),
    new ConfigCodeLens(controller),
    controller.onDidEnd((end) => announceEnd(end, notifier)),
    keepContextKeys(controller, log),
    ...registerCommands({
      launcher,
      controller,
      actions,
      runs,
      panels,
      gallery,
      notifier,
      log,
      extension: context.extensionUri,
    }),
    onFirstConfig(() => startLanguage(context, log).catch(logFailure(log, 'Starting the config language'))),
  );
  log.debug(`activated in ${(process.cpuUsage(begin).user / 1000).toFixed()} ms`);
  return context.extensionMode === vscode.ExtensionMode.Test ? { launcher, controller, runs, notifier } : undefined;
}

/** Loaded when a config is opened: a window that never opens one pays nothing for it. */
async function startLanguage(context: vscode.ExtensionContext, log: Log): Promise<void> {
  const { startConfigLanguage } = await import('./config-language/client.ts');
  await startConfigLanguage(context, log);
}

/** VS Code waits for it at most 5 s. */
export function deactivate(): Promise<void> | undefined {
  return shutDown?.();
}
