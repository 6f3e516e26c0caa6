/** The titles of the charts that a run has something for; one of them is picked. */
import { element, setAttribute } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import type { Chart } from './chart.ts';

export class ChartTabs {
  readonly root = element('div', { class: 'tabs', role: 'tablist', 'aria-label': t('Charts') });
  readonly #controls: string;
  readonly #onPick: (name: string) => void;
  #tabs: readonly { readonly name: string; readonly button: HTMLButtonElement }[] = [];

  /** @param controls id of the element that shows the picked chart. */
  constructor(controls: string, onPick: (name: string) => void) {
    this.#controls = controls;
    this.#onPick = onPick;
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
  }

  show(charts: readonly Chart[], picked: Chart): void {
    if (charts.map(({ name }) => name).join() !== this.#tabs.map(({ name }) => name).join()) {
      const focused = this.#tabs.find(({ button }) => button === document.activeElement)?.name;
      this.#tabs = charts.map((chart) => ({ name: chart.name, button: this.#tab(chart) }));
      this.root.replaceChildren(...this.#tabs.map(({ button }) => button));
      this.#tabs.find(({ name }) => name === focused)?.button.focus();
    }
    for (const { name, button } of this.#tabs) {
      const isPicked = name === picked.name;
      setAttribute(button, 'aria-selected', String(isPicked));
      setAttribute(button, 'tabindex', isPicked ? 0 : -1);
    }
  }

  #tab({ name, title, explanation }: Chart): HTMLButtonElement {
    const button = element(
      'button',
      {
        type: 'button',
        role: 'tab',
        class: 'tab',
        id: `tab-${name}`,
        title: explanation,
        'aria-controls': this.#controls,
        'data-testid': `tab-${name}`,
      },
      title,
    );
    button.addEventListener('click', () => this.#onPick(name));
    return button;
  }

  /** As in VS Code's own tabs, the arrows pick at once. */
  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#tabs.findIndex(({ button }) => button === document.activeElement);
    const count = this.#tabs.length;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: (at + count - 1) % count,
      ArrowRight: (at + 1) % count,
      Home: 0,
      End: count - 1,
    };
    const target = this.#tabs[targets[event.key] ?? -1];
    if (at === -1 || target === undefined) return;
    event.preventDefault();
    target.button.focus();
    this.#onPick(target.name);
  }
}
