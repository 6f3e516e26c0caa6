/** The VS Code workbench in a browser page, as a person uses it. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { screenshotFolder } from './paths.ts';
import type { VSCodeServer } from './vscode-server.ts';

export type ColourTheme = 'dark' | 'light' | 'high-contrast';

const themeNames: Record<ColourTheme, string> = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
};

/** A webview marks its body with one of these classes. */
export const themeClasses: Record<ColourTheme, string> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'high-contrast': 'vscode-high-contrast',
};

export interface OpenOptions {
  readonly extensionPath?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export class Workbench {
  readonly page: Page;

  readonly #address: string;

  private constructor(page: Page, address: string) {
    this.page = page;
    this.#address = address;
  }

  /** Opens `folder` in a browser session of its own and waits until the workbench is drawn. */
  static async open(
    browser: Browser,
    server: VSCodeServer,
    folder: string,
    { extensionPath, viewport = { width: 1400, height: 900 } }: OpenOptions = {},
  ): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { ...viewport }, reducedMotion: 'reduce' });
    // A reload ends one extension host and starts another: seconds on a quiet machine, many on a busy one.
    context.setDefaultTimeout(240_000);
    const page = await context.newPage();
    // The smoke-test driver calls these; without them the page reports errors.
    await page.exposeFunction('codeAutomationLog', () => {});
    await page.exposeFunction('codeAutomationExit', () => {});
    const workbench = new Workbench(page, server.url(folder, extensionPath));
    await workbench.enter();
    return workbench;
  }

  async #drawn(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  /** What Developer: Reload Window does in the web workbench. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#drawn();
  }

  /** Leaves the workbench for another page of its server, from which `enter` comes back. */
  async leave(): Promise<void> {
    await this.page.goto(new URL('/version', this.#address).href);
  }

  async enter(): Promise<void> {
    await this.page.goto(this.#address);
    await this.#drawn();
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** The quick input, whose list the palette and every pick share. */
  get #quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Rows of the open quick pick, by label. */
  pick(label: string): Locator {
    return this.#quickInput.locator('.quick-input-list .monaco-list-row', {
      has: this.page.locator('.label-name', { hasText: label }),
    });
  }

  /**
   * Runs a command from the palette by its title, once its extension has registered it.
   * Returns when it was chosen, in milliseconds as Date.now() gives them.
   */
  async runCommand(title: string): Promise<number> {
    const deadline = Date.now() + 240_000;
    for (;;) {
      await this.page.keyboard.press('F1');
      await this.#quickInput.locator('input').first().fill(`>${title}`);
      const row = this.pick(title).first();
      try {
        await row.waitFor({ timeout: 2_000 });
        const chosenAt = Date.now();
        await row.click({ timeout: 2_000 });
        return chosenAt;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Opens a file of the workspace by its path relative to the folder. */
  async openFile(file: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.#quickInput.locator('input').first().fill(file);
    await this.pick(path.posix.basename(file)).first().click();
    await this.tab(path.posix.basename(file)).waitFor();
  }

  /** A row of a view in the side bar. */
  treeItem(label: string): Locator {
    return this.page.locator('.part.sidebar .monaco-list-row', { hasText: label });
  }

  tab(title: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: title });
  }

  /** A link that stands above a line of the editor. */
  codeLens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration', { hasText: text });
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text });
  }

  /** A notification, as a toast or in the notification centre (the development server shows no toasts). */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item', { hasText: text });
  }

  /** Opens the notification centre, where every notification stays until it is cleared. */
  async showNotifications(): Promise<void> {
    await this.runCommand('Notifications: Show Notifications');
  }

  /** A modal dialog. */
  dialog(text: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box', { hasText: text });
  }

  /** The document inside the visible webview: those of tabs that stand behind may come first in the page. */
  get webview(): FrameLocator {
    const visible = this.page.locator('iframe.webview.ready').filter({ visible: true });
    return visible.first().contentFrame().frameLocator('iframe#active-frame');
  }

  /** Picks the colour theme and waits until the workbench shows it. */
  async setTheme(theme: ColourTheme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.#quickInput.locator('input').first().fill(themeNames[theme]);
    await this.pick(themeNames[theme]).first().click();
    const workbenchClass = { dark: 'vs-dark', light: 'vs', 'high-contrast': 'hc-black' }[theme];
    await this.page.locator(`.monaco-workbench.${workbenchClass}`).waitFor();
  }

  /** Writes out/screenshots/<name>.png and returns its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshotFolder, { recursive: true });
    await this.page.mouse.move(0, 0);
    const file = path.join(screenshotFolder, `${name}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }
}

/** In a mocha suite: keeps a picture of the workbench as each failing test left it. */
export const screenshotFailures = (workbench: () => Workbench | undefined): void => {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/[^a-z0-9]+/gi, '-');
    await workbench()?.screenshot(`failed-${name.toLowerCase()}`);
  });
};
