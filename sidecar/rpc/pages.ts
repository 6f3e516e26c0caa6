/**
 * Both ends of the way between a page and the extension. VS Code destroys the page of a hidden panel and makes
 * another when it is shown, behind the same webview: messages therefore carry their page's name, so that no page
 * takes an answer for its own that another one had asked for.
 */
import type { Peer, Side, Transport } from './peer.ts';
import { type Port, portTransport } from './port.ts';

interface Envelope {
  readonly page: string;
  readonly message: unknown;
}

const isEnvelope = (value: unknown): value is Envelope =>
  typeof value === 'object' &&
  value !== null &&
  'page' in value &&
  typeof value.page === 'string' &&
  'message' in value;

/** The page's end. @param page a name that no other page has. */
export const pageTransport = (page: string, { post, listen }: Port): Transport =>
  portTransport({
    post: (message) => post({ page, message } satisfies Envelope),
    listen: (listener) =>
      listen((data) => {
        if (isEnvelope(data) && data.page === page) listener(data.message);
      }),
  });

/** Part of VS Code's `Webview`. */
interface Webview {
  postMessage(message: unknown): PromiseLike<boolean>;
  onDidReceiveMessage(listener: (data: unknown) => void): { dispose(): void };
}

/** The extension's end: a peer for the page that is there now. */
export class PagePeer<Mine extends Side, Theirs extends Side> {
  readonly #webview: Webview;
  readonly #connect: (transport: Transport) => Peer<Mine, Theirs>;
  readonly #listening: { dispose(): void };
  #current: { readonly page: string; readonly peer: Peer<Mine, Theirs> } | null = null;
  #listener: (message: unknown) => void = () => {};

  constructor(webview: Webview, connect: (transport: Transport) => Peer<Mine, Theirs>) {
    this.#webview = webview;
    this.#connect = connect;
    this.#listening = webview.onDidReceiveMessage((data) => this.#receive(data));
  }

  /** Null while no page has said anything. */
  get current(): Peer<Mine, Theirs> | null {
    return this.#current?.peer ?? null;
  }

  /** The page is gone: what it asked is cancelled, and no answer goes out. */
  forget(): void {
    this.#current?.peer.close();
    this.#current = null;
  }

  dispose(): void {
    this.#listening.dispose();
    this.forget();
  }

  #receive(data: unknown): void {
    if (!isEnvelope(data)) return;
    const { page, message } = data;
    if (page !== this.#current?.page) {
      this.forget();
      const transport = portTransport({
        post: (answer) => this.#post(page, answer),
        listen: (listener) => {
          this.#listener = listener;
          return { dispose() {} };
        },
      });
      const peer = this.#connect(transport);
      this.#current = { page, peer };
    }
    this.#listener(message);
  }

  async #post(page: string, message: unknown): Promise<void> {
    if (page === this.#current?.page) await this.#webview.postMessage({ page, message } satisfies Envelope);
  }
}
