/** Shows one picture of samples as large as there is room, every pixel of a grid a sharp square. */
import type { RunRecord } from '../../sidecar/protocol.ts';
import { element, setAttribute, setText } from '../base/dom.ts';

export type SampleLayout = NonNullable<RunRecord['samples']>;

const COLUMN_NAMES: Readonly<Record<SampleLayout['columns'][number], string>> = {
  input: 'Input',
  generated: 'Generated',
  real: 'Real',
};

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
  #layout: SampleLayout | null = null;
  #image: HTMLImageElement | null = null;

  constructor() {
    new ResizeObserver(() => this.#draw()).observe(this.root);
  }

  /** What every picture from now on shows; null: not known yet. */
  setLayout(layout: SampleLayout | null): void {
    const same = JSON.stringify(layout) === JSON.stringify(this.#layout);
    this.#layout = layout;
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
    const columns = this.#layout?.columns ?? [];
    this.#captions.hidden = columns.length === 0;
    const height = clientHeight - this.#captions.offsetHeight;
    const room = Math.min(clientWidth / naturalWidth, height / naturalHeight) * devicePixelRatio;
    const whole = Math.floor(room);
    const scale = whole >= room * (1 - WORTH_LOSING) ? whole : room;
    const repeat = Math.max(1, Math.ceil(scale));
    this.#canvas.width = naturalWidth * repeat;
    this.#canvas.height = naturalHeight * repeat;
    this.#canvas.style.width = `${(naturalWidth * scale) / devicePixelRatio}px`;
    this.#canvas.style.height = `${(naturalHeight * scale) / devicePixelRatio}px`;
    if (columns.length > 0) this.#caption(columns, naturalWidth, scale / devicePixelRatio);
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    context.imageSmoothingEnabled = this.#layout?.kind === 'scatter';
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#image, 0, 0, this.#canvas.width, this.#canvas.height);
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
