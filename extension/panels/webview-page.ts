/** The page of a webview: one of our scripts with its style and its texts, and nothing else. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The page's HTML.
 * @param dist folder of `<name>.js` and `<name>.css`.
 * @param data for the script, as data attributes of the element with id "app".
 */
export function webviewPage(
  webview: vscode.Webview,
  dist: vscode.Uri,
  name: string,
  data: Readonly<Record<string, string>> = {},
): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} blob:`,
  ].join('; ');
  // Without a translation there is no bundle, and the page's texts stand as they are.
  const texts = JSON.stringify(vscode.l10n.bundle ?? {});
  const attributes = Object.entries({ ...data, texts }).map(([key, value]) => ` data-${key}="${escapeHtml(value)}"`);
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${uri(`${name}.css`)}">
    <title>GAN Studio</title>
  </head>
  <body>
    <div id="app"${attributes.join('')}></div>
    <script nonce="${nonce}" src="${uri(`${name}.js`)}"></script>
  </body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
