/** An open config as the server's answers need it. */
import { fileURLToPath } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Diagnostic, diagnose, type ReadConfig, readConfig } from '../../sidecar/config/diagnose.ts';
import type { DataMemory } from './data-memory.ts';

export class ConfigFile {
  readonly path: string;
  readonly #document: TextDocument;
  readonly #memory: DataMemory;

  constructor(document: TextDocument, memory: DataMemory) {
    this.path = fileURLToPath(document.uri);
    this.#document = document;
    this.#memory = memory;
  }

  get text(): string {
    return this.#document.getText();
  }

  get read(): ReadConfig {
    return readConfig(this.text);
  }

  diagnose(): Promise<Diagnostic[]> {
    return diagnose(this.text, this.path, this.#memory.inspect);
  }

  get inspect() {
    return this.#memory.inspect;
  }

  offsetAt(position: { line: number; character: number }): number {
    return this.#document.offsetAt(position);
  }

  rangeOf({ offset, length }: { offset: number; length: number }) {
    return { start: this.#document.positionAt(offset), end: this.#document.positionAt(offset + length) };
  }
}
