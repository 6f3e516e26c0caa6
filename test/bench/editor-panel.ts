/**
 * What an open panel costs training: images/s of one run while its panel is open and visible, and while it is
 * closed, by turns, in the real workbench in headless Chromium; beside it the time that the processor spends
 * on the window (browser, server, extension host).
 *
 *   node test/bench/editor-panel.ts         ROUNDS=8 of WINDOW=10 seconds each by default
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../host/browser.ts';
import { exampleWorkspace } from '../host/example-workspace.ts';
import { projectRoot } from '../host/paths.ts';
import { endRuns, eventually, metricsRows, runFolders, runRecord } from '../host/runs.ts';
import { startVSCodeServer } from '../host/vscode-server.ts';
import { Workbench } from '../host/workbench.ts';
import { PanelPage } from '../ui/panel-page.ts';
import { endlessRun, fromEnvironment, report } from './editor-report.ts';
import { ratio, summarise } from './statistics.ts';

const ROUNDS = fromEnvironment('ROUNDS', 8);
const SECONDS = fromEnvironment('WINDOW', 10);
/** After the panel was opened or closed, before anything is measured. */
const SETTLE_SECONDS = 2;

/** Clock ticks a second in /proc; Linux has had this number everywhere for decades. */
const TICKS = 100;

interface ProcessTimes {
  readonly parent: number;
  readonly ticks: number;
}

/** Processor seconds of this process's descendants, without `left` and its own. Null elsewhere than on Linux. */
function windowSeconds(left: number): number | null {
  if (process.platform !== 'linux') return null;
  const times = new Map<number, ProcessTimes>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      times.set(Number(pid), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    } catch {
      // It has ended.
    }
  }
  const isOurs = (pid: number): boolean => {
    if (pid === left || !times.has(pid)) return false;
    return pid === process.pid || isOurs(times.get(pid)!.parent);
  };
  const ours = [...times].filter(([pid]) => pid !== process.pid && isOurs(pid));
  return ours.reduce((sum, [, { ticks }]) => sum + ticks, 0) / TICKS;
}

interface Window {
  readonly imagesPerSecond: number;
  /** Share of one core that the window took, in percent. */
  readonly windowCpu: number | null;
}

/** Whole steps within the next seconds. */
async function measure(run: string): Promise<Window> {
  await sleep(1000 * SETTLE_SECONDS);
  const { pid } = runRecord(run);
  const [before, cpuBefore, began] = [metricsRows(run).at(-1)!, windowSeconds(pid), performance.now()];
  await sleep(1000 * SECONDS);
  const [after, cpuAfter, ended] = [metricsRows(run).at(-1)!, windowSeconds(pid), performance.now()];
  return {
    imagesPerSecond: (after.images - before.images) / (after.seconds - before.seconds),
    windowCpu:
      cpuBefore === null || cpuAfter === null ? null : (100 * (cpuAfter - cpuBefore)) / ((ended - began) / 1000),
  };
}

const workspace = exampleWorkspace('mnist', { ...endlessRun, 'data.source': 'digits', 'training.epochs': undefined });
const server = await startVSCodeServer({ development: true });
const browser = await launchBrowser();
try {
  const workbench = await Workbench.open(browser, server, workspace, { extensionPath: projectRoot });
  await workbench.openFile('gan.config.json');
  await workbench.codeLens('Train').waitFor();
  await workbench.runCommand('GAN: Train');
  const panel = new PanelPage(workbench.webview);
  await panel.drawn();
  const [run] = runFolders(workspace);
  if (run === undefined) throw new Error('There is no run.');
  await eventually(run, () => metricsRows(run)[10], 120);

  const tab = workbench.page.locator('.tabs-container .tab', { hasText: 'mnist' });
  const windows: Record<'open' | 'closed', Window[]> = { open: [], closed: [] };
  for (let round = 1; round <= ROUNDS; round++) {
    windows.open.push(await measure(run));
    await tab.click();
    await tab.getByRole('button', { name: /^Close/ }).click();
    await workbench.page.locator('iframe.webview').waitFor({ state: 'detached' });
    windows.closed.push(await measure(run));
    await workbench.runCommand('GAN: Open Run');
    await panel.drawn();
    const [open, closed] = [windows.open.at(-1)!, windows.closed.at(-1)!];
    const share = (100 * (1 - open.imagesPerSecond / closed.imagesPerSecond)).toFixed(1);
    console.log(
      `round ${round} of ${ROUNDS}: open ${open.imagesPerSecond.toFixed(1)}, closed ${closed.imagesPerSecond.toFixed(1)} images/s, ${share}% slower`,
    );
  }
  const rates = (which: Window[]) => which.map(({ imagesPerSecond }) => imagesPerSecond);
  const row = (what: string, measured: Window[]) => {
    const { median, lowest, highest } = summarise(rates(measured));
    const cpu = measured.flatMap(({ windowCpu }) => windowCpu ?? []);
    const windowCpu = cpu.length > 0 ? summarise(cpu).median : null;
    return { what, imagesPerSecond: median, lowest, highest, windowCpuPercent: windowCpu };
  };
  const slowdown = 100 * (1 - ratio(rates(windows.open), rates(windows.closed)));
  report('editor-panel', [
    { ...row('panel open', windows.open), slowdownPercent: slowdown },
    { ...row('panel closed', windows.closed), slowdownPercent: 0 },
  ]);
} finally {
  await browser.close();
  await server.close();
  endRuns(workspace);
  rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
}
