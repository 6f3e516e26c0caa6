/** What menus ask for: `gan.trainingConfigs`, the paths of the configs that train now. */
import * as vscode from 'vscode';
import { type Log, logFailure } from '../editor/log.ts';
import { runCommand } from '../editor/run-command.ts';
import type { RunController } from '../runs/run-controller.ts';

export function keepContextKeys(controller: RunController, log: Log): vscode.Disposable {
  let known = '';
  const update = () => {
    const paths = controller.live.map(({ configPath }) => vscode.Uri.file(configPath).fsPath);
    const text = paths.join('\n');
    if (text === known) return;
    known = text;
    runCommand('setContext', 'gan.trainingConfigs', paths).then(undefined, logFailure(log, 'Setting a context key'));
  };
  return controller.onDidChange(update);
}
