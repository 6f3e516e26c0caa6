/** The charts as text: the newest metrics rows in a table, newest first. */

import { durationText } from '../../sidecar/terms/pace.ts';
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import { element } from '../base/dom.ts';
import { formatCount, formatRate, formatShare, formatValue } from '../base/format.ts';
import { t } from '../base/l10n.ts';
import { curveName, type RunCurve, valuesOf } from '../run/curves.ts';
import { metricExplanation, metricLabel, metricText, statisticsOf } from '../run/metric-text.ts';

/** Rows shown. A table of the whole run would help nobody, and its last values tell where it stands. */
export const TABLE_ROWS = 100;

export class MetricsTable {
  readonly #body = element('tbody');
  readonly #head = element('tr');
  readonly #caption = element('caption');
  readonly root = element(
    'div',
    {
      class: 'table-scroll',
      tabindex: 0,
      role: 'region',
      'aria-label': t('Metrics as a table'),
      'data-testid': 'metrics-table',
    },
    element('table', {}, this.#caption, element('thead', {}, this.#head), this.#body),
  );
  #curves: readonly RunCurve[] = [];
  #statistics: readonly string[] = [];
  /** Titles of the columns, with what they mean. */
  #columns = '';
  #shown: readonly MetricsRow[] = [];

  update(rows: readonly MetricsRow[], curves: readonly RunCurve[]): void {
    const newest = rows.slice(-TABLE_ROWS);
    const statistics = statisticsOf(newest.at(-1), curves);
    const columns: readonly (readonly [string, string | null])[] = [
      [t('Step'), null],
      ...curves.map((curve) => [curveName(curve), metricExplanation(curve.metric)] as const),
      ...[...statistics, 'stall', 'imagesPerSecond', 'seconds'].map(
        (name) => [metricLabel(name), metricExplanation(name)] as const,
      ),
    ];
    if (columns.join() !== this.#columns) {
      this.#columns = columns.join();
      this.#curves = curves;
      this.#statistics = statistics;
      this.#shown = [];
      this.#head.replaceChildren(...columns.map(([name, title]) => element('th', { scope: 'col', title }, name)));
    }
    this.#caption.textContent =
      rows.length > newest.length
        ? t('Newest {0} of {1} recorded steps', formatCount(newest.length), formatCount(rows.length))
        : t('Every recorded step, newest first');
    this.#show(newest);
  }

  /** Adds what is new at the top and leaves the other rows as they are, with the reader's place in them. */
  #show(newest: readonly MetricsRow[]): void {
    const last = this.#shown.at(-1);
    const keep = last ? newest.lastIndexOf(last) + 1 : 0;
    const kept = this.#shown.slice(this.#shown.length - keep);
    const grows = keep > 0 && kept.every((row, i) => row === newest[i]);
    while (this.#body.rows.length > (grows ? keep : 0)) this.#body.lastElementChild?.remove();
    for (const row of newest.slice(grows ? keep : 0)) this.#body.prepend(this.#row(row));
    this.#shown = newest;
  }

  #row(row: MetricsRow): HTMLTableRowElement {
    const cells = [
      ...valuesOf(this.#curves, row).map(formatValue),
      ...this.#statistics.map((name) => metricText(name, row[name])),
      Number.isFinite(row.stall) ? formatShare(row.stall) : '–',
      formatRate(row.imagesPerSecond),
      durationText(row.seconds),
    ];
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, formatCount(row.step)),
      ...cells.map((text) => element('td', {}, text)),
    );
  }
}
