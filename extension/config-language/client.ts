/** Starts the language server of gan.config.json and keeps it running. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

/** Where a debugger finds the server when the extension itself is debugged. */
const inspectPort = 6009;

const patterns = ['**/gan.config.json', '**/*.gan.json'];

/**
 * Resolves when the server answers; it is stopped with the extension. After a crash the client starts
 * it again, and gives up after five crashes within three minutes.
 * @throws if the server cannot be started; the rest of the extension works without it.
 */
export async function startConfigLanguage(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<LanguageClient> {
  const server = { module: context.asAbsolutePath('dist/config-server.cjs'), transport: TransportKind.ipc };
  const client = new LanguageClient(
    'gan-config',
    vscode.l10n.t('GAN config'),
    { run: server, debug: { ...server, options: { execArgv: ['--nolazy', `--inspect=${inspectPort}`] } } },
    {
      documentSelector: ['json', 'jsonc'].flatMap((language) =>
        patterns.map((pattern) => ({ scheme: 'file', language, pattern })),
      ),
      outputChannel: log,
      // Files come and go behind the config's back: look again when the editor gets the focus.
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
    },
  );
  context.subscriptions.push(client);
  await client.start();
  return client;
}
