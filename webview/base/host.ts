/** The way from a page to the extension. */
import 'vscode-jsonrpc/browser';
import { pageTransport } from '../../sidecar/rpc/pages.ts';
import { type Handlers, Peer, type Side } from '../../sidecar/rpc/peer.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host<Answers extends Side> {
  readonly peer: Peer<Side, Answers>;
  /** What the page keeps while it is hidden, and over a reload of the window. */
  readonly state: unknown;
  saveState(state: unknown): void;
}

/** Can be called once a page. */
export function connectHost<Page extends Side, Answers extends Side>(handlers: Handlers<Page>): Host<Answers> {
  const vscode = acquireVsCodeApi();
  const transport = pageTransport(crypto.getRandomValues(new Uint32Array(4)).join('-'), {
    post: (message) => vscode.postMessage(message),
    listen(listener) {
      const receive = ({ data }: MessageEvent) => listener(data);
      window.addEventListener('message', receive);
      return { dispose: () => window.removeEventListener('message', receive) };
    },
  });
  return {
    peer: new Peer<Page, Answers>(transport, handlers, { onError: (method, error) => console.error(method, error) }),
    state: vscode.getState(),
    saveState: (state) => vscode.setState(state),
  };
}
