/**
 * The panel, or the gallery, in a plain browser page: its real script and style sheet under the extension's own
 * content security policy, VS Code's theme variables, and a stand-in for the extension.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import type { PanelRun, PanelSample, RunNews } from '../../webview/messages.ts';
import { screenshotFolder } from '../host/paths.ts';
import { buildPanel } from './panel-bundle.ts';
import { PanelPage } from './panel-page.ts';
import { sampleGrid, scatterPlot, translationGrid } from './sample-grids.ts';
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

const html = (
  script: string,
  texts: Readonly<Record<string, string>>,
) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Run</title>
<style nonce="${NONCE}">${DEFAULT_STYLE}</style>
<link rel="stylesheet" href="${ORIGIN}/${script}.css"></head>
<body><div id="app" data-texts="${JSON.stringify(texts).replaceAll('"', '&quot;')}"></div><script nonce="${NONCE}" src="${ORIGIN}/${script}.js"></script></body></html>`;

const themes = readThemes();
let bundle: ReadonlyMap<string, Buffer> | null = null;

export interface TestPageOptions {
  /** The run panel, unless said otherwise. */
  readonly script?: 'webview' | 'gallery';
  /** English text → the person's, as the extension takes them from VS Code. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier panel kept by setState. */
  readonly viewState?: unknown;
  readonly reducedMotion?: boolean;
  readonly deviceScaleFactor?: number;
  /** By method, in place of nothing: what the page is answered from its first question on; null: nothing yet. */
  readonly answers?: Readonly<Record<string, Answer | null>>;
  /** Timers go only as far as the test lets them (page.clock). */
  readonly ownClock?: boolean;
}

/** What the page asked for. */
export interface Asked {
  readonly method: string;
  readonly params: unknown;
}

/** Stands for the extension: answers what the page asks, and tells it news. */
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
    // Others may keep the machine busy.
    context.setDefaultTimeout(240_000);
    const page = await context.newPage();
    const test = new TestPage(page);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') test.problems.push(message.text());
    });
    page.on('pageerror', (error) => test.problems.push(String(error)));
    await page.route(`${ORIGIN}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') {
        const body = html(options.script ?? 'webview', options.texts ?? {});
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
      if (name === SCATTER) return route.fulfill({ body: await scatterPlot(), contentType: 'image/png' });
      bundle ??= buildPanel();
      const body = bundle.get(name);
      return body ? route.fulfill({ body, contentType: contentType(name) }) : route.fulfill({ status: 404 });
    });
    if (options.ownClock) await page.clock.install();
    await page.addInitScript(installHost, {
      variables: themes[options.theme ?? 'dark'],
      bodyClass: bodyClass(options.theme ?? 'dark'),
      viewState: options.viewState ?? null,
      given: options.answers ?? {},
    });
    await page.goto(`${ORIGIN}/`);
    return test;
  }

  async tell<Method extends keyof RunNews>(method: Method, params: RunNews[Method]): Promise<void> {
    await this.page.evaluate(([name, value]) => window.ganTest.tell(name, value), [method, params] as const);
  }

  /** Answers what the page asks, now and later; an Error refuses it. */
  async answer(method: string, result: unknown): Promise<void> {
    const answer = result instanceof Error ? { error: { code: -32603, message: result.message } } : { result };
    await this.page.evaluate(([name, value]) => window.ganTest.answer(name, value), [method, answer] as const);
  }

  /** Anything at all, as if it came from the extension. */
  async post(data: unknown): Promise<void> {
    await this.page.evaluate((value) => window.postMessage(value, '*'), data);
  }

  /** The name that the page's messages carry. */
  async pageName(): Promise<string> {
    return this.page.evaluate(() => window.ganTest.page);
  }

  async snapshot(
    run: PanelRun,
    metrics: readonly MetricsRow[] = [],
    samples: readonly PanelSample[] = [],
  ): Promise<void> {
    await this.tell('snapshot', { run, metrics, samples });
    await this.panel.name.waitFor();
    await this.frame();
  }

  /** Waits until what the page was told so far is drawn. */
  async frame(): Promise<void> {
    await this.page.evaluate(async () => {
      await window.ganTest.heard();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))));
    });
  }

  /** Everything that the page asked for. */
  async asked(): Promise<Asked[]> {
    return this.page.evaluate(() => window.ganTest.asked);
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

const SCATTER = 'scatter.png';

/** Points in the plane at this step. */
export const scatterUri = (step: number): PanelSample => ({ step, uri: `${ORIGIN}/${SCATTER}` });

/** A picture of a preset. */
export const pictureUri = (progress: number): string => `${ORIGIN}/samples/${progress}-of-100.png`;

type Answer = { readonly result: unknown } | { readonly error: { readonly code: number; readonly message: string } };

declare global {
  interface Window {
    ganTest: {
      /** Its messages' name for the page; empty until it has said something. */
      page: string;
      asked: Asked[];
      viewState: unknown;
      tell(method: string, params: unknown): void;
      answer(method: string, answer: Answer | null): void;
      /** Resolves once the page has taken in all that it was told. */
      heard(): Promise<void>;
      applyTheme(variables: Record<string, string>, bodyClass: string): void;
    };
    acquireVsCodeApi: unknown;
  }
}

/** Runs in the page before its own script. */
function installHost(initial: {
  variables: Record<string, string>;
  bodyClass: string;
  viewState: unknown;
  given: Readonly<Record<string, Answer | null>>;
}): void {
  interface Message {
    readonly id?: number;
    readonly method?: string;
    readonly params?: readonly unknown[];
  }
  const done = { result: null };
  const actions = ['pause', 'resume', 'stop', 'resumeRun', 'openConfig', 'openFolder', 'showLog'];
  const answers = new Map<string, Answer | null>(['watch', 'choose', ...actions].map((method) => [method, done]));
  for (const [method, answer] of Object.entries(initial.given)) answers.set(method, answer);
  const waiting: { readonly id: number; readonly method: string }[] = [];
  const hearings = new Map<number, () => void>();
  const post = (message: object) =>
    window.postMessage({ page: host.page, message: { jsonrpc: '2.0', ...message } }, '*');
  const host: Window['ganTest'] = {
    page: '',
    asked: [],
    viewState: initial.viewState,
    tell: (method, params) => post({ method, params: [params] }),
    answer(method, answer) {
      answers.set(method, answer);
      const open = waiting.filter((request) => answer !== null && request.method === method);
      for (const request of open) {
        waiting.splice(waiting.indexOf(request), 1);
        post({ id: request.id, ...answer });
      }
    },
    // Messages are taken in one after the other; a question that the page does not know comes back last.
    heard: () =>
      new Promise((resolve) => {
        const id = -1 - hearings.size;
        hearings.set(id, resolve);
        post({ id, method: 'heard' });
      }),
    applyTheme(variables: Record<string, string>, bodyClass: string) {
      const { style } = document.documentElement;
      for (const name of [...style]) style.removeProperty(name);
      for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
      document.body.className = bodyClass;
    },
  };
  window.ganTest = host;
  window.acquireVsCodeApi = () => ({
    postMessage({ page, message: { id, method, params } }: { readonly page: string; readonly message: Message }) {
      host.page = page;
      if (id === undefined) return;
      if (method === undefined) {
        hearings.get(id)?.();
        return;
      }
      host.asked.push({ method, params: params?.[0] ?? null });
      const answer = answers.get(method);
      if (answer) post({ id, ...answer });
      else waiting.push({ id, method });
    },
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
