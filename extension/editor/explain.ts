/** From an error to a notification: a UserError as it is, anything else as a bug with its stack in the log. */
import * as vscode from 'vscode';
import { UserError } from '../../sidecar/terms/errors.ts';
import { commandAction, openSetting, showLog } from './actions.ts';
import { type Log, logFailure } from './log.ts';
import type { Action, Notifier } from './notifier.ts';

/** Starts so in errors about the state of the editor; they are no failures of training. */
const EDITOR_CODE = 'editor/';

/** Mended, if at all, by another Node.js. */
const RUNTIME_CODES: ReadonlySet<string> = new Set(['sidecar/no-runtime', 'sidecar/crashed', 'sidecar/no-answer']);

export interface ExplainParts {
  readonly notifier: Notifier;
  readonly log: Log;
}

/** Shows why something did not happen. `more`: actions for failures, after Show Log. */
export function explain(error: unknown, { notifier, log }: ExplainParts, ...more: readonly Action[]): void {
  if (!(error instanceof UserError)) {
    logFailure(log, 'Unexpected')(error);
    const message = error instanceof Error ? error.message : String(error);
    notifier.error(vscode.l10n.t('Unexpected error in GAN Studio: {0}', message), showLog());
  } else if (error.code === 'sidecar/cancelled') {
    log.info(error.message);
  } else if (error.code.startsWith(EDITOR_CODE)) {
    notifier.warning(error.message, ...(remedies[error.code] ?? []).map((remedy) => remedy()));
  } else {
    const setting = RUNTIME_CODES.has(error.code) ? [openSetting('sidecar.nodePath')] : [];
    notifier.error(error.message, ...setting, showLog(), ...more);
  }
}

const remedies: Readonly<Record<string, readonly (() => Action)[]>> = {
  'editor/no-config': [() => commandAction(vscode.l10n.t('New Config…'), 'gan.newConfig')],
  'editor/restricted': [() => commandAction(vscode.l10n.t('Manage Workspace Trust'), 'workbench.trust.manage')],
  'editor/no-folder': [() => commandAction(vscode.l10n.t('Open Folder…'), 'vscode.openFolder')],
};
