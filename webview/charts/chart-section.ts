/** Losses: legend with values, scale, smoothing and zoom controls, and the chart or its table. */

import { element, iconButton, setAttribute, setIcon, setSlider, setText } from '../base/dom.ts';
import { formatCount } from '../base/format.ts';
import { usesScreenReader } from '../base/theme.ts';
import type { PanelRun } from '../messages.ts';
import { lossesOf, lossesText, type RunCurve } from '../run/curves.ts';
import type { MetricsHistory } from '../run/metrics-history.ts';
import { MAX_SMOOTHING, type ViewState } from '../run/view-state.ts';
import { EmptyState } from './empty-state.ts';
import { LossLegend } from './legend.ts';
import { type ChartReading, LossChart } from './line-chart.ts';
import { LossTable } from './metrics-table.ts';

export interface LossSectionEvents {
  readonly onView: (change: Partial<ViewState>) => void;
}

export class LossSection {
  readonly #chart: LossChart;
  readonly #table = new LossTable();
  readonly #empty = new EmptyState();
  readonly #spoken = element('div', {
    class: 'visually-hidden',
    'aria-live': 'polite',
    'data-testid': 'spoken-reading',
  });
  readonly #step = element('span', { class: 'legend-step', 'data-testid': 'legend-step' });
  readonly #legend = new LossLegend();
  readonly #smoothing = element('input', {
    type: 'range',
    class: 'chart-tool',
    min: 0,
    max: MAX_SMOOTHING,
    step: 0.01,
    id: 'smoothing',
    title: 'Smoothing: weight of the past in a moving average',
    'aria-label': 'Smoothing',
    'data-testid': 'smoothing',
  });
  readonly #smoothingValue = element('output', { for: 'smoothing', class: 'smoothing-value chart-tool' });
  readonly #log = element('button', {
    type: 'button',
    class: 'toggle-button chart-tool',
    title: 'Logarithmic scale',
    'aria-label': 'Logarithmic scale',
    'data-testid': 'log-scale',
  });
  readonly #resetZoom: HTMLButtonElement;
  readonly #tableToggle: HTMLButtonElement;
  readonly #tableIcon: HTMLElement;
  readonly root: HTMLElement;
  #view: ViewState;
  #curves: readonly RunCurve[] = [];
  #hover: ChartReading | null = null;

  constructor(view: ViewState, events: LossSectionEvents) {
    this.#view = view;
    this.#chart = new LossChart({
      onZoom: (zoom) => events.onView({ zoom }),
      onHover: (reading) => this.#onHover(reading),
      onRead: (reading) => setText(this.#spoken, this.#spokenReading(reading)),
    });
    setAttribute(this.#chart.root, 'tabindex', 0);
    setAttribute(this.#chart.root, 'role', 'group');
    setAttribute(this.#chart.root, 'aria-roledescription', 'line chart');
    this.#log.append('Log');
    this.#log.addEventListener('click', () => events.onView({ logScale: !this.#view.logScale }));
    this.#smoothing.addEventListener('input', () => events.onView({ smoothing: this.#smoothing.valueAsNumber }));
    this.#resetZoom = iconButton({
      name: 'Show all steps',
      icon: 'screen-full',
      testId: 'reset-zoom',
      onClick: () => {
        events.onView({ zoom: null });
        this.#chart.root.focus();
      },
    });
    this.#tableToggle = iconButton({
      name: 'Show as table',
      icon: 'table',
      testId: 'table-toggle',
      onClick: () => events.onView({ table: !this.#showsTable() }),
    });
    this.#tableIcon = this.#tableToggle.firstElementChild as HTMLElement;
    this.root = element(
      'section',
      { class: 'losses', 'aria-labelledby': 'losses-title' },
      element(
        'div',
        { class: 'section-header' },
        element('h2', { id: 'losses-title' }, 'Losses'),
        this.#step,
        element(
          'div',
          { class: 'section-tools' },
          element('label', { class: 'tool-label chart-tool', for: 'smoothing' }, 'Smoothing'),
          this.#smoothing,
          this.#smoothingValue,
          this.#log,
          this.#resetZoom,
          this.#tableToggle,
        ),
      ),
      this.#legend.root,
      element('div', { class: 'chart-area' }, this.#chart.root, this.#table.root, this.#empty.root),
      this.#spoken,
    );
  }

  update(
    run: PanelRun,
    history: MetricsHistory,
    curves: readonly RunCurve[],
    view: ViewState,
    markedStep: number | null,
  ): void {
    this.#view = view;
    if (namesOf(curves) !== namesOf(this.#curves)) this.#hover = null;
    this.#curves = curves;
    const { rows } = history;
    const empty = rows.length === 0;
    const table = this.#showsTable();
    setText(this.#smoothingValue, view.smoothing.toFixed(2));
    setSlider(this.#smoothing, view.smoothing);
    setAttribute(this.#log, 'aria-pressed', String(view.logScale));
    setAttribute(this.#tableToggle, 'aria-pressed', String(table));
    setIcon(this.#tableIcon, table ? 'graph-line' : 'table');
    const toggleName = table ? 'Show as chart' : 'Show as table';
    setAttribute(this.#tableToggle, 'title', toggleName);
    setAttribute(this.#tableToggle, 'aria-label', 'Show as table');
    this.#resetZoom.hidden = view.zoom === null || table;
    this.#chart.root.hidden = empty || table;
    this.#table.root.hidden = empty || !table;
    this.#empty.root.hidden = !empty;
    if (empty) {
      this.#empty.update(run);
    } else if (table) {
      this.#table.update(rows, curves);
    } else {
      this.#chart.update(
        { steps: history.steps(), losses: curves.map(({ metric }) => history.curve(metric)) },
        { logScale: view.logScale, smoothing: view.smoothing, zoom: view.zoom, markedStep },
      );
    }
    this.#describe(history);
    this.#showReading(this.#hover ?? this.#chart.reading());
    setAttribute(this.root, 'data-shows', empty ? 'empty' : table ? 'table' : 'chart');
  }

  mark(step: number | null): void {
    this.#chart.mark(step);
  }

  recolour(): void {
    this.#chart.recolour();
  }

  #showsTable(): boolean {
    return this.#view.table ?? usesScreenReader();
  }

  #onHover(reading: ChartReading | null): void {
    this.#hover = reading;
    this.#showReading(reading ?? this.#chart.reading());
  }

  #showReading(reading: ChartReading | null): void {
    setText(this.#step, reading ? `Step ${formatCount(reading.step)}` : '');
    this.#legend.show(this.#curves, reading, this.#view.smoothing > 0);
  }

  #describe(history: MetricsHistory): void {
    const first = history.rows[0];
    const last = history.newest;
    if (!first || !last) return;
    const losses = lossesText(this.#curves, lossesOf(this.#curves, last));
    const range = `steps ${formatCount(first.step)} to ${formatCount(last.step)}`;
    const keys = 'Arrow keys read values, plus and minus zoom, 0 shows all steps.';
    setAttribute(this.#chart.root, 'aria-label', `Losses over ${range}; newest ${losses}. ${keys}`);
  }

  #spokenReading({ step, losses }: ChartReading): string {
    return `Step ${formatCount(step)}: ${lossesText(this.#curves, losses)}`;
  }
}

const namesOf = (curves: readonly RunCurve[]): string => curves.map(({ metric }) => metric).join();
