/** Who the run is and how it goes: name, state, figures, progress, and its commands. */
import { durationText, paceOf } from '../../sidecar/terms/pace.ts';
import { button, element, iconButton, setAttribute, setIcon, setText } from '../base/dom.ts';
import { formatCount, formatRate, formatTime } from '../base/format.ts';
import { t } from '../base/l10n.ts';
import type { PanelRun, RunAction } from '../messages.ts';
import type { MetricsHistory } from '../run/metrics-history.ts';
import { currentStep, datasetText, isLive, STATES, timeLeft } from '../run/run-text.ts';

/** What the badge says while an action is on its way. */
const PENDING: Partial<Record<RunAction, string>> = {
  pause: t('Pausing…'),
  resume: t('Resuming…'),
  stop: t('Stopping…'),
  resumeRun: t('Resuming…'),
};

/** Shown in this order. */
const figures = ['step', 'pace', 'left', 'elapsed', 'device'] as const;
type Figure = (typeof figures)[number];

/** What each figure is of; `unit` is what the data are: "images". */
const figureNames = (unit: string): Readonly<Record<Figure, string>> => ({
  step: t('Step'),
  pace: t('{0}/s', unit.charAt(0).toUpperCase() + unit.slice(1)),
  left: t('Time left'),
  elapsed: t('Elapsed'),
  device: t('Device'),
});

const byFigure = (make: (name: Figure) => HTMLElement) =>
  Object.fromEntries(figures.map((name) => [name, make(name)])) as Record<Figure, HTMLElement>;

export class RunHeader {
  readonly #name = element('h1', { 'data-testid': 'run-name' });
  readonly #stateIcon = element('span', { 'aria-hidden': 'true' });
  readonly #stateLabel = element('span', { 'data-testid': 'state' });
  readonly #state = element('span', { class: 'state', role: 'status' }, this.#stateIcon, this.#stateLabel);
  readonly #about = element('p', { class: 'about', 'data-testid': 'about' });
  readonly #progress = element('progress', { 'aria-label': t('Training progress'), 'data-testid': 'progress' });
  readonly #names = byFigure(() => element('dt'));
  readonly #values = byFigure((name) => element('dd', { 'data-testid': `figure-${name}` }));
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
      pause: action('pause', t('Pause'), 'debug-pause', false),
      resume: action('resume', t('Resume'), 'debug-continue', true),
      stop: action('stop', t('Stop'), 'debug-stop', false),
      resumeRun: action('resumeRun', t('Resume run'), 'debug-continue', true),
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
          { class: 'actions', role: 'group', 'aria-label': t('Run') },
          ...Object.values(this.#buttons),
          element(
            'span',
            { class: 'links' },
            link('openConfig', t('Open config'), 'go-to-file'),
            link('openFolder', t('Open run folder'), 'folder-opened'),
            link('showLog', t('Show log'), 'output'),
          ),
        ),
      ),
      this.#about,
      element(
        'dl',
        { class: 'figures' },
        ...figures.map((name) => element('div', { class: 'figure' }, this.#names[name], this.#values[name])),
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
        t('seed {0}', run.seed),
        t('started {0}', formatTime(run.startedAt)),
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
    const values: Record<Figure, string> = {
      step: run.steps > 0 ? `${formatCount(step)} / ${formatCount(run.steps)}` : formatCount(step),
      pace: pace ? formatRate(pace.examplesPerSecond) : '–',
      left: left === null ? '–' : durationText(left),
      elapsed: history.newest ? durationText(history.newest.seconds) : '–',
      device: run.device?.name ?? '–',
    };
    const names = figureNames(run.dataset?.unit ?? t('examples'));
    for (const name of figures) {
      setText(this.#names[name], names[name]);
      setText(this.#values[name], values[name]);
    }
    setAttribute(this.#values.device, 'title', run.device ? `${run.device.name}, ${run.device.engine}` : null);
  }

  #showButtons(run: PanelRun, step: number, pending: RunAction | null): void {
    const ended = run.state === 'stopped' || run.state === 'interrupted' || run.state === 'failed';
    const shown = {
      pause: run.state === 'running' || run.state === 'starting',
      resume: run.state === 'paused',
      stop: isLive(run.state),
      // Nothing to continue from before the first step.
      resumeRun: ended && step > 0,
    };
    for (const [command, node] of Object.entries(this.#buttons)) {
      node.hidden = !shown[command as keyof typeof shown];
      node.disabled = pending !== null || (command === 'pause' && run.state === 'starting');
    }
  }
}
