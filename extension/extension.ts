/** Builds the parts of the extension and wires them; nothing else. */
import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { onFirstConfig } from './configs/configs.ts';
import type { DeviceLauncher } from './devices/devices.ts';
import { createLog, type Log, logFailure } from './editor/log.ts';
import { Notifier } from './editor/notifier.ts';
import { PresetGallery } from './panels/preset-gallery.ts';
import { RunPanels } from './panels/run-panels.ts';
import { createRunActions } from './runs/run-actions.ts';
import { type Launcher, RunController } from './runs/run-controller.ts';
import { announceEnd } from './runs/run-endings.ts';
import { WorkspaceRuns } from './runs/workspace-runs.ts';
import { ConfigCodeLens } from './views/config-code-lens.ts';
import { keepContextKeys } from './views/context-keys.ts';
import { RunsView } from './views/runs-view.ts';
import { StatusBar } from './views/status-bar.ts';

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
