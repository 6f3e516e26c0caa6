/** The content of one file in a tar archive, as it streams by. */
import type { ExtractEvents } from 'tar-stream';
import { signatureBytes } from '../../image-formats/signature.ts';

type EntryStream = ExtractEvents['entry'][1];

export class TarEntry {
  /** Size of the content. */
  readonly bytes: number;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #content: Promise<Uint8Array> | null = null;

  constructor(stream: EntryStream, bytes: number) {
    this.bytes = bytes;
    this.#chunks = (stream as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  }

  /** The first bytes, enough to tell an image by. */
  async head(): Promise<Buffer> {
    while (this.#heldBytes < signatureBytes && (await this.#next()));
    return Buffer.concat(this.#held).subarray(0, signatureBytes);
  }

  /** All of it, in memory of its own, so that it can be handed to a worker. */
  content(): Promise<Uint8Array> {
    this.#content ??= this.#read();
    return this.#content;
  }

  /** Passes over what has not been read: the archive goes on only behind it. @throws Error if it is cut short. */
  async finish(): Promise<void> {
    let done = this.#heldBytes;
    this.#held = [];
    for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next()) {
      done += next.value.length;
    }
    if (done < this.bytes) throw new Error('Unexpected end of data');
    this.#heldBytes = done;
  }

  async #next(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#held.push(next.value);
    this.#heldBytes += next.value.length;
    return true;
  }

  async #read(): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.bytes);
    let at = 0;
    const take = (chunk: Uint8Array) => {
      bytes.set(chunk, at);
      at += chunk.length;
    };
    this.#held.forEach(take);
    this.#held = [];
    for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next()) take(next.value);
    this.#heldBytes = at;
    if (at < this.bytes) throw new Error('Unexpected end of data');
    return bytes;
  }
}
