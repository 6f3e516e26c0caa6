/** Samples as one picture, with captions over its columns where they show more than generated examples. */
import { element, setAttribute } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import { SampleImages } from './sample-images.ts';
import type { SampleLayout, SampleView, Show } from './sample-view.ts';

const COLUMN_NAMES: Readonly<Record<SampleLayout['columns'][number], string>> = {
  input: t('Input'),
  generated: t('Generated'),
  real: t('Real'),
};

/** Narrower columns have no room for names of their own, in CSS pixels. */
const NAMED_COLUMN = 64;

/** A whole multiple of the screen's pixels is taken if it gives up no more of the room than this. */
const WORTH_LOSING = 0.12;

export class PictureView implements SampleView {
  readonly #images = new SampleImages();
  readonly #captions = element('div', { class: 'sample-captions', hidden: true, 'data-testid': 'sample-captions' });
  readonly #canvas = element('canvas', { role: 'img', 'data-testid': 'sample-image' });
  readonly root = element('div', { class: 'sample-figure' }, this.#captions, this.#canvas);
  readonly #smooth: boolean;
  #layout: SampleLayout | null = null;
  #image: HTMLImageElement | null = null;

  /** @param options.smooth pixels are no data by themselves and may be blended. */
  constructor({ smooth }: { readonly smooth: boolean }) {
    this.#smooth = smooth;
  }

  setLayout(layout: SampleLayout): void {
    this.#layout = layout;
  }

  async load(uri: string): Promise<Show> {
    const image = await this.#images.get(uri);
    return (label) => {
      this.#image = image;
      setAttribute(this.#canvas, 'aria-label', label);
    };
  }

  clear(): void {
    this.#images.clear();
  }

  /**
   * Repeats pixels to the next whole multiple and lets the browser scale that down to the room, so
   * that in-between sizes stay sharp and even. A grid larger than the room is only scaled down.
   */
  fit(width: number, height: number): void {
    if (!this.#image) return;
    const { naturalWidth, naturalHeight } = this.#image;
    const columns = this.#layout?.columns ?? [];
    this.#captions.hidden = columns.length === 0;
    const left = height - this.#captions.offsetHeight;
    const room = Math.min(width / naturalWidth, left / naturalHeight) * devicePixelRatio;
    const whole = Math.floor(room);
    const scale = whole >= room * (1 - WORTH_LOSING) ? whole : room;
    const repeat = Math.max(1, Math.ceil(scale));
    this.#canvas.width = naturalWidth * repeat;
    this.#canvas.height = naturalHeight * repeat;
    this.#canvas.style.width = `${(naturalWidth * scale) / devicePixelRatio}px`;
    this.#canvas.style.height = `${(naturalHeight * scale) / devicePixelRatio}px`;
    const colours = this.#layout?.colours;
    if (columns.length > 0 && colours !== undefined) this.#legend(columns, colours);
    else if (columns.length > 0) this.#caption(columns, naturalWidth, scale / devicePixelRatio);
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    context.imageSmoothingEnabled = this.#smooth;
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#image, 0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Each name beside its colour, where all lie over each other. */
  #legend(columns: SampleLayout['columns'], colours: readonly string[]): void {
    const entries = columns.map((column, i) => {
      const swatch = element('i', { class: 'sample-swatch', 'aria-hidden': 'true' });
      swatch.style.backgroundColor = colours[i] ?? '';
      return element('span', { class: 'sample-legend' }, swatch, COLUMN_NAMES[column]);
    });
    this.#captions.replaceChildren(...entries);
    this.#captions.style.width = 'auto';
  }

  /** Over each column its name, or all names in one line where columns are narrow. */
  #caption(columns: SampleLayout['columns'], width: number, scale: number): void {
    const names = columns.map((column) => COLUMN_NAMES[column]);
    const pitch = this.#layout?.pitch || width / names.length;
    const count = Math.floor(width / pitch);
    const column = pitch * scale;
    const named = column >= NAMED_COLUMN;
    const texts = named ? Array.from({ length: count }, (_, i) => names[i % names.length] ?? '') : [names.join(' · ')];
    this.#captions.replaceChildren(...texts.map((text) => element('span', {}, text)));
    this.#captions.style.width = `${named ? count * column : width * scale}px`;
  }
}
