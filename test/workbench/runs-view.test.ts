/** The view of runs as a person uses it, in the real workbench: what it says of each run, and its buttons. */
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { projectRoot } from '../host/paths.ts';
import { endRuns, trainFromTerminal } from '../host/runs.ts';
import { startVSCodeServer, type VSCodeServer } from '../host/vscode-server.ts';
import { type ColourTheme, screenshotFailures, Workbench } from '../host/workbench.ts';

describe('The view of runs in the workbench', () => {
  let server: VSCodeServer;
  let browser: Browser;
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = exampleWorkspace('digits', { 'training.steps': 100_000, 'monitor.logEvery': 1, device: 'cpu' });
    trainFromTerminal(workspace, 'name=done', 'training.steps=4');
    server = await startVSCodeServer({ development: true });
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
  });

  after(async () => {
    await workbench?.close();
    await browser?.close();
    await server?.close();
    if (workspace === undefined) return;
    endRuns(workspace);
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  });

  screenshotFailures(() => workbench);

  const row = (text: RegExp) => workbench.treeItem('digits').filter({ hasText: text });
  const press = async (name: string) => {
    await workbench.treeItem('digits').hover();
    await workbench.treeItem('digits').getByRole('button', { name }).click();
  };

  it('shows runs that have ended, and how far those are that train', async () => {
    await workbench.runCommand('GAN Studio: Focus on Runs View');
    await workbench
      .treeItem('done')
      .filter({ hasText: /finished · \w+ \d+, \d{4}/ })
      .waitFor();
    await workbench.openFile('gan.config.json');
    await workbench.runCommand('GAN: Train');
    await row(/running · step [\d,]+ of 100,000/).waitFor();
  });

  for (const theme of ['dark', 'light', 'high-contrast'] satisfies ColourTheme[]) {
    it(`is drawn in the ${theme} theme`, async () => {
      await workbench.setTheme(theme);
      await workbench.treeItem('digits').hover();
      await workbench.treeItem('digits').getByRole('button', { name: 'Pause' }).waitFor();
      await workbench.screenshot(`runs-view-${theme}`);
    });
  }

  it('pauses, resumes and stops a run by its buttons', async () => {
    await press('Pause');
    await row(/paused/).waitFor();
    await press('Resume');
    await row(/running/).waitFor();
    await press('Stop');
    await row(/stopped/).waitFor();
    await workbench.treeItem('digits').hover();
    await workbench.treeItem('digits').getByRole('button', { name: 'Resume' }).waitFor();
  });
});
