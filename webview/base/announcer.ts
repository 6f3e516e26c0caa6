/** Speaks where the run stands to a screen reader, at most once in ten seconds. */
import { element, setText } from './dom.ts';

const INTERVAL_MS = 10_000;

export class Announcer {
  readonly root = element('div', { class: 'visually-hidden', 'aria-live': 'polite', 'data-testid': 'summary' });
  #next = '';
  #timer: number | null = null;

  /** Speaks `text` now, or after the interval if nothing newer has come by then. */
  announce(text: string): void {
    this.#next = text;
    if (this.#timer !== null) return;
    setText(this.root, text);
    this.#timer = window.setTimeout(() => {
      this.#timer = null;
      if (this.#next !== this.root.textContent) this.announce(this.#next);
    }, INTERVAL_MS);
  }
}
