/** Each loss with its line, its name and its value: "— Generator 0.8123  smoothed 0.7904". */

import { element, setText } from '../base/dom.ts';
import { formatValue } from '../base/format.ts';
import type { RunCurve } from '../run/curves.ts';
import type { ChartReading } from './line-chart.ts';

export class LossLegend {
  readonly root = element('div', { class: 'legend' });
  #entries: readonly Entry[] = [];

  /** Values of a reading, or none. */
  show(curves: readonly RunCurve[], reading: ChartReading | null, smoothed: boolean): void {
    if (curves.map(keyOf).join() !== this.#entries.map(({ key }) => key).join()) {
      this.#entries = curves.map(legendEntry);
      this.root.replaceChildren(...this.#entries.map(({ root }) => root));
    }
    for (const [i, entry] of this.#entries.entries()) {
      setText(entry.value, reading ? formatValue(reading.losses[i]) : '');
      setText(entry.smoothed, reading && smoothed ? `smoothed ${formatValue(reading.smoothed[i])}` : '');
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
    { class: 'legend-entry' },
    element('span', { class: `swatch curve-${index + 1}`, 'aria-hidden': 'true' }),
    element('span', { class: 'legend-name' }, label),
    value,
    smoothed,
  );
  return { key: keyOf(curve), root, value, smoothed };
}
