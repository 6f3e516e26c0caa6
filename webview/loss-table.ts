/** The chart as text: the newest metrics rows in a table, newest first. */

import type { MetricsRow } from '../sidecar/protocol.ts';
import { durationText } from '../sidecar/runs/pace.ts';
import { element } from './dom.ts';
import { formatCount, formatLoss, formatRate } from './format.ts';

/** Rows shown. A table of the whole run would help nobody, and its last values tell where it stands. */
export const TABLE_ROWS = 100;

const KNOWN = ['step', 'generatorLoss', 'discriminatorLoss', 'imagesPerSecond', 'seconds', 'images'];

export class LossTable {
  readonly #body = element('tbody');
  readonly #head = element('tr');
  readonly #caption = element('caption');
  readonly root = element(
    'div',
    {
      class: 'table-scroll',
      tabindex: 0,
      role: 'region',
      'aria-label': 'Losses as a table',
      'data-testid': 'loss-table',
    },
    element('table', {}, this.#caption, element('thead', {}, this.#head), this.#body),
  );
  #statistics: readonly string[] | null = null;
  #shown: readonly MetricsRow[] = [];

  update(rows: readonly MetricsRow[]): void {
    const newest = rows.slice(-TABLE_ROWS);
    const statistics = Object.keys(newest.at(-1) ?? {}).filter((name) => !KNOWN.includes(name));
    if (statistics.join() !== this.#statistics?.join()) {
      this.#statistics = statistics;
      this.#shown = [];
      const titles = [
        'Step',
        'Generator loss',
        'Discriminator loss',
        ...statistics.map(sentence),
        'Images/s',
        'Elapsed',
      ];
      this.#head.replaceChildren(...titles.map((title) => element('th', { scope: 'col' }, title)));
    }
    this.#caption.textContent =
      rows.length > newest.length
        ? `Newest ${formatCount(newest.length)} of ${formatCount(rows.length)} recorded steps`
        : 'Every recorded step, newest first';
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
      formatLoss(row.generatorLoss),
      formatLoss(row.discriminatorLoss),
      ...(this.#statistics ?? []).map((name) => formatLoss(row[name])),
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

/** "realScore" → "Real score". */
export const sentence = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
