/**
 * How soon a person sees something, in the real workbench in headless Chromium: from choosing GAN: Train on
 * the digits until the panel shows the first loss and the first sample grid, each time in a fresh window.
 *
 *   node test/bench/editor-start.ts         ROUNDS=5 by default
 */
import { rmSync } from 'node:fs';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { projectRoot } from '../host/paths.ts';
import { endRuns } from '../host/runs.ts';
import { startVSCodeServer } from '../host/vscode-server.ts';
import { Workbench } from '../host/workbench.ts';
import { PanelPage } from '../ui/panel-page.ts';
import { fromEnvironment, report } from './editor-report.ts';
import { summarise } from './statistics.ts';

const ROUNDS = fromEnvironment('ROUNDS', 5);

const server = await startVSCodeServer({ development: true });
const browser = await launchBrowser();

/** Seconds from the command to each. */
interface Start {
  readonly loss: number;
  readonly grid: number;
}

async function measure(): Promise<Start> {
  const workspace = exampleWorkspace('mnist', { 'data.source': 'digits', 'training.steps': 100_000 });
  const workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
  try {
    await workbench.openFile('gan.config.json');
    // The window has settled when the extension has drawn its part of the editor.
    await workbench.codeLens('Train').waitFor();
    const chosenAt = await workbench.runCommand('GAN: Train');
    const panel = new PanelPage(workbench.webview);
    const seconds = () => (Date.now() - chosenAt) / 1000;
    const [loss, grid] = await Promise.all([
      panel.canvas.waitFor().then(seconds),
      panel.sampleImage.waitFor().then(seconds),
    ]);
    return { loss, grid };
  } finally {
    await workbench.close();
    endRuns(workspace);
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  }
}

try {
  const starts: Start[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const start = await measure();
    starts.push(start);
    console.log(`round ${round} of ${ROUNDS}: loss after ${start.loss.toFixed(1)} s, grid ${start.grid.toFixed(1)} s`);
  }
  const row = (what: string, values: number[]) => {
    const { median, lowest, highest } = summarise(values);
    return { what, seconds: median, lowest, highest };
  };
  report('editor-start', [
    row(
      'first loss',
      starts.map(({ loss }) => loss),
    ),
    row(
      'first sample grid',
      starts.map(({ grid }) => grid),
    ),
  ]);
} finally {
  await browser.close();
  await server.close();
}
