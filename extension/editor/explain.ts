/** From an error to a notification: a UserError as it is, anything else as a bug with its stack in the log. */
import * as vscode from 'vscode';
import { type ErrorOffer, errorKindOf } from '../../sidecar/terms/error-codes.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import { commandAction, openSetting, showLog } from './actions.ts';
import { type Log, logFailure } from './log.ts';
import type { Action, Notifier } from './notifier.ts';

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
    return;
  }
  const { tone, offer } = errorKindOf(error.code);
  const offered = offer === null ? [] : [offers[offer]?.()].filter((action) => action !== undefined);
  switch (tone) {
    case 'silent':
      log.info(error.message);
      break;
    case 'advice':
      notifier.warning(error.message, ...offered);
      break;
    case 'failure':
      notifier.error(error.message, ...offered, showLog(), ...more);
  }
}

/** Those that need no config and no run to be carried out on. */
const offers: Readonly<Partial<Record<ErrorOffer, () => Action>>> = {
  'choose-runtime': () => openSetting('sidecar.nodePath'),
  'new-config': () => commandAction(vscode.l10n.t('New Config…'), 'gan.newConfig'),
  trust: () => commandAction(vscode.l10n.t('Manage Workspace Trust'), 'workbench.trust.manage'),
  'open-folder': () => commandAction(vscode.l10n.t('Open Folder…'), 'vscode.openFolder'),
};
