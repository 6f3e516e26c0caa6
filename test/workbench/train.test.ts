/** The main job as a person does it, in the real workbench: GAN: Train on MNIST, and watching it. */
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { projectRoot, sharedDataFolder } from '../host/paths.ts';
import { endRuns, eventually, metricsRows, runFolders, runRecord } from '../host/runs.ts';
import { startVSCodeServer, type VSCodeServer } from '../host/vscode-server.ts';
import { type ColourTheme, screenshotFailures, themeClasses, Workbench } from '../host/workbench.ts';
import { EXTENSION, stateWritten } from '../host/workbench-state.ts';
import { PanelPage } from '../ui/panel-page.ts';

const mnist = path.join(sharedDataFolder, 'mnist');

describe('Training in the workbench', () => {
  let server: VSCodeServer;
  let browser: Browser;
  let workspace: string;
  let workbench: Workbench;
  let panel: PanelPage;

  before(async function () {
    if (!existsSync(mnist)) {
      console.log(`  Skipped: there is no ${mnist}.`);
      this.skip();
    }
    workspace = exampleWorkspace('mnist', { 'data.path': mnist, 'training.steps': 100_000 });
    server = await startVSCodeServer({ development: true });
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
    panel = new PanelPage(workbench.webview);
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    if (workspace === undefined) return;
    endRuns(workspace);
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  });

  screenshotFailures(() => workbench);

  /** The folder of the only run. */
  const run = () => {
    const folders = runFolders(workspace);
    assert.equal(folders.length, 1);
    return folders[0] as string;
  };

  it('shows the first loss and the first sample grid after GAN: Train', async () => {
    await workbench.openFile('gan.config.json');
    await workbench.runCommand('GAN: Train');
    await panel.drawn();
    assert.ok(metricsRows(run()).length > 0);
    await workbench.statusBarItem('mnist').waitFor();
  });

  for (const theme of ['dark', 'light', 'high-contrast'] satisfies ColourTheme[]) {
    it(`draws the panel in the ${theme} theme`, async () => {
      await workbench.setTheme(theme);
      await workbench.webview.locator(`body.${themeClasses[theme]}`).waitFor();
      await panel.drawn();
      await workbench.screenshot(`training-${theme}`);
    });
  }

  it('trains on through Reload Window, and the panel comes back with the whole history', async () => {
    const { pid, startedAt } = runRecord(run());
    const before = metricsRows(run());

    await stateWritten(workbench.page, EXTENSION, (text) => text.includes(run()));
    await workbench.reload();
    await panel.drawn();
    await workbench.statusBarItem('mnist').waitFor();

    const after = runRecord(run());
    assert.deepEqual([after.pid, after.startedAt, after.state], [pid, startedAt, 'running']);
    const lastStep = before.at(-1)?.step ?? 0;
    await eventually(run(), () => metricsRows(run()).find(({ step }) => step > lastStep + 10), 30);
    await panel.tableToggle.click();
    assert.ok((await rowsOfTheTable()) >= before.length);
    await panel.tableToggle.click();
    await workbench.screenshot('training-after-reload');
  });

  /** The table shows the newest rows, and says of how many when it leaves some out. */
  const rowsOfTheTable = async () => {
    const shown = await panel.table.locator('tbody tr').count();
    const caption = await panel.table.locator('caption').innerText();
    const all = /of ([\d,]+)/.exec(caption)?.[1];
    return all === undefined ? shown : Number(all.replaceAll(',', ''));
  };

  it('stops from the panel, with a checkpoint', async () => {
    await panel.command('stop').click();
    const record = await eventually(run(), () => [runRecord(run())].find(({ state }) => state === 'stopped'), 30);
    assert.ok(existsSync(path.join(run(), 'checkpoints')));
    assert.ok(record.step > 0);
    await panel.state.filter({ hasText: /stopped/i }).waitFor();
    await workbench.statusBarItem('mnist').waitFor({ state: 'detached' });
  });
});
