/** Shows one sample grid as large as there is room, every image pixel a sharp square. */
import { element, setAttribute, setText } from '../base/dom.ts';

/** Columns of a grid that shows more than generated images. */
export interface GridColumns {
  /** What one column after the other shows, again and again. */
  readonly names: readonly string[];
  /** Pixels from one image to the next. */
  readonly pitch: number;
}

/** Narrower columns have no room for names of their own, in CSS pixels. */
const NAMED_COLUMN = 64;

/** A whole multiple of the screen's pixels is taken if it gives up no more of the room than this. */
const WORTH_LOSING = 0.12;

export class SampleStage {
  readonly #message = element('p', { class: 'sample-message', 'data-testid': 'sample-message' });
  readonly #captions = element('div', { class: 'sample-captions', hidden: true, 'data-testid': 'sample-captions' });
  readonly #canvas = element('canvas', { role: 'img', hidden: true, 'data-testid': 'sample-image' });
  readonly root = element(
    'div',
    { class: 'stage', tabindex: 0, role: 'group', 'aria-label': 'Sample grid', 'data-testid': 'sample-stage' },
    element('div', { class: 'sample-figure' }, this.#captions, this.#canvas),
    this.#message,
  );
  #columns: GridColumns | null = null;
  #image: HTMLImageElement | null = null;

  constructor() {
    new ResizeObserver(() => this.#draw()).observe(this.root);
  }

  /** What every grid from now on shows; null: generated images alone. */
  setColumns(columns: GridColumns | null): void {
    const same = columns?.pitch === this.#columns?.pitch && columns?.names.join() === this.#columns?.names.join();
    this.#columns = columns;
    if (!same) this.#draw();
  }

  /** Shows a decoded image. */
  show(image: HTMLImageElement, label: string): void {
    this.#image = image;
    setAttribute(this.#canvas, 'aria-label', label);
    this.#canvas.hidden = false;
    this.#message.hidden = true;
    this.#draw();
  }

  /** Words instead of an image. */
  say(text: string): void {
    this.#image = null;
    setText(this.#message, text);
    this.#message.hidden = false;
    this.#canvas.hidden = true;
    this.#captions.hidden = true;
  }

  /**
   * Repeats pixels to the next whole multiple and lets the browser scale that down to the room, so
   * that in-between sizes stay sharp and even. A grid larger than the room is only scaled down.
   */
  #draw(): void {
    const { clientWidth, clientHeight } = this.root;
    if (!this.#image || clientWidth === 0 || clientHeight === 0) return;
    const { naturalWidth, naturalHeight } = this.#image;
    this.#captions.hidden = this.#columns === null;
    const height = clientHeight - this.#captions.offsetHeight;
    const room = Math.min(clientWidth / naturalWidth, height / naturalHeight) * devicePixelRatio;
    const whole = Math.floor(room);
    const scale = whole >= room * (1 - WORTH_LOSING) ? whole : room;
    const repeat = Math.max(1, Math.ceil(scale));
    this.#canvas.width = naturalWidth * repeat;
    this.#canvas.height = naturalHeight * repeat;
    this.#canvas.style.width = `${(naturalWidth * scale) / devicePixelRatio}px`;
    this.#canvas.style.height = `${(naturalHeight * scale) / devicePixelRatio}px`;
    this.#caption(naturalWidth, scale / devicePixelRatio);
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#image, 0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Over each column its name, or all names in one line where columns are narrow. */
  #caption(width: number, scale: number): void {
    if (this.#columns === null) return;
    const { names, pitch } = this.#columns;
    const count = Math.floor(width / pitch);
    const column = pitch * scale;
    const named = column >= NAMED_COLUMN;
    const texts = named ? Array.from({ length: count }, (_, i) => names[i % names.length] ?? '') : [names.join(' · ')];
    this.#captions.replaceChildren(...texts.map((text) => element('span', {}, text)));
    this.#captions.style.width = `${named ? count * column : width * scale}px`;
  }
}
