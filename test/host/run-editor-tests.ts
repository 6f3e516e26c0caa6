/**
 * Runs test/editor inside the extension host of a real VS Code: `npm run test:editor`.
 *
 * By default that is the prepared server in a headless Chromium. A desktop VS Code is used instead
 * where VSCODE_PATH names its executable, or GAN_TEST_VSCODE=electron lets it be downloaded.
 */
import { createReadStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { launchBrowser } from './browser.ts';
import { buildEditorTests, copyEditorWorkspace } from './editor-workspace.ts';
import { projectRoot, screenshotFolder, temporaryFolder } from './paths.ts';
import { startVSCodeServer } from './vscode-server.ts';

const TIME_LIMIT_SECONDS = 1200;

const testsPath = path.join(projectRoot, 'test', 'host', 'editor-tests.cjs');

const main = async (): Promise<number> => {
  buildEditorTests();
  const temporary = temporaryFolder('editor');
  const workspace = path.join(temporary, 'workspace');
  copyEditorWorkspace(workspace);
  const report = path.join(temporary, 'report.txt');
  writeFileSync(report, '');
  const env = { GAN_TEST_REPORT: report, GAN_TEST_GREP: process.argv[2] ?? '' };

  const stopPrinting = printAsItGrows(report);
  try {
    const desktop = process.env.VSCODE_PATH !== undefined || process.env.GAN_TEST_VSCODE === 'electron';
    return await (desktop ? runOnDesktop(workspace, temporary, env) : runInServer(workspace, env));
  } finally {
    await stopPrinting();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
};

const runInServer = async (workspace: string, env: Record<string, string>): Promise<number> => {
  const server = await startVSCodeServer({ development: true, env });
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    const workbenchLog: string[] = [];
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      workbenchLog.push(`${type} ${args.map(String).join(' ')}`);
    });
    const exit = new Promise<number>((resolve) => page.exposeFunction('codeAutomationExit', resolve));
    await page.goto(server.url(workspace, projectRoot, testsPath));
    const code = await Promise.race([exit, timeLimit()]);
    if (code === null) {
      mkdirSync(screenshotFolder, { recursive: true });
      const screenshot = path.join(screenshotFolder, 'editor-tests-time-limit.png');
      await page.screenshot({ path: screenshot });
      console.error(`No result after ${TIME_LIMIT_SECONDS} s. Screenshot: ${screenshot}`);
    }
    if (code !== 0) console.error(workbenchLog.filter((line) => /^(error|warn)/.test(line)).join('\n'));
    return code ?? 1;
  } finally {
    await browser.close();
    await server.close();
  }
};

const timeLimit = (): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), TIME_LIMIT_SECONDS * 1000).unref());

const runOnDesktop = (workspace: string, temporary: string, env: Record<string, string>): Promise<number> =>
  runTests({
    ...(process.env.VSCODE_PATH ? { vscodeExecutablePath: process.env.VSCODE_PATH } : {}),
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: testsPath,
    extensionTestsEnv: env,
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--disable-gpu',
      `--user-data-dir=${path.join(temporary, 'user')}`,
    ],
  });

/** Prints what is appended to the file; the returned function prints the rest and ends it. */
const printAsItGrows = (file: string): (() => Promise<void>) => {
  let position = 0;
  const printNew = async () => {
    for await (const chunk of createReadStream(file, { start: position })) {
      position += chunk.length;
      process.stdout.write(chunk);
    }
  };
  let printing = Promise.resolve();
  const timer = setInterval(() => {
    printing = printing.then(printNew);
  }, 200);
  return async () => {
    clearInterval(timer);
    await printing.then(printNew);
  };
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exit(await main());
