/** The panel of one run: takes what the extension tells of it, draws it, and asks for what the person wants. */
import { Announcer } from '../base/announcer.ts';
import { element } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import { ChartSection } from '../charts/chart-section.ts';
import { LOSSES } from '../charts/list.ts';
import { Notices } from '../header/notices.ts';
import { RunHeader } from '../header/run-header.ts';
import type { PanelRun, PanelSample, RunAction, RunNews } from '../messages.ts';
import { MetricsHistory } from '../run/metrics-history.ts';
import { isLive, spokenSummary } from '../run/run-text.ts';
import type { ViewState } from '../run/view-state.ts';
import { SampleTimeline } from '../samples/sample-timeline.ts';
import { StatisticsSection } from '../statistics/statistics-section.ts';

export interface Host {
  /** Resolves once the action has taken effect; rejects with what the person is to read. */
  readonly act: (action: RunAction) => Promise<unknown>;
  readonly saveView: (view: ViewState) => void;
}

/** Actions whose effect is a change of state, so that the buttons wait for it. */
const CHANGING_STATE: readonly RunAction[] = ['pause', 'resume', 'stop', 'resumeRun'];

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
  /** Asked for and not yet seen to take effect. */
  #pending: RunAction | null = null;
  #frame: number | null = null;

  constructor(root: HTMLElement, view: ViewState, host: Host) {
    this.#root = root;
    this.#view = view;
    this.#host = host;
    this.#header = new RunHeader((action) => void this.#act(action));
    this.#charts = new ChartSection(view, { onView: (change) => this.#changeView(change) });
    this.#statistics = new StatisticsSection({ onFold: (statistics) => this.#changeView({ statistics }) });
    this.#samples = new SampleTimeline(view.sampleStep, {
      onPick: (sampleStep) => {
        this.#saveView({ sampleStep });
        this.#charts.mark(sampleStep);
      },
    });
  }

  /** Takes the whole run in place of what was known of it. */
  replace({ run, metrics, samples }: RunNews['snapshot']): void {
    this.#pending = null;
    this.#history.replace(metrics);
    this.#setRun(run);
    this.#samples.replace(samples);
    this.#schedule();
  }

  update(run: PanelRun): void {
    this.#setRun(run);
    this.#schedule();
  }

  addMetrics(rows: RunNews['metrics']): void {
    this.#history.add(rows);
    this.#schedule();
  }

  addSamples(samples: readonly PanelSample[]): void {
    this.#samples.add(samples);
    this.#schedule();
  }

  showError(message: string): void {
    this.#pending = null;
    this.#notices.showError(message);
    // Otherwise it is there with the rest.
    if (!this.#run) this.#root.replaceChildren(this.#notices.root);
    this.#schedule();
  }

  recolour(): void {
    this.#charts.recolour();
  }

  #setRun(run: PanelRun): void {
    if (run.state !== this.#run?.state) this.#pending = null;
    if (!this.#run) {
      this.#notices.showError(null);
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

  async #act(action: RunAction): Promise<void> {
    if (CHANGING_STATE.includes(action)) this.#pending = action;
    this.#notices.showError(null);
    this.#schedule();
    try {
      await this.#host.act(action);
    } catch (error) {
      this.showError(error instanceof Error ? error.message : String(error));
    }
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
      isLive(run.state) ? t('The first samples will appear soon.') : t('No samples were saved.'),
    );
    this.#announcer.announce(spokenSummary(run, this.#history, losses));
  }
}
