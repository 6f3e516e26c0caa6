/** What a connection over `postMessage` reads from and writes to: whole messages, from whoever may send them. */
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-jsonrpc';
import type { Transport } from './peer.ts';

export interface Port {
  /** What it returns is waited for. */
  post(message: unknown): unknown;
  listen(listener: (message: unknown) => void): { dispose(): void };
}

/** Passes on what has the form of a JSON-RPC 2.0 message, and nothing else. */
class PortReader extends AbstractMessageReader {
  readonly #port: Port;
  #listening: Disposable | null = null;

  constructor(port: Port) {
    super();
    this.#port = port;
  }

  listen(callback: DataCallback): Disposable {
    this.#listening = this.#port.listen((message) => {
      if (isMessage(message)) callback(message);
    });
    return this.#listening;
  }

  override dispose(): void {
    super.dispose();
    this.#listening?.dispose();
  }
}

class PortWriter extends AbstractMessageWriter {
  readonly #port: Port;

  constructor(port: Port) {
    super();
    this.#port = port;
  }

  async write(message: Message): Promise<void> {
    await this.#port.post(message);
  }

  end(): void {}
}

export const portTransport = (port: Port): Transport => ({
  reader: new PortReader(port),
  writer: new PortWriter(port),
});

/** A request, a notification, or the answer to a request. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { jsonrpc, id, method, params, error } = value as Readonly<Record<string, unknown>>;
  if (jsonrpc !== '2.0') return false;
  // Those that vscode-jsonrpc itself takes have an object, which it does not check.
  if (typeof method === 'string' && method.startsWith('$/') && (typeof params !== 'object' || params === null))
    return false;
  if (typeof method === 'string') return id === undefined || isId(id);
  return method === undefined && isId(id) && ('result' in value || isError(error));
}

const isId = (id: unknown): boolean => typeof id === 'number' || typeof id === 'string';

const isError = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  typeof error.code === 'number' &&
  'message' in error &&
  typeof error.message === 'string';
