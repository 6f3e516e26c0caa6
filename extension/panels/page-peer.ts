/** The way from the extension to the page that a panel shows. */
import 'vscode-jsonrpc/node';
import type * as vscode from 'vscode';
import { PagePeer } from '../../sidecar/rpc/pages.ts';
import { type Handlers, Peer, type Side } from '../../sidecar/rpc/peer.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import { type Log, logFailure } from '../editor/log.ts';

/**
 * Answers the page until the panel is closed. What goes wrong in a handler the page is told, and the log too where
 * it is not the person's to mend.
 * @param what is shown, for the log.
 */
export function pagePeer<Host extends Side, Page extends Side>(
  panel: vscode.WebviewPanel,
  handlers: Handlers<Host>,
  what: string,
  log: Log,
): PagePeer<Host, Page> {
  const onError = (method: string, error: unknown) => {
    if (!(error instanceof UserError)) logFailure(log, `${what}: ${method}`)(error);
  };
  const page = new PagePeer<Host, Page>(panel.webview, (transport) => new Peer(transport, handlers, { onError }));
  panel.onDidDispose(() => page.dispose());
  return page;
}
