/** Where samples are shown, each kind by its own view, as large as there is room; or words in their place. */
import { element, setText } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import { type SampleKind, sampleKinds } from './kinds.ts';
import type { SampleLayout, SampleView, Show } from './sample-view.ts';

/** Of runs whose record does not tell yet. */
const UNKNOWN: SampleLayout = { kind: 'grid', columns: [], pitch: 0 };

export class SampleStage {
  readonly #message = element('p', { class: 'sample-message', 'data-testid': 'sample-message' });
  readonly #place = element('div', { hidden: true });
  readonly root = element(
    'div',
    { class: 'stage', tabindex: 0, role: 'group', 'aria-label': t('Samples'), 'data-testid': 'sample-stage' },
    this.#place,
    this.#message,
  );
  #layout = UNKNOWN;
  #kind: SampleKind | null = null;
  #view: SampleView | null = null;

  constructor() {
    this.#enter(UNKNOWN);
    new ResizeObserver(() => this.#fit()).observe(this.root);
  }

  /** "Sample grid": what is on show. */
  get title(): string {
    return this.#kind?.title ?? t('Samples');
  }

  /** How all samples from now on are laid out. True: they are of another kind, so what is on show must be loaded again. */
  setLayout(layout: SampleLayout | null): boolean {
    const { kind } = this.#layout;
    if (JSON.stringify(layout ?? UNKNOWN) === JSON.stringify(this.#layout)) return false;
    this.#enter(layout ?? UNKNOWN);
    return this.#layout.kind !== kind;
  }

  /** False for a kind that only another version of the program knows. */
  get canShow(): boolean {
    return this.#view !== null;
  }

  /** Rejects where the samples cannot be read, or not be shown. */
  async load(uri: string): Promise<Show> {
    const show = await this.#view?.load(uri);
    if (show === undefined) throw new Error(`samples of the kind ${this.#layout.kind} are not known`);
    return (label) => {
      this.#place.hidden = false;
      this.#message.hidden = true;
      show(label);
      this.#fit();
    };
  }

  /** Words instead of samples. */
  say(text: string): void {
    setText(this.#message, text);
    this.#message.hidden = false;
    this.#place.hidden = true;
  }

  clear(): void {
    this.#view?.clear();
  }

  #enter(layout: SampleLayout): void {
    const kinds: Readonly<Record<string, SampleKind | undefined>> = sampleKinds;
    const kind = Object.hasOwn(kinds, layout.kind) ? kinds[layout.kind] : undefined;
    if (kind !== this.#kind || this.#view === null) {
      this.#kind = kind ?? null;
      this.#view = kind?.view() ?? null;
      this.#place.replaceChildren(...(this.#view === null ? [] : [this.#view.root]));
    }
    this.#layout = layout;
    this.#view?.setLayout(layout);
    this.#fit();
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.root;
    if (clientWidth > 0 && clientHeight > 0) this.#view?.fit(clientWidth, clientHeight);
  }
}
