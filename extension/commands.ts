/** Command id → handler, one table. Every command works in every state and says why when it cannot. */
import * as vscode from 'vscode';
import { isPresetId, type PresetId } from '../sidecar/config/preset-list.ts';
import { errorKindOf } from '../sidecar/terms/error-codes.ts';
import { UserError } from '../sidecar/terms/errors.ts';
import { chooseConfig, isConfig } from './configs/configs.ts';
import { createConfigGuided } from './configs/new-config.ts';
import type { DeviceLauncher } from './devices/devices.ts';
import { installCuda } from './devices/install-cuda.ts';
import { selectDevice } from './devices/select-device.ts';
import { openConfig, openRun, selectDeviceOf } from './editor/actions.ts';
import { type CommandId, commandIds } from './editor/command-ids.ts';
import { type ExplainParts, explain } from './editor/explain.ts';
import type { PresetGallery } from './panels/preset-gallery.ts';
import type { RunPanels } from './panels/run-panels.ts';
import { NotAnswering } from './runs/live-run.ts';
import type { RunActions } from './runs/run-actions.ts';
import type { RunController } from './runs/run-controller.ts';
import { AlreadyTraining, train } from './runs/train.ts';
import type { WorkspaceRuns } from './runs/workspace-runs.ts';
import { chooseRun, directoryOf } from './views/run-choice.ts';

export interface CommandParts extends ExplainParts {
  readonly launcher: DeviceLauncher;
  readonly controller: RunController;
  readonly actions: RunActions;
  readonly runs: WorkspaceRuns;
  readonly panels: RunPanels;
  readonly gallery: PresetGallery;
  readonly extension: vscode.Uri;
}

/** The argument is what menus, lenses, the view of runs or tests pass; the palette passes none. */
type Handler = (argument: unknown) => unknown;

export function registerCommands(parts: CommandParts): vscode.Disposable[] {
  const table = commandTable(parts);
  return commandIds.map((id) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await table[id](argument);
      } catch (error) {
        return explainCommand(error, parts);
      }
    }),
  );
}

function commandTable(parts: CommandParts): Record<CommandId, Handler> {
  const { controller, actions, panels, gallery, launcher, notifier, log } = parts;
  return {
    async 'gan.train'(argument) {
      const config = configOf(argument) ?? (await chooseConfig(vscode.l10n.t('Select a config to train')));
      if (!config) return undefined;
      try {
        const { directory } = await train(controller, config);
        await panels.open(directory, vscode.ViewColumn.Beside);
        return directory;
      } catch (error) {
        return explainCommand(error, parts, config);
      }
    },
    async 'gan.stop'(argument) {
      const directory = await chooseRun(parts, argument, 'stop');
      if (directory) await actions.stop(directory);
    },
    async 'gan.pause'(argument) {
      const directory = await chooseRun(parts, argument, 'pause');
      if (directory) await actions.pause(directory);
    },
    async 'gan.resume'(argument) {
      const directory = await chooseRun(parts, argument, 'resume');
      if (!directory) return;
      if (controller.get(directory)) return actions.resume(directory);
      await actions.resumeRun(directory, deviceOf(argument));
      await panels.open(directory, vscode.ViewColumn.Beside);
    },
    async 'gan.openRun'(argument) {
      const directory = await chooseRun(parts, argument, 'open');
      if (directory) await panels.open(directory);
    },
    'gan.newConfig'(argument) {
      const preset = presetOf(argument);
      if (preset) return createConfigGuided(parts.extension, preset, 'preset');
      return gallery.open(async (chosen) => {
        try {
          return (await createConfigGuided(parts.extension, chosen)) !== undefined;
        } catch (error) {
          explainCommand(error, parts);
          return false;
        }
      });
    },
    async 'gan.selectDevice'(argument) {
      const config =
        configOf(argument) ?? (await chooseConfig(vscode.l10n.t('Select the config to choose a device for')));
      const trains = ({ fsPath }: vscode.Uri) => controller.ofConfig(fsPath) !== undefined;
      if (config) await selectDevice(config, { devices: launcher, notifier, trains });
    },
    'gan.installCuda': () => installCuda(launcher, notifier),
    async 'gan.showLog'(argument) {
      const directory = directoryOf(argument);
      if (directory) await actions.showLog(directory);
      else log.show();
    },
  };
}

/** The device that a button names beside the run. */
const deviceOf = (argument: unknown) =>
  typeof argument === 'object' && argument !== null && 'device' in argument && typeof argument.device === 'string'
    ? argument.device
    : undefined;

/** The preset that a keybinding or a test names, which needs no gallery. @throws UserError "editor/no-preset". */
function presetOf(argument: unknown): PresetId | undefined {
  if (typeof argument !== 'string') return undefined;
  if (isPresetId(argument)) return argument;
  throw new UserError(
    'editor/no-preset',
    vscode.l10n.t('There is no preset "{0}". GAN: New Config… shows them all.', argument),
  );
}

const configOf = (argument: unknown) => (argument instanceof vscode.Uri && isConfig(argument) ? argument : undefined);

function explainCommand(error: unknown, parts: CommandParts, config?: vscode.Uri): void {
  if (error instanceof AlreadyTraining) {
    parts.notifier.info(error.message, openRun(error.run.directory));
  } else if (error instanceof NotAnswering) {
    const { directory } = error;
    parts.notifier.warning(error.message, {
      title: vscode.l10n.t('End Process'),
      run: () => parts.controller.kill(directory).catch((failure) => explainCommand(failure, parts)),
    });
  } else {
    const device = error instanceof UserError && errorKindOf(error.code).area === 'device';
    explain(
      error,
      parts,
      ...(config && device ? [selectDeviceOf(config.fsPath)] : []),
      ...(config ? [openConfig(config.fsPath)] : []),
    );
  }
}
