/** One notification when a run ends, and only where the person does not know it already. */
import * as vscode from 'vscode';
import { errorKindOf } from '../../sidecar/terms/error-codes.ts';
import { durationText } from '../../sidecar/terms/pace.ts';
import {
  openConfig,
  openRun,
  openSetting,
  resumeOnCpu,
  resumeRun,
  selectDeviceOf,
  showLog,
} from '../editor/actions.ts';
import type { Action, Notifier } from '../editor/notifier.ts';
import { changeSetting, settings } from '../editor/settings.ts';
import type { RunEnd } from './live-run.ts';

export function announceEnd({ directory, name, configPath, run, asked }: RunEnd, notifier: Notifier): void {
  if (!run) {
    notifier.warning(
      vscode.l10n.t('The folder of run {0} no longer exists, so its training has ended.', name),
      showLog(),
    );
    return;
  }
  const step = run.step.toLocaleString('en-US');
  switch (run.state) {
    case 'finished': {
      if (!settings.notifyWhenFinished()) return;
      const took = durationText((Date.parse(run.endedAt ?? '') - Date.parse(run.startedAt)) / 1000);
      notifier.info(vscode.l10n.t('{0} has finished {1} steps in {2}.', name, step, took), openRun(directory), {
        title: vscode.l10n.t("Don't Show Again"),
        run: () => changeSetting('notifyWhenFinished', false),
      });
      return;
    }
    case 'stopped':
      if (asked) notifier.status(vscode.l10n.t('{0} stopped at step {1}; its checkpoint is saved.', name, step));
      return;
    case 'failed': {
      const { code, message } = run.error ?? { code: '', message: vscode.l10n.t('no reason was given') };
      const text = vscode.l10n.t('{0} failed at step {1}: {2}', name, step, message);
      notifier.error(text, ...failureActions(code, { directory, configPath, device: run.device?.id }));
      return;
    }
    case 'interrupted':
      notifier.error(
        vscode.l10n.t(
          'The training process of {0} ended unexpectedly at step {1}. Resume continues from its last checkpoint.',
          name,
          step,
        ),
        resumeRun(directory),
        openRun(directory),
        showLog(directory),
        // Native modules crash in Electron now and then, and not in plain Node.js.
        ...(process.versions.electron && !settings.nodePath() ? [openSetting('sidecar.nodePath')] : []),
      );
      return;
    default:
      notifier.warning(
        vscode.l10n.t(
          '{0} is still training, but its process ({1}) does not respond. You can watch it but not control it.',
          name,
          run.pid,
        ),
        openRun(directory),
        showLog(directory),
      );
  }
}

interface FailedRun {
  readonly directory: string;
  readonly configPath: string;
  /** Undefined: it failed before it had one. */
  readonly device: string | undefined;
}

/** What helps most comes first. */
function failureActions(code: string, { directory, configPath, device }: FailedRun): Action[] {
  const onCpu = device === 'cpu' ? [] : [resumeOnCpu(directory)];
  switch (errorKindOf(code).offer) {
    case 'resume':
      return [resumeRun(directory), ...onCpu, openRun(directory), showLog(directory)];
    case 'smaller-batch':
      return [openConfig(configPath), ...onCpu, openRun(directory), showLog(directory)];
    case 'choose-device':
      return [selectDeviceOf(configPath), openConfig(configPath), openRun(directory), showLog(directory)];
    case 'edit-config':
      return [openRun(directory), showLog(directory), openConfig(configPath)];
    default:
      return [openRun(directory), showLog(directory)];
  }
}
