/** Run panels of a window that is left, however soon, in the real workbench. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { projectRoot } from '../host/paths.ts';
import { trainFromTerminal } from '../host/runs.ts';
import { startVSCodeServer, type VSCodeServer } from '../host/vscode-server.ts';
import { screenshotFailures, Workbench } from '../host/workbench.ts';
import { EDITORS, EXTENSION, replaceState, stateWritten } from '../host/workbench-state.ts';
import { PanelPage } from '../ui/panel-page.ts';

describe('Run panels when the window is left', () => {
  let server: VSCodeServer;
  let browser: Browser;
  let workspace: string;
  let workbench: Workbench;
  let panel: PanelPage;

  before(async () => {
    workspace = exampleWorkspace('digits', { 'training.steps': 4, 'monitor.logEvery': 1, device: 'cpu' });
    for (const name of ['first', 'second']) trainFromTerminal(workspace, `name=${name}`);
    server = await startVSCodeServer({ development: true });
    browser = await launchBrowser();
  });

  beforeEach(async () => {
    workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
    panel = new PanelPage(workbench.webview);
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    if (workspace) rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  });

  screenshotFailures(() => workbench);

  afterEach(() => workbench?.close());

  const open = async (run: string) => {
    await workbench.runCommand('GAN Studio: Focus on Runs View');
    await workbench.treeItem(run).click();
    await panel.name.filter({ hasText: run }).waitFor();
    await panel.drawn();
  };

  const hasBoth = (text: string) => text.includes('first') && text.includes('second');

  /** Each panel once; the one that stands behind is drawn when it is looked at. */
  const assertBothAreBack = async () => {
    // A panel that comes back stands in front, so that nothing is clicked before both have.
    for (const run of ['first', 'second']) await workbench.tab(run).waitFor();
    // A tab that is clicked while the workbench still opens the one in front may lose to it.
    await panel.drawn();
    for (const run of ['first', 'second']) {
      await workbench.tab(run).click();
      await panel.name.filter({ hasText: run }).waitFor();
      await panel.drawn();
    }
    for (const run of ['first', 'second']) assert.equal(await workbench.tab(run).count(), 1, run);
  };

  it('come back when VS Code has not yet written down that they were open', async () => {
    await open('first');
    await open('second');
    await stateWritten(workbench.page, EXTENSION, hasBoth);
    await workbench.leave();
    await replaceState(workbench.page, EDITORS, null);
    await workbench.enter();
    await assertBothAreBack();
  });

  it('come back once when VS Code has written it down', async () => {
    await open('first');
    await open('second');
    await stateWritten(workbench.page, EXTENSION, hasBoth);
    await stateWritten(workbench.page, EDITORS, hasBoth);
    await workbench.leave();
    await workbench.enter();
    await assertBothAreBack();
  });

  it('come back when VS Code has written down one of them', async () => {
    await open('first');
    const editors = await stateWritten(workbench.page, EDITORS, (text) => text.includes('first'));
    await open('second');
    await stateWritten(workbench.page, EXTENSION, hasBoth);
    await workbench.leave();
    await replaceState(workbench.page, EDITORS, editors);
    await workbench.enter();
    await assertBothAreBack();
  });

  it('stay closed when they were closed, also where VS Code has not yet written that down', async () => {
    await open('second');
    await open('first');
    const editors = await stateWritten(workbench.page, EDITORS, hasBoth);
    await workbench
      .tab('first')
      .getByRole('button', { name: /^Close/ })
      .click();
    await panel.name.filter({ hasText: 'second' }).waitFor();
    await stateWritten(workbench.page, EXTENSION, (text) => text.includes('second') && !text.includes('first'));
    await workbench.leave();
    await replaceState(workbench.page, EDITORS, editors);
    await workbench.enter();
    // VS Code brings both tabs back, with the closed one in front, and shows the other when that is gone.
    await panel.name.filter({ hasText: 'second' }).waitFor();
    await panel.drawn();
    assert.equal(await workbench.tab('first').count(), 0);
    assert.equal(await workbench.tab('second').count(), 1);
  });
});
