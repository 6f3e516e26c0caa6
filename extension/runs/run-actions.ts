/** What a person can ask of one run, from its panel or by a command. Each throws UserError when it cannot. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LOG_FILE } from '../../sidecar/runs/layout.ts';
import { RunReader } from '../../sidecar/runs/reader.ts';
import type { RunAction } from '../../webview/messages.ts';
import type { Log } from '../editor/log.ts';
import { runCommand } from '../editor/run-command.ts';
import { assertMayTrain } from '../editor/trust.ts';
import type { RunController } from './run-controller.ts';

export type RunActions = Readonly<Record<RunAction, (directory: string) => Promise<void>>> & {
  /** On `device` instead of the run's own where it is given. */
  readonly resumeRun: (directory: string, device?: string) => Promise<void>;
};

export function createRunActions(controller: RunController, log: Log): RunActions {
  return {
    pause: (directory) => controller.pause(directory),
    resume: (directory) => controller.resume(directory),
    stop: (directory) => controller.stop(directory),
    /** Goes on from the last checkpoint of a run that has ended. */
    async resumeRun(directory, device?: string) {
      const run = await new RunReader(directory).run();
      assertMayTrain(vscode.Uri.file(run.configPath));
      await controller.restart(directory, run, device);
    },
    async openConfig(directory) {
      const { configPath } = await new RunReader(directory).run();
      await vscode.window.showTextDocument(vscode.Uri.file(configPath), { viewColumn: vscode.ViewColumn.One });
    },
    async openFolder(directory) {
      const uri = vscode.Uri.file(directory);
      const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
      // The system's file manager is of no use where VS Code shows another machine.
      const command = inWorkspace ? 'revealInExplorer' : 'revealFileInOS';
      await runCommand(command, inWorkspace ? vscode.Uri.file(join(directory, 'run.json')) : uri);
    },
    async showLog(directory) {
      const file = vscode.Uri.file(join(directory, LOG_FILE));
      if (await exists(file)) await vscode.window.showTextDocument(file, { preview: true });
      else log.show();
    },
  };
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
