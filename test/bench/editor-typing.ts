/**
 * How smooth typing stays while training goes on beside it: from a key to the frame that shows it, in the
 * real workbench in headless Chromium. Conditions take turns: nothing trains; training with all cores, with
 * one fewer, and with all cores and threads that spin while they wait.
 *
 *   node test/bench/editor-typing.ts        KEYS=60 and ROUNDS=5 by default, BATCH=128
 */
import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { projectRoot } from '../host/paths.ts';
import { startVSCodeServer } from '../host/vscode-server.ts';
import { Workbench } from '../host/workbench.ts';
import { endlessRun, fromEnvironment, percentile, report } from './editor-report.ts';
import { spinningProgram, TrainingProcess } from './editor-training.ts';

if (process.platform === 'win32') {
  console.error('This benchmark stops processes by POSIX signals: run it on Linux or macOS.');
  process.exit(1);
}

const KEYS = fromEnvironment('KEYS', 60);
const ROUNDS = fromEnvironment('ROUNDS', 5);
/** Between two keys, in milliseconds: a fast typist. */
const KEY_INTERVAL = 120;

interface Condition {
  readonly what: string;
  readonly threads: number;
  readonly training: TrainingProcess | null;
  /** Milliseconds from key to paint. */
  readonly latencies: number[];
  images: number;
  seconds: number;
}

/** In the page: `window.latencies` gets the time from each key to the end of the frame that shows its letter. */
const watchTyping = (page: Page) =>
  page.evaluate(() => {
    const latencies: number[] = [];
    Object.assign(window, { latencies });
    const text = document.querySelector('.editor-instance .view-lines');
    if (!text) throw new Error('There is no editor.');
    let pressed: number | null = null;
    addEventListener('keydown', ({ timeStamp }) => (pressed ??= timeStamp), { capture: true });
    // The editor draws in an animation frame; a message posted from there arrives once it is painted.
    const painted = new MessageChannel();
    const waiting: number[] = [];
    painted.port1.onmessage = () => {
      const since = waiting.shift();
      if (since !== undefined) latencies.push(performance.now() - since);
    };
    new MutationObserver(() => {
      if (pressed === null) return;
      waiting.push(pressed);
      pressed = null;
      painted.port2.postMessage(null);
    }).observe(text, { subtree: true, childList: true, characterData: true });
  });

const takeLatencies = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { latencies: number[] }).latencies.splice(0));

async function typeKeys(page: Page, keys: number): Promise<number[]> {
  await takeLatencies(page);
  for (let key = 0; key < keys; key++) {
    const due = performance.now() + KEY_INTERVAL;
    if (key % 40 === 39) await page.keyboard.press('Enter');
    else await page.keyboard.press(key % 6 === 5 ? 'Space' : 'abcdefghij'[key % 10]!);
    await page.waitForTimeout(Math.max(0, due - performance.now()));
  }
  await page.waitForTimeout(500);
  return takeLatencies(page);
}

const cores = availableParallelism();
const program = path.join(projectRoot, 'dist', 'cli.cjs');
const workspace = exampleWorkspace('mnist', {
  ...endlessRun,
  'data.source': 'digits',
  'training.epochs': undefined,
  'training.batchSize': fromEnvironment('BATCH', 128),
});
writeFileSync(path.join(workspace, 'notes.txt'), 'Notes\n');
const server = await startVSCodeServer({ development: true });
const browser = await launchBrowser();
const processes: TrainingProcess[] = [];
const start = async (name: string, threads: number, from: string) => {
  const training = await TrainingProcess.start(from, workspace, name, threads);
  processes.push(training);
  return training;
};
try {
  const workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
  await workbench.openFile('notes.txt');
  const condition = (what: string, threads: number, training: TrainingProcess | null): Condition => ({
    what,
    threads,
    training,
    latencies: [],
    images: 0,
    seconds: 0,
  });
  const spinning = await spinningProgram();
  const conditions = [
    condition('nothing trains', 0, null),
    condition('all cores', cores, await start('all', cores, program)),
    ...(cores > 1 ? [condition('one core fewer', cores - 1, await start('fewer', cores - 1, program))] : []),
    ...(spinning ? [condition('all cores, spinning', cores, await start('spinning', cores, spinning))] : []),
  ];
  const { page } = workbench;
  await page.locator('.editor-instance .view-lines').click();
  await page.keyboard.press('Control+End');
  await watchTyping(page);
  await typeKeys(page, 20);
  for (let round = 1; round <= ROUNDS; round++) {
    for (const one of conditions) {
      const before = one.training?.images() ?? 0;
      const began = performance.now();
      one.training?.goOn();
      one.latencies.push(...(await typeKeys(page, KEYS)));
      one.training?.rest();
      one.images += (one.training?.images() ?? 0) - before;
      one.seconds += (performance.now() - began) / 1000;
    }
    console.log(`round ${round} of ${ROUNDS}`);
  }
  report(
    'editor-typing',
    conditions.map(({ what, threads, training, latencies, images, seconds }) => ({
      what,
      threads,
      keys: latencies.length,
      p50: percentile(latencies, 0.5),
      p95: percentile(latencies, 0.95),
      max: Math.max(...latencies),
      imagesPerSecond: training ? images / seconds : null,
    })),
  );
} finally {
  await Promise.all(processes.map((training) => training.end()));
  await browser.close();
  await server.close();
  rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
}
