/**
 * The panel, or the gallery, in a plain browser page: its real script and style sheet under the extension's own
 * content security policy, VS Code's theme variables, and a stand-in for the extension.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { MetricsRow } from '../../sidecar/protocol.ts';
import type { FromGallery, FromPanel, PanelRun, PanelSample, ToGallery, ToPanel } from '../../webview/messages.ts';
import { screenshotFolder } from '../host/paths.ts';
import { buildPanel } from './panel-bundle.ts';
import { PanelPage } from './panel-page.ts';
import { sampleGrid, translationGrid } from './sample-grids.ts';
import { bodyClass, readThemes, type ThemeName } from './themes.ts';

const ORIGIN = 'http://panel.test';
const NONCE = 'testnonce';
const POLICY = [
  "default-src 'none'",
  `img-src ${ORIGIN} blob:`,
  `style-src ${ORIGIN} 'nonce-${NONCE}'`,
  `font-src ${ORIGIN}`,
  `script-src 'nonce-${NONCE}'`,
].join('; ');

/** What VS Code itself puts into every webview, as far as it shows. */
const DEFAULT_STYLE = `
@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body {
    background-color: transparent; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
    font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px;
  }
  img, video { max-width: 100%; max-height: 100%; }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background); padding: 1px 3px; border-radius: 4px; }
}
html { background: var(--vscode-editor-background); }`;

const html = (script: string) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Run</title>
<style nonce="${NONCE}">${DEFAULT_STYLE}</style>
<link rel="stylesheet" href="${ORIGIN}/${script}.css"></head>
<body><div id="app"></div><script nonce="${NONCE}" src="${ORIGIN}/${script}.js"></script></body></html>`;

const themes = readThemes();
let bundle: ReadonlyMap<string, Buffer> | null = null;

export interface TestPageOptions {
  /** The run panel, unless said otherwise. */
  readonly script?: 'webview' | 'gallery';
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier panel kept by setState. */
  readonly viewState?: unknown;
  readonly reducedMotion?: boolean;
  readonly deviceScaleFactor?: number;
  /** Timers go only as far as the test lets them (page.clock). */
  readonly ownClock?: boolean;
}

/** Sends messages to the panel and hears its own. */
export class TestPage {
  readonly page: Page;
  readonly panel: PanelPage;
  /** Console errors, uncaught exceptions, and violations of the content security policy. */
  readonly problems: string[] = [];
  /** Steps whose sample grid the server has not. */
  readonly missingSamples = new Set<number>();

  private constructor(page: Page) {
    this.page = page;
    this.panel = new PanelPage(page);
  }

  static async open(browser: Browser, options: TestPageOptions = {}): Promise<TestPage> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1200, height: options.height ?? 760 },
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
      deviceScaleFactor: options.deviceScaleFactor ?? 1,
    });
    const page = await context.newPage();
    const test = new TestPage(page);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') test.problems.push(message.text());
    });
    page.on('pageerror', (error) => test.problems.push(String(error)));
    await page.route(`${ORIGIN}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') {
        const body = html(options.script ?? 'webview');
        return route.fulfill({ body, contentType: 'text/html', headers: { 'Content-Security-Policy': POLICY } });
      }
      const grid = /^samples\/(\d+)-of-(\d+)\.png$/.exec(name);
      if (grid) {
        if (test.missingSamples.has(Number(grid[1]))) return route.fulfill({ status: 404 });
        const body = await sampleGrid(Math.min(1, (Number(grid[1]) / Number(grid[2])) * 1.15));
        return route.fulfill({ body, contentType: 'image/png' });
      }
      const columns = /^translations\/(\d+)\.png$/.exec(name);
      if (columns) return route.fulfill({ body: await translationGrid(), contentType: 'image/png' });
      bundle ??= buildPanel();
      const body = bundle.get(name);
      return body ? route.fulfill({ body, contentType: contentType(name) }) : route.fulfill({ status: 404 });
    });
    if (options.ownClock) await page.clock.install();
    await page.addInitScript(installHost, {
      variables: themes[options.theme ?? 'dark'],
      bodyClass: bodyClass(options.theme ?? 'dark'),
      viewState: options.viewState ?? null,
    });
    await page.goto(`${ORIGIN}/`);
    return test;
  }

  async send(message: ToPanel | ToGallery): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  async snapshot(
    run: PanelRun,
    metrics: readonly MetricsRow[] = [],
    samples: readonly PanelSample[] = [],
  ): Promise<void> {
    await this.send({ type: 'snapshot', run, metrics, samples });
    await this.panel.name.waitFor();
    await this.frame();
  }

  /** Waits until what was sent so far is drawn. */
  async frame(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
    );
  }

  /** Everything the page sent. */
  async sent<Message extends FromPanel | FromGallery = FromPanel>(): Promise<Message[]> {
    return this.page.evaluate(() => window.ganTest.sent as Message[]);
  }

  async viewState(): Promise<unknown> {
    return this.page.evaluate(() => window.ganTest.viewState);
  }

  /** What VS Code does when the person picks another theme. */
  async setTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate(
      (change) => {
        window.ganTest.applyTheme(change.variables, change.bodyClass);
      },
      { variables: themes[theme], bodyClass: bodyClass(theme) },
    );
    await this.frame();
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshotFolder, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshotFolder, `${name}.png`), animations: 'disabled' });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Sample grids at these steps of a run of `steps`, as the extension would name them. */
export const sampleUris = (at: readonly number[], steps: number): PanelSample[] =>
  at.map((step) => ({ step, uri: `${ORIGIN}/samples/${step}-of-${steps}.png` }));

/** A grid of triples at this step: what was given, generated and real. */
export const translationUri = (step: number): PanelSample => ({ step, uri: `${ORIGIN}/translations/${step}.png` });

/** A picture of a preset. */
export const pictureUri = (progress: number): string => `${ORIGIN}/samples/${progress}-of-100.png`;

declare global {
  interface Window {
    ganTest: {
      sent: unknown[];
      viewState: unknown;
      applyTheme(variables: Record<string, string>, bodyClass: string): void;
    };
    acquireVsCodeApi: unknown;
  }
}

/** Runs in the page before its own script. */
function installHost(initial: { variables: Record<string, string>; bodyClass: string; viewState: unknown }): void {
  const host = {
    sent: [] as unknown[],
    viewState: initial.viewState,
    applyTheme(variables: Record<string, string>, bodyClass: string) {
      const { style } = document.documentElement;
      for (const name of [...style]) style.removeProperty(name);
      for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
      document.body.className = bodyClass;
    },
  };
  window.ganTest = host;
  window.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => host.sent.push(message),
    getState: () => host.viewState,
    setState: (state: unknown) => {
      host.viewState = state;
    },
  });
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    host.applyTheme(initial.variables, initial.bodyClass);
  }).observe(document, { childList: true, subtree: true });
}

function contentType(name: string): string {
  if (name.endsWith('.js')) return 'text/javascript';
  return name.endsWith('.css') ? 'text/css' : 'font/ttf';
}
