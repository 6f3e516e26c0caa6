/** Sample grids loaded and decoded before they are shown, so that stepping through them never flickers. */

/** Decoded grids kept. A 4 × 4 grid of 64-pixel images takes 256 KB. */
const KEPT = 64;

export class SampleImages {
  /** In order of use, the latest last. */
  readonly #images = new Map<string, Promise<HTMLImageElement>>();

  /** The decoded image; rejects when it cannot be read. */
  get(uri: string): Promise<HTMLImageElement> {
    const image = this.#images.get(uri) ?? load(uri);
    this.#images.delete(uri);
    this.#images.set(uri, image);
    image.catch(() => this.#images.delete(uri));
    const oldest = this.#images.keys().next();
    if (this.#images.size > KEPT && !oldest.done) this.#images.delete(oldest.value);
    return image;
  }

  clear(): void {
    this.#images.clear();
  }
}

async function load(uri: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = uri;
  await image.decode();
  return image;
}
