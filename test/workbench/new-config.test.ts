/** From the gallery of presets to a config, as a person does it in the real workbench. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { presetFile, presetList } from '../../sidecar/config/preset-list.ts';
import { launchBrowser } from '../host/browser.ts';
import { projectRoot, temporaryFolder } from '../host/paths.ts';
import { startVSCodeServer, type VSCodeServer } from '../host/vscode-server.ts';
import { type ColourTheme, screenshotFailures, themeClasses, Workbench } from '../host/workbench.ts';
import { GalleryPage } from '../ui/gallery-page.ts';

describe('GAN: New Config… in the workbench', () => {
  let server: VSCodeServer;
  let browser: Browser;
  let workspace: string;
  let workbench: Workbench;
  let gallery: GalleryPage;

  before(async () => {
    workspace = temporaryFolder('new-config');
    server = await startVSCodeServer({ development: true });
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
    gallery = new GalleryPage(workbench.webview);
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    if (workspace) rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  });

  screenshotFailures(() => workbench);

  it('shows every preset, with the pictures that there are', async () => {
    await workbench.runCommand('GAN: New Config');
    await gallery.cards.first().waitFor();
    assert.equal(await gallery.cards.count(), presetList.length);
    // One that cannot be read is taken away; those further down wait until they are near.
    for (const picture of await workbench.webview.locator('.card img').all()) {
      await picture.scrollIntoViewIfNeeded();
      await picture.evaluate((image: HTMLImageElement) => image.decode());
    }
    await gallery.cards.first().scrollIntoViewIfNeeded();
  });

  for (const theme of ['light', 'high-contrast', 'dark'] satisfies ColourTheme[]) {
    it(`is drawn in the ${theme} theme`, async () => {
      await workbench.setTheme(theme);
      await workbench.webview.locator(`body.${themeClasses[theme]}`).waitFor();
      await gallery.cards.first().waitFor();
      await workbench.screenshot(`new-config-${theme}`);
    });
  }

  it('writes the config of the card that was chosen, on the data picked for it', async () => {
    await gallery.search.fill('autoencoder');
    await gallery.card('vae').click();
    await workbench.pick('As in the preset: MNIST').waitFor();
    await workbench.screenshot('new-config-data');
    await workbench.pick('Digits').click();
    await workbench.tab('gan.config.json').waitFor();
    await workbench.tab('New Config').waitFor({ state: 'detached' });
    const written = readFileSync(path.join(workspace, 'gan.config.json'), 'utf8');
    const preset = readFileSync(path.join(projectRoot, presetFile('vae')), 'utf8');
    assert.match(written, /"source": "digits"/);
    assert.equal(written.split('\n')[1], preset.split('\n')[1]);
    await workbench.codeLens('Train').waitFor();
  });

  it('leaves everything as it is when no data are picked', async () => {
    await workbench.runCommand('GAN: New Config');
    await gallery.card('hinge').click();
    await workbench.pick('Images folder').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.pick('Images folder').waitFor({ state: 'hidden' });
    assert.equal(await workbench.tab('New Config').count(), 1);
    assert.equal(await workbench.tab('hinge.gan.json').count(), 0);
  });
});
