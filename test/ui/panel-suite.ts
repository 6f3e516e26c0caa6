/** What the suites of the run panel share: a page a test, a run to show, the mouse over the chart. */
import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { RunAction } from '../../webview/messages.ts';
import { launchBrowser } from '../host/browser.ts';
import type { PanelPage } from './panel-page.ts';
import { sampleMetrics, sampleRun } from './sample-run.ts';
import { sampleUris, TestPage, type TestPageOptions } from './test-page.ts';

export const STEPS = 3000;
/** Rows up to step 2,000. */
export const metrics = sampleMetrics(400, 5);
export const samples = sampleUris([0, 200, 400, 800, 1600, 2000], STEPS);

export class PanelSuite {
  #browser: Browser | null = null;
  #test: TestPage | null = null;

  async start(): Promise<void> {
    this.#browser = await launchBrowser();
  }

  async end(): Promise<void> {
    await this.#browser?.close();
  }

  /** The page of the test that runs. */
  get test(): TestPage {
    assert.ok(this.#test, 'open() comes first');
    return this.#test;
  }

  async open(options: TestPageOptions = {}): Promise<PanelPage> {
    assert.ok(this.#browser);
    this.#test = await TestPage.open(this.#browser, options);
    return this.#test.panel;
  }

  /** Opens the panel on a run in its step 2,000. */
  async openLive(options: TestPageOptions = {}): Promise<PanelPage> {
    const panel = await this.open(options);
    await this.test.snapshot(sampleRun(), metrics, samples);
    await panel.drawn();
    await this.test.frame();
    return panel;
  }

  /** Closes the test's page; fails if it reported an error or a breach of its content security policy. */
  async close(): Promise<void> {
    if (!this.#test) return;
    const { problems } = this.#test;
    await this.#test.close();
    this.#test = null;
    assert.deepEqual(problems, []);
  }

  async actions(): Promise<RunAction[]> {
    const asked = await this.test.asked();
    return asked.flatMap(({ method }) => (method === 'watch' ? [] : [method as RunAction]));
  }

  /** Moves the mouse over the chart, `share` of the way from its first to its last step. */
  async hoverAt(share: number): Promise<void> {
    const { x, y } = await this.#onPlot(share);
    await this.test.page.mouse.move(x, y);
    await this.test.frame();
  }

  async drag(from: number, to: number): Promise<void> {
    const { mouse } = this.test.page;
    const [start, end] = [await this.#onPlot(from), await this.#onPlot(to)];
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(end.x, end.y, { steps: 5 });
    await mouse.up();
    await this.test.frame();
  }

  async #onPlot(share: number): Promise<{ x: number; y: number }> {
    const box = await this.test.panel.plot.boundingBox();
    assert.ok(box);
    return { x: box.x + box.width * share, y: box.y + box.height / 2 };
  }
}

/** A mocha suite whose tests each get a page of their own. */
export function describePanel(title: string, tests: (suite: PanelSuite) => void): void {
  describe(`Run panel: ${title}`, () => {
    const suite = new PanelSuite();
    before(() => suite.start());
    after(() => suite.end());
    afterEach(() => suite.close());
    tests(suite);
  });
}

export const text = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? '';

/** The step a text names: "Step 1,200, newest" → 1200. */
export const stepIn = async (locator: Locator): Promise<number> => Number((await text(locator)).replace(/\D/g, ''));

/** Waits until the sample grid of this step is on show. */
export async function showsSample(panel: PanelPage, step: number): Promise<void> {
  const label = `Sample grid at step ${step.toLocaleString('en-US')}`;
  await panel.sampleImage.and(panel.sampleImage.page().locator(`[aria-label="${label}"]`)).waitFor();
}

/** Opaque pixels of the chart with (nearly) this colour. */
export const pixelsOf = (canvas: Locator, colour: string): Promise<number> =>
  canvas.evaluate((node, wanted) => {
    const { width, height } = node as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!copy) throw new Error('no canvas');
    copy.fillStyle = wanted;
    copy.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = copy.getImageData(0, 0, 1, 1).data;
    copy.clearRect(0, 0, width, height);
    copy.drawImage(node as HTMLCanvasElement, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const away = (i: number, value: number) => Math.abs((data[i] ?? 0) - value);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (away(i, r) + away(i + 1, g) + away(i + 2, b) < 6 && data[i + 3] === 255) count++;
    }
    return count;
  }, colour);

/** The canvas's content, to compare with another moment's: shown short where a test fails. */
export const picture = (canvas: Locator): Promise<string> =>
  canvas.evaluate(async (node) => {
    const bytes = new TextEncoder().encode((node as HTMLCanvasElement).toDataURL());
    let hash = 0;
    for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
    return `${bytes.length}:${hash}`;
  });
