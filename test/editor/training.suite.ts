/** The real process from GAN: Train to the end, as a person sees it. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/extension.ts';
import { RunController } from '../../extension/runs/run-controller.ts';
import { RunReader } from '../../sidecar/runs/reader.ts';
import {
  actionTitles,
  activate,
  closeAllEditors,
  ended,
  next,
  openEditor,
  tinyConfig,
  until,
  workspaceFolder,
  writeConfig,
} from './support.ts';

const endless = { ...tinyConfig, training: { ...tinyConfig.training, steps: 100_000 } };

const panels = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('gan.run'));

describe('training with the real process', () => {
  let api: TestApi;

  before(async () => {
    api = await activate();
  });

  afterEach(closeAllEditors);

  it('goes from GAN: Train to the notification at the end', async () => {
    const config = await writeConfig('tiny');
    await openEditor(config);
    const notification = next(api.notifier.onDidShow, 'notification', () => true, 60_000);
    const end = ended(undefined, 240_000);
    const directory = await vscode.commands.executeCommand<string>('gan.train');
    assert.ok(directory?.startsWith(join(workspaceFolder().fsPath, '.gan', 'runs', 'tiny')), directory);
    await until(vscode.window.tabGroups.onDidChangeTabs, 'panel', () => panels().length > 0);
    const [panel] = panels();
    assert.equal(panel?.label, 'tiny');
    assert.equal(panel.group.viewColumn, vscode.ViewColumn.Two, 'beside the config');
    assert.equal((await end).run?.state, 'finished', JSON.stringify((await end).run?.error));

    const { run, metrics, samples } = await new RunReader(directory).snapshot();
    assert.equal(run.step, 6);
    assert.deepEqual(
      metrics.map(({ step }) => step),
      [1, 2, 3, 4, 5, 6],
    );
    for (const { generatorLoss, discriminatorLoss } of metrics) {
      assert.ok(Number.isFinite(generatorLoss) && Number.isFinite(discriminatorLoss));
    }
    assert.ok(samples.length >= 2);
    assert.ok(existsSync(join(directory, 'checkpoints')));

    const shown = await notification;
    assert.match(shown.message, /^tiny has finished 6 steps in /);
    assert.deepEqual(actionTitles(shown), ['Open Run', "Don't Show Again"]);
  });

  it('pauses, goes on, stops with a checkpoint, and resumes from it', async () => {
    const config = await writeConfig('endless', endless);
    const directory = await vscode.commands.executeCommand<string>('gan.train', config);
    assert.ok(directory);
    const live = () => api.controller.get(directory);
    const steps = (more: number) => {
      const from = live()?.recent.at(-1)?.step ?? 0;
      const wanted = () => (live()?.recent.at(-1)?.step ?? 0) >= from + more;
      return until(api.controller.onDidChange, `${more} more steps`, wanted);
    };
    await steps(3);

    await vscode.commands.executeCommand('gan.pause', directory);
    assert.equal(live()?.state, 'paused');
    const [paused] = (await api.runs.list()).filter((run) => run.directory === directory);
    assert.equal(paused?.state, 'paused');

    await vscode.commands.executeCommand('gan.resume', directory);
    await steps(2);

    const stopped = ended(directory);
    await vscode.commands.executeCommand('gan.stop', directory);
    const { run } = await stopped;
    assert.equal(run?.state, 'stopped');
    const checkpoint = (await new RunReader(directory).checkpoints()).at(-1);
    assert.equal(checkpoint?.step, run.step);

    await vscode.commands.executeCommand('gan.resume', directory);
    await until(api.controller.onDidChange, 'resumed', () => (live()?.recent.at(-1)?.step ?? 0) > run.step);
    const again = ended(directory);
    await vscode.commands.executeCommand('gan.stop', directory);
    assert.equal((await again).run?.state, 'stopped');
    assert.deepEqual(api.controller.live, []);
  });

  it('finds a run that another process started', async () => {
    const config = await writeConfig('found', endless);
    const directory = await vscode.commands.executeCommand<string>('gan.train', config);
    assert.ok(directory);
    const { record } = api.controller.get(directory) ?? {};
    assert.ok(record);
    const log = vscode.window.createOutputChannel('GAN, another window', { log: true });
    const found = new RunController(api.launcher, log);
    try {
      await found.attach(directory, record);
      assert.equal(found.get(directory)?.name, 'found');
      const end = next(found.onDidEnd, 'end in the other window');
      await vscode.commands.executeCommand('gan.stop', directory);
      assert.equal((await end).run?.state, 'stopped');
      assert.equal((await end).asked, false);
    } finally {
      found.dispose();
      log.dispose();
    }
  });

  it('stops with the window where the setting says so', async () => {
    const config = await writeConfig('closing', endless);
    const log = vscode.window.createOutputChannel('GAN, a closing window', { log: true });
    const closing = new RunController(api.launcher, log);
    const setting = vscode.workspace.getConfiguration('gan');
    await setting.update('sidecar.onWindowClose', 'stop', true);
    try {
      const { directory } = await closing.start(config.fsPath, 'closing', workspaceFolder().fsPath);
      const shutDown = closing.shutDown();
      closing.dispose();
      await shutDown;
      assert.equal((await new RunReader(directory).run()).state, 'stopped');
    } finally {
      await setting.update('sidecar.onWindowClose', undefined, true);
      log.dispose();
    }
  });

  it('trains with as many threads as the setting says', async () => {
    const config = await writeConfig('one-thread');
    const setting = vscode.workspace.getConfiguration('gan');
    await setting.update('sidecar.threads', 1, true);
    try {
      const end = ended(undefined, 240_000);
      await vscode.commands.executeCommand('gan.train', config);
      assert.equal((await end).run?.device?.name, 'CPU, 1 thread');
    } finally {
      await setting.update('sidecar.threads', undefined, true);
    }
  });

  it('says why a resume is refused, and leaves the run as it was', async () => {
    const config = await writeConfig('refused', endless);
    const directory = await vscode.commands.executeCommand<string>('gan.train', config);
    const stopped = ended(directory, 60_000);
    await vscode.commands.executeCommand('gan.stop', directory);
    await stopped;
    const content = () =>
      Promise.all(['run.json', 'config.json'].map((name) => readFile(join(directory, name), 'utf8')));
    const before = await content();
    const shown = next(api.notifier.onDidShow, 'notification', ({ severity }) => severity === 'error', 240_000);
    await vscode.commands.executeCommand('gan.resume', { directory, device: 'coreml' });
    assert.match((await shown).message, /coreml|Core ML/i);
    await until(api.controller.onDidChange, 'end', () => api.controller.live.length === 0);
    assert.deepEqual(await content(), before);
    const run = (await api.runs.list()).find((one) => one.directory === directory);
    assert.deepEqual([run?.state, run?.resumable], ['stopped', true]);
  });

  it('reports a device that is not there once, with the way to the config', async () => {
    const unavailable = await writeConfig('no-device', { ...tinyConfig, device: 'cuda' });
    const shown = next(api.notifier.onDidShow, 'notification', () => true, 240_000);
    await vscode.commands.executeCommand('gan.train', unavailable);
    const notification = await shown;
    assert.equal(notification.severity, 'error');
    assert.deepEqual(actionTitles(notification), ['Select Device…', 'Open Config', 'Open Run', 'Show Log']);
    assert.deepEqual(api.controller.live, []);
  });
});
