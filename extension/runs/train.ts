/** GAN: Train, from a config in whatever state to a started run. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../sidecar/terms/errors.ts';
import { configLabel } from '../configs/configs.ts';
import { runCommand } from '../editor/run-command.ts';
import { assertMayTrain, type TrustState } from '../editor/trust.ts';
import type { LiveRun } from './live-run.ts';
import type { RunController } from './run-controller.ts';

/** A config that already trains: the person may want to look at that run. */
export class AlreadyTraining extends UserError {
  readonly run: LiveRun;

  constructor(run: LiveRun) {
    super('editor/already-training', vscode.l10n.t('{0} is already training.', run.name));
    this.run = run;
  }
}

/**
 * Saves the config if need be, shows its errors if it has any, and starts its run.
 * @throws UserError when training cannot start.
 */
export async function train(
  controller: RunController,
  config: vscode.Uri,
  trust: TrustState = vscode.workspace,
): Promise<LiveRun> {
  assertMayTrain(config, trust);
  const running = controller.ofConfig(config.fsPath);
  if (running) throw new AlreadyTraining(running);

  const document = await vscode.workspace.openTextDocument(config);
  if (document.isDirty && !(await document.save())) {
    throw new UserError(
      'editor/not-saved',
      vscode.l10n.t('{0} could not be saved, so training did not start.', configLabel(config)),
    );
  }
  // Loaded on demand: activation has no use for the schema.
  const [{ diagnose }, { loadConfig }] = await Promise.all([
    import('../../sidecar/config/diagnose.ts'),
    import('../../sidecar/config/load.ts'),
  ]);
  const errors = (await diagnose(document.getText(), config.fsPath)).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) {
    await showErrors(document, first.offset, first.length);
    const count = errors.length === 1 ? vscode.l10n.t('an error') : vscode.l10n.t('{0} errors', errors.length);
    throw new UserError(
      'editor/config-errors',
      vscode.l10n.t('{0} has {1}. Line {2}: {3}', configLabel(config), count, first.line, first.message),
    );
  }
  const { name } = await loadConfig(config.fsPath);
  const workspace = vscode.workspace.getWorkspaceFolder(config)?.uri.fsPath ?? dirname(config.fsPath);
  return controller.start(config.fsPath, name, workspace);
}

async function showErrors(document: vscode.TextDocument, offset: number, length: number): Promise<void> {
  const selection = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  await vscode.window.showTextDocument(document, { selection });
  await runCommand('workbench.actions.view.problems');
}
