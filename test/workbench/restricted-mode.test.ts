/** A folder that the person has not trusted: editing helps, training does not start and says so. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { projectRoot } from '../host/paths.ts';
import { endRuns, runFolders } from '../host/runs.ts';
import { startVSCodeServer, type VSCodeServer } from '../host/vscode-server.ts';
import { screenshotFailures, Workbench } from '../host/workbench.ts';

describe('Restricted Mode', () => {
  let server: VSCodeServer;
  let browser: Browser;
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = exampleWorkspace('digits', { 'training.batchSize': 0 });
    server = await startVSCodeServer({
      development: true,
      settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    });
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
    await workbench.openFile('gan.config.json');
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    endRuns(workspace);
    rmSync(workspace, { recursive: true, force: true });
  });

  screenshotFailures(() => workbench);

  it('is what this window is in', () => workbench.statusBarItem('Restricted Mode').waitFor());

  it('still checks the config', () => workbench.page.locator('[class*=squiggly]').first().waitFor());

  it('does not train, and says why', async () => {
    await workbench.runCommand('GAN: Train');
    await workbench.showNotifications();
    await workbench.notification('Training is disabled in Restricted Mode').waitFor();
    await workbench.screenshot('restricted-mode');
    assert.deepEqual(runFolders(workspace), []);
  });
});
