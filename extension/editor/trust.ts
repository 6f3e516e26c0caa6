/** Whether this window may train, and if not, why. */
import * as vscode from 'vscode';
import { UserError } from '../../sidecar/terms/errors.ts';

export interface TrustState {
  readonly isTrusted: boolean;
}

/**
 * Training runs programs on files of the workspace, so it needs a trusted one, on disk.
 * @throws UserError "editor/restricted" or "editor/not-on-disk".
 */
export function assertMayTrain(config: vscode.Uri, workspace: TrustState = vscode.workspace): void {
  if (!workspace.isTrusted) {
    throw new UserError(
      'editor/restricted',
      vscode.l10n.t(
        'Training is disabled in Restricted Mode. Trust this workspace to train; configs can be edited without it.',
      ),
    );
  }
  if (config.scheme !== 'file') {
    throw new UserError(
      'editor/not-on-disk',
      vscode.l10n.t('Training needs files on disk, and {0} is not on disk. Save it to a folder first.', config.path),
    );
  }
}
