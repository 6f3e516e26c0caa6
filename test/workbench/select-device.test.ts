/** Choosing a device as a person does it, in the real workbench. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { projectRoot, temporaryFolder } from '../host/paths.ts';
import { eventually } from '../host/runs.ts';
import { startVSCodeServer, type VSCodeServer } from '../host/vscode-server.ts';
import { type ColourTheme, screenshotFailures, Workbench } from '../host/workbench.ts';
import { needs, posix } from '../unit/conditions.ts';

describe('GAN: Select Device in the workbench', () => {
  let server: VSCodeServer;
  let browser: Browser;
  let workspace: string;
  let runtime: string;
  let workbench: Workbench;

  before(async function () {
    needs(this, posix, 'a shell script as runtime');
    workspace = exampleWorkspace('digits', {});
    runtime = temporaryFolder('runtime');
    server = await startVSCodeServer({
      development: true,
      settings: { 'gan.sidecar.nodePath': runtimeOf(runtime) },
    });
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
    await workbench.openFile('gan.config.json');
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    for (const folder of [workspace, runtime]) {
      if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  screenshotFailures(() => workbench);

  const config = () => readFileSync(path.join(workspace, 'gan.config.json'), 'utf8');
  /** From now on the machine seems to have every kind of device. */
  const pretend = () => writeFileSync(path.join(runtime, 'pretend'), '');

  it('lists what this machine has, from the lens above "model", and writes the choice', async () => {
    const before = config();
    const lens = workbench.codeLens('Device: auto').locator('a', { hasText: 'Device' });
    const pick = workbench.page.locator('.quick-input-widget', { hasText: 'Device for gan.config.json' });
    // A click on a lens that is just being drawn anew is lost.
    for (let attempt = 1; attempt <= 5 && !(await pick.isVisible()); attempt++) {
      await lens.click();
      await pick.waitFor({ timeout: 5000 }).catch(() => {});
    }
    const row = workbench.pick('cpu').filter({ hasText: /GFLOP\/s/ });
    await row.waitFor();
    await workbench.screenshot('select-device-real');
    await row.click();
    await workbench.codeLens('Device: cpu').waitFor();
    await eventually(workspace, () => (config() === before ? undefined : true), 10);
    assert.equal(config().replace(/,?\n {2}"device": "cpu"/, ''), before.replace(/,(?=\n\}\n$)/, ''));
  });

  it('can be undone', async () => {
    await workbench.page.keyboard.press('Control+z');
    await workbench.codeLens('Device: auto').waitFor();
  });

  for (const theme of ['dark', 'light', 'high-contrast'] satisfies ColourTheme[]) {
    it(`shows every kind of device in the ${theme} theme`, async () => {
      pretend();
      await workbench.setTheme(theme);
      await workbench.runCommand('GAN: Select Device');
      await workbench.pick('tensorflow').waitFor();
      await workbench.screenshot(`select-device-${theme}`);
      await workbench.page.keyboard.press('Escape');
    });
  }

  it('offers to install what the chosen device lacks', async () => {
    pretend();
    await workbench.runCommand('GAN: Select Device');
    await workbench.pick('cuda').click();
    await workbench.showNotifications();
    const notification = workbench.notification('NVIDIA GPU (CUDA) is not available here');
    await notification.waitFor();
    await notification.hover();
    await workbench.screenshot('select-device-remedy');
    await notification.getByRole('button', { name: 'Install…' }).click();
    await workbench.showNotifications();
    await workbench.notification('The CUDA provider of ONNX Runtime is installed.').waitFor();
    await workbench.screenshot('select-device-installed');
  });
});

/** A runtime that runs the program it is given, or, once the file "pretend" is there, a pretended `gan`. */
function runtimeOf(folder: string): string {
  const file = path.join(folder, 'node');
  const fake = path.join(projectRoot, 'test', 'fakes', 'gan-with-gpus.ts');
  writeFileSync(
    file,
    `#!/bin/sh\nif [ -e "${folder}/pretend" ]; then shift; set -- "${fake}" "$@"; fi\nexec "${process.execPath}" "$@"\n`,
  );
  chmodSync(file, 0o755);
  return file;
}
