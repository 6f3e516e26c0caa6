/** Which run a command means when it is not told, or why there is none. */
import * as vscode from 'vscode';
import { UserError } from '../../sidecar/terms/errors.ts';
import { activeConfig } from '../configs/configs.ts';
import type { RunPanels } from '../panels/run-panels.ts';
import type { LiveRun } from '../runs/live-run.ts';
import { progressText } from '../runs/progress.ts';
import type { RunController } from '../runs/run-controller.ts';
import { type ListedRun, stateLabel, timeLabel, type WorkspaceRuns } from '../runs/workspace-runs.ts';

export type RunPurpose = 'stop' | 'pause' | 'resume' | 'open';

interface Sources {
  readonly controller: RunController;
  readonly runs: WorkspaceRuns;
  readonly panels: RunPanels;
}

/** The run directory that a command was given: itself, or something that has one; undefined: the person's present run is meant. */
export function directoryOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null || !('directory' in argument)) return undefined;
  return typeof argument.directory === 'string' ? argument.directory : undefined;
}

/**
 * The directory of the run to act on: the one given, else the one of the active panel or config,
 * else the only one that fits, else the one picked. Undefined: nothing was picked.
 * @throws UserError "editor/no-run" or "editor/wrong-state", which say why nothing fits.
 */
export async function chooseRun(sources: Sources, argument: unknown, purpose: RunPurpose): Promise<string | undefined> {
  const given = directoryOf(argument);
  if (given) {
    if (purpose === 'open') return given;
    const run = await sources.runs.read(given);
    if (!fits(run, purpose)) throw wrongState(run, purpose);
    return given;
  }
  const runs = await sources.runs.list();
  const candidates = runs.filter((run) => fits(run, purpose));
  if (candidates.length === 0) throw nothingFits(runs, purpose);
  const present = presentRun(sources, candidates);
  if (present) return present.directory;
  const paused = candidates.filter(({ state }) => state === 'paused');
  const obvious = purpose === 'resume' && paused.length === 1 ? paused : candidates;
  return obvious.length === 1 ? obvious[0]?.directory : pick(candidates, purpose);
}

function fits({ state, resumable }: ListedRun, purpose: RunPurpose): boolean {
  switch (purpose) {
    case 'open':
      return true;
    case 'stop':
      return state === 'starting' || state === 'running' || state === 'paused';
    case 'pause':
      return state === 'running';
    case 'resume':
      return state === 'paused' || resumable;
  }
}

/** The candidate that the person looks at: in the active panel, or trained from the active config. */
function presentRun({ panels, controller }: Sources, candidates: readonly ListedRun[]): ListedRun | undefined {
  const active = panels.active ?? liveOfActiveConfig(controller)?.directory;
  return candidates.find(({ directory }) => directory === active);
}

function liveOfActiveConfig(controller: RunController): LiveRun | undefined {
  const config = activeConfig();
  return config && controller.ofConfig(config.fsPath);
}

async function pick(candidates: readonly ListedRun[], purpose: RunPurpose): Promise<string | undefined> {
  const questions: Record<RunPurpose, string> = {
    stop: vscode.l10n.t('Select a run to stop'),
    pause: vscode.l10n.t('Select a run to pause'),
    resume: vscode.l10n.t('Select a run to resume'),
    open: vscode.l10n.t('Select a run to open'),
  };
  const items = candidates.map((run) => ({
    label: run.name,
    description: [stateLabel(run.state), timeLabel(run)].join(' · '),
    detail: progressText(run),
    directory: run.directory,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: questions[purpose] }))?.directory;
}

function wrongState({ name, state }: ListedRun, purpose: RunPurpose): UserError {
  const say = (message: string) => new UserError('editor/wrong-state', message);
  const word = stateLabel(state).toLowerCase();
  switch (purpose) {
    case 'pause':
      return say(
        state === 'paused'
          ? vscode.l10n.t('{0} is already paused. Continue with GAN: Resume.', name)
          : vscode.l10n.t('{0} is {1}; only a run that is training can be paused.', name, word),
      );
    case 'stop':
      return say(
        state === 'stopping'
          ? vscode.l10n.t('{0} is already stopping: it finishes its step and writes a checkpoint.', name)
          : vscode.l10n.t('{0} is {1}; there is nothing to stop.', name, word),
      );
    default:
      if (state === 'running' || state === 'starting') return say(vscode.l10n.t('{0} is already training.', name));
      if (state === 'finished') return say(vscode.l10n.t('{0} has finished; there is nothing to resume.', name));
      if (state === 'stopping') return say(vscode.l10n.t('{0} is stopping. Resume it when it has stopped.', name));
      return say(vscode.l10n.t('{0} failed before training began. Start a new run with GAN: Train.', name));
  }
}

function nothingFits(runs: readonly ListedRun[], purpose: RunPurpose): UserError {
  const say = (message: string) => new UserError('editor/no-run', message);
  const live = runs.filter((run) => fits(run, 'stop') || run.state === 'stopping');
  switch (purpose) {
    case 'open':
      return say(vscode.l10n.t('There is no run in this workspace yet. Start one with GAN: Train.'));
    case 'resume':
      if (live[0]) return wrongState(live[0], purpose);
      return say(vscode.l10n.t('There is no paused or stopped run to resume. Start one with GAN: Train.'));
    default:
      if (live[0]) return wrongState(live[0], purpose);
      return say(vscode.l10n.t('Nothing is training in this workspace. Start a run with GAN: Train.'));
  }
}
