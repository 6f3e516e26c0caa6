/** Charts: tabs of what there is to draw, legend with values, scale, smoothing and zoom controls, and the chart or its table. */
import { element, iconButton, setAttribute, setIcon, setSlider, setText } from '../base/dom.ts';
import { formatCount } from '../base/format.ts';
import { t } from '../base/l10n.ts';
import { usesScreenReader } from '../base/theme.ts';
import type { PanelRun } from '../messages.ts';
import { type RunCurve, valuesOf, valuesText } from '../run/curves.ts';
import type { MetricsHistory } from '../run/metrics-history.ts';
import { MAX_SMOOTHING, type ViewState } from '../run/view-state.ts';
import { type Chart, unitOf } from './chart.ts';
import { EmptyState } from './empty-state.ts';
import { Legend } from './legend.ts';
import { type ChartReading, LineChart } from './line-chart.ts';
import { charts, LOSSES } from './list.ts';
import { MetricsTable } from './metrics-table.ts';
import { ChartTabs } from './tabs.ts';

export interface ChartSectionEvents {
  readonly onView: (change: Partial<ViewState>) => void;
}

const AREA = 'chart-area';

export class ChartSection {
  readonly #lines: LineChart;
  readonly #table = new MetricsTable();
  readonly #empty = new EmptyState();
  readonly #spoken = element('div', {
    class: 'visually-hidden',
    'aria-live': 'polite',
    'data-testid': 'spoken-reading',
  });
  readonly #tabs: ChartTabs;
  readonly #heading = element('h2', { id: 'charts-title' });
  readonly #step = element('span', { class: 'legend-step', 'data-testid': 'legend-step' });
  readonly #unit = element('span', { class: 'legend-step', 'data-testid': 'chart-unit' });
  readonly #legend = new Legend();
  readonly #smoothing = element('input', {
    type: 'range',
    class: 'chart-tool',
    min: 0,
    max: MAX_SMOOTHING,
    step: 0.01,
    id: 'smoothing',
    title: t('Smoothing: weight of the past in a moving average'),
    'aria-label': t('Smoothing'),
    'data-testid': 'smoothing',
  });
  readonly #smoothingValue = element('output', { for: 'smoothing', class: 'smoothing-value chart-tool' });
  readonly #log = element(
    'button',
    {
      type: 'button',
      class: 'toggle-button chart-tool',
      title: t('Logarithmic scale'),
      'aria-label': t('Logarithmic scale'),
      'data-testid': 'log-scale',
    },
    t('Log'),
  );
  readonly #resetZoom: HTMLButtonElement;
  readonly #tableToggle: HTMLButtonElement;
  readonly #tableIcon: HTMLElement;
  readonly root: HTMLElement;
  #view: ViewState;
  #chart: Chart = LOSSES;
  #curves: readonly RunCurve[] = [];
  #hover: ChartReading | null = null;

  constructor(view: ViewState, events: ChartSectionEvents) {
    this.#view = view;
    this.#lines = new LineChart({
      onZoom: (zoom) => events.onView({ zoom }),
      onHover: (reading) => this.#onHover(reading),
      onRead: ({ step, values }) =>
        setText(this.#spoken, t('Step {0}: {1}', formatCount(step), valuesText(this.#curves, values))),
    });
    setAttribute(this.#lines.root, 'tabindex', 0);
    setAttribute(this.#lines.root, 'role', 'group');
    setAttribute(this.#lines.root, 'aria-roledescription', t('line chart'));
    this.#tabs = new ChartTabs(AREA, (chart) => events.onView({ chart }));
    this.#log.addEventListener('click', () => events.onView({ logScale: !this.#view.logScale }));
    this.#smoothing.addEventListener('input', () => events.onView({ smoothing: this.#smoothing.valueAsNumber }));
    this.#resetZoom = iconButton({
      name: t('Show all steps'),
      icon: 'screen-full',
      testId: 'reset-zoom',
      onClick: () => {
        events.onView({ zoom: null });
        this.#lines.root.focus();
      },
    });
    this.#tableToggle = iconButton({
      name: t('Show as table'),
      icon: 'table',
      testId: 'table-toggle',
      onClick: () => events.onView({ table: !this.#showsTable() }),
    });
    this.#tableIcon = this.#tableToggle.firstElementChild as HTMLElement;
    this.root = element(
      'section',
      { class: 'charts', 'aria-labelledby': 'charts-title' },
      element(
        'div',
        { class: 'section-header' },
        this.#heading,
        this.#tabs.root,
        this.#step,
        this.#unit,
        element(
          'div',
          { class: 'section-tools' },
          element('label', { class: 'tool-label chart-tool', for: 'smoothing' }, t('Smoothing')),
          this.#smoothing,
          this.#smoothingValue,
          this.#log,
          this.#resetZoom,
          this.#tableToggle,
        ),
      ),
      this.#legend.root,
      element('div', { class: 'chart-area', id: AREA }, this.#lines.root, this.#table.root, this.#empty.root),
      this.#spoken,
    );
  }

  update(run: PanelRun, history: MetricsHistory, view: ViewState, markedStep: number | null): void {
    this.#view = view;
    this.#pick(run, history);
    const { rows } = history;
    const empty = rows.length === 0;
    const table = this.#showsTable();
    this.#lines.root.hidden = empty || table;
    this.#table.root.hidden = empty || !table;
    this.#empty.root.hidden = !empty;
    if (empty) {
      this.#empty.update(run);
    } else if (table) {
      this.#table.update(rows, LOSSES.curvesOf(run, history.newest));
    } else {
      const { includes, scale } = this.#chart;
      this.#lines.update(
        { steps: history.steps(), values: this.#curves.map(({ metric }) => history.curve(metric)) },
        { ...view, logScale: view.logScale && scale === 'any', includes, markedStep },
      );
    }
    this.#showTools(table);
    this.#describe(history);
    this.#showReading(this.#hover ?? this.#lines.reading());
    setAttribute(this.root, 'data-shows', empty ? 'empty' : table ? 'table' : 'chart');
  }

  mark(step: number | null): void {
    this.#lines.mark(step);
  }

  recolour(): void {
    this.#lines.recolour();
    this.#legend.recolour();
  }

  /** The chart that the person picked, or the losses where the run has nothing for it. */
  #pick(run: PanelRun, { newest }: MetricsHistory): void {
    const drawn = charts.filter((chart) => chart === LOSSES || (newest && chart.curvesOf(run, newest).length > 0));
    this.#chart = drawn.find(({ name }) => name === this.#view.chart) ?? LOSSES;
    const curves = this.#chart.curvesOf(run, newest);
    if (namesOf(curves) !== namesOf(this.#curves)) this.#hover = null;
    this.#curves = curves;
    this.#tabs.show(drawn, this.#chart);
  }

  #showTools(table: boolean): void {
    const { smoothing, logScale, zoom } = this.#view;
    setText(this.#smoothingValue, smoothing.toFixed(2));
    setSlider(this.#smoothing, smoothing);
    this.#log.hidden = this.#chart.scale === 'linear';
    setAttribute(this.#log, 'aria-pressed', String(logScale));
    setAttribute(this.#tableToggle, 'aria-pressed', String(table));
    setIcon(this.#tableIcon, table ? 'graph-line' : 'table');
    setAttribute(this.#tableToggle, 'title', table ? t('Show as chart') : t('Show as table'));
    setAttribute(this.#tableToggle, 'aria-label', t('Show as table'));
    this.#resetZoom.hidden = zoom === null || table;
    this.#tabs.root.hidden = table;
    setText(this.#heading, table ? t('Metrics') : t('Charts'));
    setAttribute(this.#heading, 'class', table ? null : 'visually-hidden');
    const unit = unitOf(this.#curves);
    setText(this.#unit, unit === null || table ? '' : t('in {0}', unit));
    this.#step.hidden = table;
  }

  #showsTable(): boolean {
    return this.#view.table ?? usesScreenReader();
  }

  #onHover(reading: ChartReading | null): void {
    this.#hover = reading;
    this.#showReading(reading ?? this.#lines.reading());
  }

  #showReading(reading: ChartReading | null): void {
    setText(this.#step, reading ? t('Step {0}', formatCount(reading.step)) : '');
    this.#legend.show(this.#curves, reading, this.#view.smoothing > 0);
  }

  #describe(history: MetricsHistory): void {
    const first = history.rows[0];
    const last = history.newest;
    if (!first || !last) return;
    const values = valuesText(this.#curves, valuesOf(this.#curves, last));
    const range = t('steps {0} to {1}', formatCount(first.step), formatCount(last.step));
    const keys = t('Arrow keys read values, plus and minus zoom, 0 shows all steps.');
    setAttribute(
      this.#lines.root,
      'aria-label',
      t('{0} over {1}; newest {2}. {3}', this.#chart.title, range, values, keys),
    );
  }
}

const namesOf = (curves: readonly RunCurve[]): string => curves.map(({ metric }) => metric).join();
