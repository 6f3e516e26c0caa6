/** The panel of one run: takes the extension's messages, draws their state, sends commands back. */
import { Announcer } from './base/announcer.ts';
import { element } from './base/dom.ts';
import { ChartSection } from './charts/chart-section.ts';
import { LOSSES } from './charts/list.ts';
import { Notices } from './header/notices.ts';
import { type Command, RunHeader } from './header/run-header.ts';
import type { FromPanel, PanelRun, ToPanel } from './messages.ts';
import { MetricsHistory } from './run/metrics-history.ts';
import { isLive, spokenSummary } from './run/run-text.ts';
import type { ViewState } from './run/view-state.ts';
import { SampleTimeline } from './samples/sample-timeline.ts';
import { StatisticsSection } from './statistics/statistics-section.ts';

export interface Host {
  readonly send: (message: FromPanel) => void;
  readonly saveView: (view: ViewState) => void;
}

/** Commands whose effect is a change of state, so that the buttons wait for it. */
const CHANGING_STATE: readonly Command[] = ['pause', 'resume', 'stop', 'resumeRun'];

export class RunPanel {
  readonly #host: Host;
  readonly #history = new MetricsHistory();
  readonly #header: RunHeader;
  readonly #notices = new Notices();
  readonly #charts: ChartSection;
  readonly #statistics: StatisticsSection;
  readonly #samples: SampleTimeline;
  readonly #announcer = new Announcer();
  readonly #root: HTMLElement;
  #view: ViewState;
  #run: PanelRun | null = null;
  /** Sent and not yet seen to take effect. */
  #pending: Command | null = null;
  #frame: number | null = null;

  constructor(root: HTMLElement, view: ViewState, host: Host) {
    this.#root = root;
    this.#view = view;
    this.#host = host;
    this.#header = new RunHeader((command) => this.#command(command));
    this.#charts = new ChartSection(view, { onView: (change) => this.#changeView(change) });
    this.#statistics = new StatisticsSection({ onFold: (statistics) => this.#changeView({ statistics }) });
    this.#samples = new SampleTimeline(view.sampleStep, {
      onPick: (sampleStep) => {
        this.#saveView({ sampleStep });
        this.#charts.mark(sampleStep);
      },
    });
  }

  receive(message: ToPanel): void {
    switch (message.type) {
      case 'snapshot':
        this.#pending = null;
        this.#history.replace(message.metrics);
        this.#setRun(message.run);
        this.#samples.replace(message.samples);
        break;
      case 'run':
        this.#setRun(message.run);
        break;
      case 'metrics':
        this.#history.add(message.rows);
        break;
      case 'samples':
        this.#samples.add(message.samples);
        break;
      case 'error':
        this.#pending = null;
        this.#notices.showError(message.message);
        break;
    }
    this.#schedule();
  }

  recolour(): void {
    this.#charts.recolour();
  }

  #setRun(run: PanelRun): void {
    if (run.state !== this.#run?.state) this.#pending = null;
    if (!this.#run) {
      this.#root.replaceChildren(
        this.#header.root,
        this.#notices.root,
        element(
          'main',
          { class: 'content' },
          element('div', { class: 'numbers' }, this.#charts.root, this.#statistics.root),
          this.#samples.root,
        ),
        this.#announcer.root,
      );
    }
    this.#run = run;
    this.#samples.setLayout(run.samples);
  }

  #command(command: Command): void {
    if (CHANGING_STATE.includes(command)) this.#pending = command;
    this.#notices.showError(null);
    this.#host.send({ type: 'command', command });
    this.#schedule();
  }

  #changeView(change: Partial<ViewState>): void {
    this.#saveView(change);
    this.#schedule();
  }

  #saveView(change: Partial<ViewState>): void {
    this.#view = { ...this.#view, ...change };
    this.#host.saveView(this.#view);
  }

  /** However many messages come, the panel is drawn once a frame, and not at all while hidden. */
  #schedule(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#draw();
    });
  }

  #draw(): void {
    const run = this.#run;
    if (!run) return;
    this.#header.update(run, this.#history, this.#pending);
    this.#notices.update(run);
    const losses = LOSSES.curvesOf(run, this.#history.newest);
    this.#charts.update(run, this.#history, this.#view, this.#samples.picked);
    this.#statistics.update(this.#history, losses, this.#view.statistics);
    this.#samples.setEmptyText(
      isLive(run.state) ? 'The first sample grid will appear soon.' : 'No sample grid was saved.',
    );
    this.#announcer.announce(spokenSummary(run, this.#history, losses));
  }
}
