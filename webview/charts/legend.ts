/** Each curve with its line, its name and its value: "— Generator 0.8123  smoothed 0.7904". */
import { type Attributes, element, setAttribute, setText } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import type { RunCurve } from '../run/curves.ts';
import { metricExplanation, metricText } from '../run/metric-text.ts';
import { type ChartTheme, type CurveStyle, readChartTheme } from './chart-theme.ts';
import type { ChartReading } from './line-chart.ts';

export class Legend {
  readonly root = element('div', { class: 'legend' });
  #theme: ChartTheme = readChartTheme();
  #entries: readonly Entry[] = [];

  /** Values of a reading, or none. */
  show(curves: readonly RunCurve[], reading: ChartReading | null, smoothed: boolean): void {
    if (curves.map(keyOf).join() !== this.#entries.map(({ key }) => key).join()) {
      this.#entries = curves.map(legendEntry);
      this.#colour();
      this.root.replaceChildren(...this.#entries.map(({ root }) => root));
    }
    for (const [i, entry] of this.#entries.entries()) {
      setText(entry.value, reading ? metricText(entry.metric, reading.values[i]) : '');
      setText(
        entry.smoothed,
        reading && smoothed ? t('smoothed {0}', metricText(entry.metric, reading.smoothed[i])) : '',
      );
    }
  }

  recolour(): void {
    this.#theme = readChartTheme();
    this.#colour();
  }

  #colour(): void {
    for (const [i, { line }] of this.#entries.entries()) setLine(line, this.#theme.curves[i]);
  }
}

type Entry = ReturnType<typeof legendEntry>;

const keyOf = ({ metric, label }: RunCurve): string => `${metric} ${label}`;

function legendEntry(curve: RunCurve) {
  const { metric, label } = curve;
  const value = element('span', { class: 'legend-value', 'data-testid': `legend-${metric}` });
  const smoothed = element('span', { class: 'legend-smoothed', 'data-testid': `legend-${metric}-smoothed` });
  const line = svg('line', { x2: LENGTH, y1: 1, y2: 1, 'stroke-width': 2 });
  const swatch = svg('svg', { class: 'swatch', width: LENGTH, height: 2, 'aria-hidden': 'true' });
  swatch.append(line);
  const root = element(
    'div',
    { class: 'legend-entry', title: metricExplanation(metric) },
    swatch,
    element('span', { class: 'legend-name' }, label),
    value,
    smoothed,
  );
  return { key: keyOf(curve), metric, line, root, value, smoothed };
}

/** Of a swatch's line, in pixels. */
const LENGTH = 21;

/** A swatch's line as the chart draws its curve. */
function setLine(line: SVGElement, style: CurveStyle | undefined): void {
  setAttribute(line, 'stroke', style?.colour ?? null);
  setAttribute(line, 'stroke-dasharray', style?.dash.join(' ') || null);
}

function svg(tag: 'svg' | 'line', attributes: Attributes): SVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  return node;
}
