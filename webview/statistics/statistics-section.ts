/** Statistics: the newest values of all that is measured besides the losses. Can be folded. */
import { element, icon, setAttribute, setIcon, setText } from '../base/dom.ts';
import { formatShare } from '../base/format.ts';
import { t } from '../base/l10n.ts';
import type { RunCurve } from '../run/curves.ts';
import { metricExplanation, metricLabel, metricText, statisticsOf } from '../run/metric-text.ts';
import type { MetricsHistory } from '../run/metrics-history.ts';
import { MUCH_WAITING, waitingShare } from './waiting.ts';

export interface StatisticsEvents {
  readonly onFold: (statistics: boolean) => void;
}

const WAITING = t('Share of recent time that training spent waiting for data.');
const WAITING_MUCH = `${WAITING} ${t('A faster disk or a smaller data.imageSize would speed up training.')}`;

export class StatisticsSection {
  readonly #chevron = element('span', { 'aria-hidden': 'true' });
  readonly #toggle = element(
    'button',
    { type: 'button', class: 'fold-button', 'aria-controls': 'statistics-list', 'data-testid': 'statistics-toggle' },
    this.#chevron,
    t('Statistics'),
  );
  readonly #waiting = entry('stall', metricLabel('stall'), WAITING);
  readonly #list = element('dl', { class: 'statistics-list', id: 'statistics-list', 'data-testid': 'statistics' });
  readonly root = element(
    'section',
    { class: 'statistics', 'aria-labelledby': 'statistics-title' },
    element('h2', { id: 'statistics-title' }, this.#toggle),
    this.#list,
  );
  #entries: readonly Entry[] | null = null;

  constructor(events: StatisticsEvents) {
    this.#toggle.addEventListener('click', () => events.onFold(this.#list.hidden === true));
    this.#waiting.root.prepend(icon('warning'));
  }

  update(history: MetricsHistory, curves: readonly RunCurve[], open: boolean): void {
    const { newest, rows } = history;
    this.root.hidden = newest === undefined;
    this.#list.hidden = !open;
    setAttribute(this.#toggle, 'aria-expanded', String(open));
    setIcon(this.#chevron, open ? 'chevron-down' : 'chevron-right');
    if (!newest || !open) return;
    const names = statisticsOf(newest, curves);
    if (names.join() !== this.#entries?.map(({ name }) => name).join()) {
      this.#entries = names.map((name) => entry(name, metricLabel(name), metricExplanation(name)));
      this.#list.replaceChildren(...this.#entries.map(({ root }) => root), this.#waiting.root);
    }
    for (const { name, value } of this.#entries ?? []) setText(value, metricText(name, newest[name]));
    const waiting = waitingShare(rows);
    const much = waiting !== null && waiting > MUCH_WAITING;
    setText(this.#waiting.value, waiting === null ? '–' : formatShare(waiting));
    setAttribute(this.#waiting.root, 'data-much', much);
    explain(this.#waiting, much ? WAITING_MUCH : WAITING);
  }
}

type Entry = ReturnType<typeof entry>;

function entry(name: string, title: string, explanation: string | null) {
  const label = element('dt', {}, title);
  const value = element('dd', { 'data-testid': `statistic-${name}` });
  const made = { name, label, value, root: element('div', { class: 'statistic' }, label, value) };
  explain(made, explanation);
  return made;
}

/** On the whole entry for the mouse, on its name for screen readers. */
function explain({ root, label }: { readonly root: Element; readonly label: Element }, text: string | null): void {
  setAttribute(root, 'title', text);
  setAttribute(label, 'title', text);
}
