/** One item on the left of the status bar while something trains. */
import * as vscode from 'vscode';
import { commandLink } from '../editor/run-command.ts';
import { throttle } from '../editor/throttle.ts';
import type { LiveRun } from '../runs/live-run.ts';
import { progressText, speedText, stepText } from '../runs/progress.ts';
import type { RunController } from '../runs/run-controller.ts';
import { stateLabel } from '../runs/workspace-runs.ts';

/** Progress is brought up to date at most this often, in milliseconds. */
const REFRESH_INTERVAL = 1000;

const icons: Record<LiveRun['state'], string> = {
  starting: '$(loading~spin)',
  running: '$(pulse)',
  paused: '$(debug-pause)',
  stopping: '$(loading~spin)',
};

export class StatusBar implements vscode.Disposable {
  readonly #controller: RunController;
  readonly #item = vscode.window.createStatusBarItem('gan.training', vscode.StatusBarAlignment.Left, 10);
  readonly #subscription: vscode.Disposable;
  readonly #progress = throttle(REFRESH_INTERVAL, () => this.#update());
  #states = '';

  constructor(controller: RunController) {
    this.#controller = controller;
    this.#item.name = vscode.l10n.t('GAN training');
    this.#subscription = controller.onDidChange(() => this.#onChange());
    this.#update();
  }

  dispose(): void {
    this.#progress.dispose();
    this.#subscription.dispose();
    this.#item.dispose();
  }

  /** What a person did shows at once; how far training is, now and then. */
  #onChange(): void {
    const states = this.#controller.live.map(({ directory, state }) => `${directory} ${state}`).join('\n');
    if (states === this.#states) this.#progress.call();
    else this.#update();
    this.#states = states;
  }

  #update(): void {
    const [run, ...others] = this.#controller.live;
    if (!run) {
      this.#item.hide();
      return;
    }
    Object.assign(this.#item, others.length === 0 ? oneRun(run) : manyRuns([run, ...others]));
    this.#item.show();
  }
}

type Content = Pick<vscode.StatusBarItem, 'text' | 'tooltip' | 'command' | 'accessibilityInformation'>;

/** The item's content for one live run. */
export function oneRun(run: LiveRun): Content {
  const words = [run.name, stepText(run) || stateLabel(run.state), run.state === 'paused' ? stateLabel(run.state) : ''];
  const text = words.filter(Boolean).join(' ');
  return {
    text: `${icons[run.state]} ${text}`,
    tooltip: [`${run.name}, ${stateLabel(run.state)}`, progressText(run), speedText(run), lossText(run)]
      .filter(Boolean)
      .join('\n'),
    command: commandLink(vscode.l10n.t('Open Run'), 'gan.openRun', run.directory),
    accessibilityInformation: { label: `GAN ${text}`, role: 'button' },
  };
}

function manyRuns(runs: readonly LiveRun[]): Content {
  const text = vscode.l10n.t('{0} GAN runs', runs.length);
  return {
    text: `$(pulse) ${text}`,
    tooltip: runs.map((run) => `${run.name}, ${stateLabel(run.state)} · ${progressText(run)}`).join('\n'),
    command: commandLink(vscode.l10n.t('Open Run'), 'gan.openRun'),
    accessibilityInformation: { label: text, role: 'button' },
  };
}

/** "losses: generator 0.812, discriminator 1.38". */
function lossText({ recent, record }: LiveRun): string {
  const latest = recent.at(-1);
  const losses = (record?.curves ?? []).map(({ metric, label }) => {
    const name = /^.[A-Z]/.test(label) ? label : label.toLowerCase();
    return `${name} ${(latest?.[metric] ?? Number.NaN).toPrecision(3)}`;
  });
  return latest && losses.length > 0 ? vscode.l10n.t('losses: {0}', losses.join(', ')) : '';
}
