/** Redraws the README's pictures from the product itself: `npm run pictures` trains the digits in a real VS Code. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { PanelPage } from '../ui/panel-page.ts';
import { launchBrowser } from './browser.ts';
import { exampleWorkspace } from './example-workspace.ts';
import { projectRoot } from './paths.ts';
import { endRuns } from './runs.ts';
import { startVSCodeServer } from './vscode-server.ts';
import { type ColourTheme, Workbench } from './workbench.ts';

const pictures = path.join(projectRoot, 'media', 'pictures');

/** Training the example takes a minute or two on two cores. */
const trainingTimeout = 600_000;

const workspace = exampleWorkspace('digits', {});
const server = await startVSCodeServer({ development: true });
const browser = await launchBrowser();
try {
  const workbench = await Workbench.open(browser, server, workspace, {
    extensionPath: projectRoot,
    viewport: { width: 1440, height: 860 },
  });
  await workbench.openFile('gan.config.json');
  await workbench.codeLens('Train').waitFor();
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await workbench.runCommand('GAN: Train');
  const panel = new PanelPage(workbench.webview);
  await panel.state.filter({ hasText: 'Finished' }).waitFor({ timeout: trainingTimeout });
  await workbench.codeLens(/Train\b.*Device: /).waitFor();
  for (const theme of ['dark', 'light'] satisfies ColourTheme[]) {
    await workbench.setTheme(theme);
    await panel.drawn();
    await workbench.page.mouse.move(0, 0);
    await workbench.page.screenshot({ path: path.join(pictures, `run-${theme}.png`), animations: 'disabled' });
  }
  const key = workbench.page.locator('.view-line span', { hasText: /^"baseChannels"$/ }).first();
  await key.hover();
  await workbench.page.locator('.monaco-hover').filter({ hasText: 'Default' }).first().waitFor();
  await workbench.page.screenshot({ path: path.join(pictures, 'config-hover.png'), animations: 'disabled' });
} finally {
  await browser.close();
  await server.close();
  endRuns(workspace);
  rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
}
