/** Why a process did not do what it was started for, one factory for each code "sidecar/…". */
import { l10n } from 'vscode';
import { UserError } from '../../sidecar/terms/errors.ts';

/** `nodePath`: the setting, undefined for VS Code's own runtime. */
export function noRuntime(error: NodeJS.ErrnoException, nodePath: string | undefined): UserError {
  const reason = error.code === 'ENOENT' ? l10n.t('no such file') : error.message;
  const cannot = l10n.t('Cannot start {0}: {1}.', nodePath ?? process.execPath, reason);
  const remedy =
    nodePath === undefined
      ? l10n.t('Set gan.sidecar.nodePath to Node.js 20 or later.')
      : l10n.t('Set gan.sidecar.nodePath to Node.js 20 or later, or clear it to use VS Code’s own runtime.');
  return new UserError('sidecar/no-runtime', `${cannot} ${remedy}`, { cause: error });
}

/** `what` crashed; `how`: the signal, or the code with which no program of ours exits. */
export function crashed(what: string, how: string | number, nodePath: string | undefined): UserError {
  const remedy =
    nodePath === undefined
      ? l10n.t('Set gan.sidecar.nodePath to Node.js 20 or later to train outside VS Code’s own runtime.')
      : l10n.t('Check that {0} is Node.js 20 or later, built for this machine.', nodePath);
  return new UserError('sidecar/crashed', `${what} (${how}). ${remedy}`);
}

/** The training process ended with `code` before it was up; `said`: its last line. */
export function endedEarly(code: number, said: string | undefined): UserError {
  const how =
    said === undefined
      ? l10n.t('The training process exited at startup with code {0} and no message.', code)
      : l10n.t('The training process exited at startup with code {0}: {1}', code, said);
  return new UserError('sidecar/ended-early', `${how} ${l10n.t('The log has its full output.')}`);
}

/** The training process was not up after `timeout` milliseconds. */
export const noAnswer = (timeout: number): UserError =>
  new UserError(
    'sidecar/no-answer',
    l10n.t(
      'The training process did not respond within {0} s and was ended. Try again; if it keeps happening, set gan.sidecar.nodePath to Node.js 20 or later.',
      timeout / 1000,
    ),
  );

/** The person called `what` off: for the log alone. */
export const cancelled = (what: string): UserError =>
  new UserError('sidecar/cancelled', l10n.t('{0} was cancelled.', what));

/** `gan …` failed without saying why; `said`: its last line. */
export const commandFailed = (command: string, code: number, said: string | undefined): UserError =>
  new UserError('sidecar/command-failed', said ?? l10n.t('{0} exited with code {1} and no message.', command, code));

/** The last line that says something. */
export const lastLine = (output: string): string | undefined =>
  output
    .trim()
    .split(/\r?\n/)
    .findLast((line) => line.trim() !== '')
    ?.trim();
