/** Each curve with its line, its name and its value: "— Generator 0.8123  smoothed 0.7904". */

import { element, setText } from '../base/dom.ts';
import type { RunCurve } from '../run/curves.ts';
import { metricExplanation, metricText } from '../run/metric-text.ts';
import type { ChartReading } from './line-chart.ts';

export class Legend {
  readonly root = element('div', { class: 'legend' });
  #entries: readonly Entry[] = [];

  /** Values of a reading, or none. */
  show(curves: readonly RunCurve[], reading: ChartReading | null, smoothed: boolean): void {
    if (curves.map(keyOf).join() !== this.#entries.map(({ key }) => key).join()) {
      this.#entries = curves.map(legendEntry);
      this.root.replaceChildren(...this.#entries.map(({ root }) => root));
    }
    for (const [i, entry] of this.#entries.entries()) {
      setText(entry.value, reading ? metricText(entry.metric, reading.values[i]) : '');
      setText(entry.smoothed, reading && smoothed ? `smoothed ${metricText(entry.metric, reading.smoothed[i])}` : '');
    }
  }
}

type Entry = ReturnType<typeof legendEntry>;

const keyOf = ({ metric, label }: RunCurve): string => `${metric} ${label}`;

function legendEntry(curve: RunCurve, index: number) {
  const { metric, label } = curve;
  const value = element('span', { class: 'legend-value', 'data-testid': `legend-${metric}` });
  const smoothed = element('span', { class: 'legend-smoothed', 'data-testid': `legend-${metric}-smoothed` });
  const root = element(
    'div',
    { class: 'legend-entry', title: metricExplanation(metric) },
    element('span', { class: `swatch curve-${index + 1}`, 'aria-hidden': 'true' }),
    element('span', { class: 'legend-name' }, label),
    value,
    smoothed,
  );
  return { key: keyOf(curve), metric, root, value, smoothed };
}
