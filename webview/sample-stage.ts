/** Shows one sample grid as large as there is room, every image pixel a sharp square. */
import { element, setAttribute, setText } from './dom.ts';

/** A whole multiple of the screen's pixels is taken if it gives up no more of the room than this. */
const WORTH_LOSING = 0.12;

export class SampleStage {
  readonly #message = element('p', { class: 'sample-message', 'data-testid': 'sample-message' });
  readonly #canvas = element('canvas', { role: 'img', hidden: true, 'data-testid': 'sample-image' });
  readonly root = element(
    'div',
    { class: 'stage', tabindex: 0, role: 'group', 'aria-label': 'Sample grid', 'data-testid': 'sample-stage' },
    this.#canvas,
    this.#message,
  );
  #image: HTMLImageElement | null = null;

  constructor() {
    new ResizeObserver(() => this.#draw()).observe(this.root);
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
  }

  /**
   * Repeats pixels to the next whole multiple and lets the browser scale that down to the room, so
   * that in-between sizes stay sharp and even. A grid larger than the room is only scaled down.
   */
  #draw(): void {
    const { clientWidth, clientHeight } = this.root;
    if (!this.#image || clientWidth === 0 || clientHeight === 0) return;
    const { naturalWidth, naturalHeight } = this.#image;
    const room = Math.min(clientWidth / naturalWidth, clientHeight / naturalHeight) * devicePixelRatio;
    const whole = Math.floor(room);
    const scale = whole >= room * (1 - WORTH_LOSING) ? whole : room;
    const repeat = Math.max(1, Math.ceil(scale));
    this.#canvas.width = naturalWidth * repeat;
    this.#canvas.height = naturalHeight * repeat;
    this.#canvas.style.width = `${(naturalWidth * scale) / devicePixelRatio}px`;
    this.#canvas.style.height = `${(naturalHeight * scale) / devicePixelRatio}px`;
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#image, 0, 0, this.#canvas.width, this.#canvas.height);
  }
}
