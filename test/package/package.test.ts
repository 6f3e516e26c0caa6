/** The VSIX that `npm run package` has written, as a person gets it: installed, then used to train. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { readJson, temporaryFolder } from '../host/paths.ts';
import { endRuns, eventually, runFolders, runRecord, sampleFiles } from '../host/runs.ts';
import { serverArguments, startVSCodeServer, type VSCodeServer } from '../host/vscode-server.ts';
import { screenshotFailures, Workbench } from '../host/workbench.ts';
import { PanelPage } from '../ui/panel-page.ts';

const { name, version, publisher } = readJson<{ name: string; version: string; publisher: string }>('package.json');
const vsix = path.resolve('out', `${name}-${process.platform}-${process.arch}-${version}.vsix`);

describe('The packaged extension', () => {
  let temporary: string;
  let extensionsFolder: string;
  let workspace: string;
  let server: VSCodeServer;
  let browser: Browser;
  let workbench: Workbench | undefined;

  before(async () => {
    temporary = temporaryFolder('package');
    extensionsFolder = path.join(temporary, 'extensions');
    workspace = exampleWorkspace('digits', { 'training.steps': 30 });
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    endRuns(workspace);
    for (const folder of [workspace, temporary]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  screenshotFailures(() => workbench);

  it('installs in VS Code', () => {
    const args = [...serverArguments(path.join(temporary, 'data'), extensionsFolder), '--install-extension', vsix];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /successfully installed/);
  });

  it('holds the binaries of this platform only', () => {
    const [folder] = globSync(`${publisher}.${name}-*`, { cwd: extensionsFolder });
    assert.ok(folder, `no ${publisher}.${name} in ${extensionsFolder}`);
    const modules = path.join(extensionsFolder, folder, 'dist/node_modules');
    const binaries = globSync('onnxruntime-node/bin/*/*/*', { cwd: modules }).map((file) => file.split(path.sep));
    assert.deepEqual(
      binaries.map((parts) => parts.slice(-2).join('-')),
      [`${process.platform}-${process.arch}`],
    );
    const sharp = globSync('@img/sharp-*', { cwd: modules }).filter((file) => !file.includes('libvips'));
    assert.equal(sharp.length, 1);
  });

  it('trains a config from the palette and says when it has finished', async () => {
    server = await startVSCodeServer({ extensionsFolder });
    workbench = await Workbench.open(browser, server, workspace);
    await workbench.openFile('gan.config.json');
    await workbench.runCommand('GAN: Train');
    const panel = new PanelPage(workbench.webview);
    await panel.drawn();
    await workbench.notification('digits has finished 30 steps').waitFor();
    await workbench.screenshot('package-finished');

    const [run] = runFolders(workspace);
    assert.ok(run);
    await eventually(run, () => [runRecord(run)].find(({ state }) => state === 'finished'), 10);
    assert.ok(sampleFiles(run).length >= 2);
    assert.ok(existsSync(path.join(run, 'checkpoints')));
  });
});
