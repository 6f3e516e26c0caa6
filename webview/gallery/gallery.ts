/** The presets as cards in groups, with a search over their words. */
import { element, setText } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import type { GalleryPreset } from '../messages.ts';
import { presetCard } from './card.ts';
import { nextCard } from './card-keys.ts';

export interface GalleryEvents {
  readonly onSearch: (text: string) => void;
  readonly onChoose: (id: string) => void;
}

/** What is common to a group, where a word about it helps. */
const ABOUT: Readonly<Record<string, string>> = {
  Adversarial: t('A generator learns to fool a discriminator.'),
  Objectives: t('The same data with each loss in turn.'),
  Likelihood: t('One network, trained to maximise the likelihood of the data.'),
  Translation: t('Images made from other images.'),
};

interface Group {
  readonly root: HTMLElement;
  readonly cards: readonly { readonly item: HTMLElement; readonly button: HTMLButtonElement; readonly words: string }[];
}

export class Gallery {
  readonly #events: GalleryEvents;
  readonly #search = element('input', {
    type: 'search',
    class: 'search',
    placeholder: t('Search presets'),
    'aria-label': t('Search presets'),
    spellcheck: 'false',
    'data-testid': 'search',
  });
  readonly #found = element('div', { class: 'visually-hidden', 'aria-live': 'polite', 'data-testid': 'found' });
  readonly #none = element('p', { class: 'none', hidden: true, 'data-testid': 'none' });
  readonly #groups = element('div', { class: 'groups' });
  readonly root: HTMLElement;
  #shown: readonly Group[] = [];

  constructor(search: string, events: GalleryEvents) {
    this.#events = events;
    this.#search.value = search;
    this.#search.addEventListener('input', () => {
      events.onSearch(this.#search.value);
      this.#filter();
    });
    this.root = element(
      'main',
      { class: 'gallery' },
      element(
        'header',
        { class: 'gallery-header' },
        element(
          'div',
          {},
          element('h1', {}, t('New config')),
          element(
            'p',
            { class: 'about' },
            t('Pick a preset: its config is written into your folder, comments included.'),
          ),
        ),
        this.#search,
      ),
      this.#groups,
      this.#none,
      this.#found,
    );
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
  }

  focus(): void {
    this.#search.focus();
  }

  /** Until the next search. */
  showError(message: string): void {
    this.#none.hidden = false;
    setText(this.#none, message);
  }

  show(presets: readonly GalleryPreset[]): void {
    const names = [...new Set(presets.map(({ group }) => group))];
    this.#shown = names.map((name) =>
      this.#group(
        name,
        presets.filter(({ group }) => group === name),
      ),
    );
    this.#groups.replaceChildren(...this.#shown.map(({ root }) => root));
    this.#filter();
  }

  #group(name: string, presets: readonly GalleryPreset[]): Group {
    const cards = presets.map((preset) => {
      const button = presetCard(preset, () => this.#events.onChoose(preset.id));
      const words = [preset.title, preset.line, preset.id, name].join(' ').toLowerCase();
      return { button, words, item: element('li', {}, button) };
    });
    const id = `group-${name.toLowerCase()}`;
    const about = ABOUT[name];
    const root = element(
      'section',
      { class: 'group', 'aria-labelledby': id },
      element('h2', { id }, name),
      about === undefined ? null : element('p', { class: 'about' }, about),
      element('ul', { class: 'cards' }, ...cards.map(({ item }) => item)),
    );
    return { root, cards };
  }

  /** Leaves what holds every word of the search. */
  #filter(): void {
    const wanted = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { root, cards } of this.#shown) {
      for (const { item, words } of cards) item.hidden = !wanted.every((word) => words.includes(word));
      const left = cards.filter(({ item }) => !item.hidden).length;
      root.hidden = left === 0;
      count += left;
    }
    this.#none.hidden = count > 0 || this.#shown.length === 0;
    setText(this.#none, t('No preset has “{0}”.', this.#search.value.trim()));
    setText(this.#found, wanted.length === 0 ? '' : count === 1 ? '1 preset' : `${count} presets`);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = this.#shown
      .flatMap(({ cards }) => cards)
      .flatMap(({ item, button }) => (item.hidden ? [] : [button]));
    const focused = document.activeElement;
    if (focused === this.#search) {
      if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
      buttons[0]?.focus();
    } else if (event.key === '/') {
      this.#search.focus();
    } else {
      const next = nextCard(event.key, buttons, focused);
      if (next === null) return;
      (next ?? this.#search).focus();
    }
    event.preventDefault();
  }
}
