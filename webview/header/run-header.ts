/** Who the run is and how it goes: name, state, figures, progress, and its commands. */
import { durationText, paceOf } from '../../sidecar/runs/pace.ts';
import { button, element, iconButton, setAttribute, setIcon, setText } from '../base/dom.ts';
import { formatCount, formatRate, formatTime } from '../base/format.ts';
import type { PanelRun, RunAction } from '../messages.ts';
import type { MetricsHistory } from '../run/metrics-history.ts';
import { currentStep, datasetText, isLive, STATES, timeLeft } from '../run/run-text.ts';

/** What the badge says while an action is on its way. */
const PENDING: Partial<Record<RunAction, string>> = {
  pause: 'Pausing…',
  resume: 'Resuming…',
  stop: 'Stopping…',
  resumeRun: 'Resuming…',
};

const FIGURES = ['Step', 'Images/s', 'Time left', 'Elapsed', 'Device'] as const;
type Figure = (typeof FIGURES)[number];

export class RunHeader {
  readonly #name = element('h1', { 'data-testid': 'run-name' });
  readonly #stateIcon = element('span', { 'aria-hidden': 'true' });
  readonly #stateLabel = element('span', { 'data-testid': 'state' });
  readonly #state = element('span', { class: 'state', role: 'status' }, this.#stateIcon, this.#stateLabel);
  readonly #about = element('p', { class: 'about', 'data-testid': 'about' });
  readonly #progress = element('progress', { 'aria-label': 'Training progress', 'data-testid': 'progress' });
  readonly #figures = Object.fromEntries(
    FIGURES.map((name) => [name, element('dd', { 'data-testid': `figure-${name.toLowerCase().replace(/\W/g, '-')}` })]),
  ) as Record<Figure, HTMLElement>;
  readonly #buttons: Record<'pause' | 'resume' | 'stop' | 'resumeRun', HTMLButtonElement>;
  readonly root: HTMLElement;

  constructor(act: (action: RunAction) => void) {
    const action = (
      command: 'pause' | 'resume' | 'stop' | 'resumeRun',
      label: string,
      icon: string,
      primary: boolean,
    ) =>
      button({
        label,
        icon,
        kind: primary ? 'primary' : 'secondary',
        testId: `command-${command}`,
        onClick: () => act(command),
      });
    this.#buttons = {
      pause: action('pause', 'Pause', 'debug-pause', false),
      resume: action('resume', 'Resume', 'debug-continue', true),
      stop: action('stop', 'Stop', 'debug-stop', false),
      resumeRun: action('resumeRun', 'Resume run', 'debug-continue', true),
    };
    const link = (command: RunAction, name: string, icon: string) =>
      iconButton({ name, icon, testId: `command-${command}`, onClick: () => act(command) });
    this.root = element(
      'header',
      { class: 'run-header' },
      element(
        'div',
        { class: 'title-row' },
        element('div', { class: 'title' }, this.#name, this.#state),
        element(
          'div',
          { class: 'actions', role: 'group', 'aria-label': 'Run' },
          ...Object.values(this.#buttons),
          element(
            'span',
            { class: 'links' },
            link('openConfig', 'Open config', 'go-to-file'),
            link('openFolder', 'Open run folder', 'folder-opened'),
            link('showLog', 'Show log', 'output'),
          ),
        ),
      ),
      this.#about,
      element(
        'dl',
        { class: 'figures' },
        ...FIGURES.map((name) => element('div', { class: 'figure' }, element('dt', {}, name), this.#figures[name])),
      ),
      this.#progress,
    );
  }

  update(run: PanelRun, history: MetricsHistory, pending: RunAction | null): void {
    setText(this.#name, run.name);
    this.#showState(run, pending);
    this.#showFigures(run, history);
    setText(
      this.#about,
      [
        ...(run.dataset ? [datasetText(run.dataset)] : []),
        `seed ${run.seed}`,
        `started ${formatTime(run.startedAt)}`,
      ].join(' · '),
    );
    const step = currentStep(run, history);
    if (run.steps > 0) {
      this.#progress.max = run.steps;
      this.#progress.value = Math.min(step, run.steps);
    } else if (isLive(run.state)) {
      this.#progress.removeAttribute('value');
    } else {
      this.#progress.value = 0;
    }
    this.#showButtons(run, step, pending);
  }

  #showState(run: PanelRun, pending: RunAction | null): void {
    const { label, icon } = STATES[run.state];
    const waiting = pending ? PENDING[pending] : undefined;
    setIcon(this.#stateIcon, waiting ? 'loading codicon-modifier-spin' : icon);
    setText(this.#stateLabel, waiting ?? label);
    setAttribute(this.#state, 'data-state', run.state);
  }

  #showFigures(run: PanelRun, history: MetricsHistory): void {
    const step = currentStep(run, history);
    const pace = paceOf(history.rows);
    const left = run.state === 'running' || run.state === 'paused' ? timeLeft(run, history) : null;
    const figures: Record<Figure, string> = {
      Step: run.steps > 0 ? `${formatCount(step)} / ${formatCount(run.steps)}` : formatCount(step),
      'Images/s': pace ? formatRate(pace.imagesPerSecond) : '–',
      'Time left': left === null ? '–' : durationText(left),
      Elapsed: history.newest ? durationText(history.newest.seconds) : '–',
      Device: run.device?.name ?? '–',
    };
    for (const name of FIGURES) setText(this.#figures[name], figures[name]);
    setAttribute(this.#figures.Device, 'title', run.device ? `${run.device.name}, ${run.device.engine}` : null);
  }

  #showButtons(run: PanelRun, step: number, pending: RunAction | null): void {
    const ended = run.state === 'stopped' || run.state === 'interrupted' || run.state === 'failed';
    const shown = {
      pause: run.state === 'running' || run.state === 'starting',
      resume: run.state === 'paused',
      stop: isLive(run.state),
      // Nothing to go on from before the first step.
      resumeRun: ended && step > 0,
    };
    for (const [command, node] of Object.entries(this.#buttons)) {
      node.hidden = !shown[command as keyof typeof shown];
      node.disabled = pending !== null || (command === 'pause' && run.state === 'starting');
    }
  }
}
