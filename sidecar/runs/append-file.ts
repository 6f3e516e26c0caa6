/** A file that only grows, a whole line a write. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { diskError } from './disk-error.ts';

export class AppendFile {
  readonly #file: string;
  readonly #descriptor: number;

  /** Opens or creates the file. @throws UserError "runs/disk". */
  constructor(file: string) {
    this.#file = file;
    try {
      this.#descriptor = openSync(file, 'a', 0o644);
    } catch (error) {
      throw diskError(error, `write ${file}`);
    }
  }

  append(content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.#guard(() => {
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(this.#descriptor, bytes, offset);
    });
  }

  /** Makes what was appended survive a power cut. */
  sync(): void {
    this.#guard(() => fsyncSync(this.#descriptor));
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      throw diskError(error, `write ${this.#file}`);
    }
  }
}
