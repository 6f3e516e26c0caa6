/** Processes that misbehave, one fake each: a message that says what to do, and no state that is stuck. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/extension.ts';
import type { RunEnd } from '../../extension/runs/live-run.ts';
import { announceEnd } from '../../extension/runs/run-endings.ts';
import { HELPER_PORT } from '../fakes/helper.ts';
import {
  actionTitles,
  activate,
  closeAllEditors,
  ended,
  next,
  notificationOf,
  notificationsWhile,
  projectFile,
  until,
  writeConfig,
} from './support.ts';

const endedRun = { state: 'failed', step: 1200, startedAt: '2026-01-31T14:05:09Z', endedAt: '2026-01-31T14:06:09Z' };

describe('a process that misbehaves', () => {
  let api: TestApi;
  let usual: TestApi['launcher'];
  let config: vscode.Uri;

  before(async () => {
    api = await activate();
    usual = { ...api.launcher };
    config = await writeConfig('failing');
  });

  afterEach(async () => {
    Object.assign(api.launcher, usual);
    await vscode.workspace.getConfiguration('gan').update('sidecar.nodePath', undefined, true);
    assert.deepEqual(api.controller.live, [], 'nothing is left that seems to train');
    await closeAllEditors();
  });

  const use = (fake: string) => {
    api.launcher.script = projectFile('test', 'fakes', `${fake}.ts`);
  };
  const train = () => vscode.commands.executeCommand<string | undefined>('gan.train', config);
  const runs = async () => (await api.runs.list()).filter(({ name }) => name === 'failing');

  it('dies at startup: its last words are shown', async () => {
    use('dies-at-start');
    const before = (await runs()).length;
    const shown = await notificationOf('gan.train', config);
    assert.equal(shown.severity, 'error');
    assert.match(shown.message, /with code 1: Error: libonnxruntime\.so\.1: cannot open shared object file/);
    assert.deepEqual(actionTitles(shown), ['Show Log', 'Open Config']);
    assert.equal((await runs()).length, before, 'no empty run is left');
  });

  it('crashes at startup: names the setting that helps', async () => {
    use('crashes-at-start');
    assert.match(
      (await notificationOf('gan.train', config)).message,
      /crashed at startup \(SIGKILL\).*gan\.sidecar\.nodePath/,
    );
  });

  it('has no runtime: names the setting that is wrong', async () => {
    await vscode.workspace.getConfiguration('gan').update('sidecar.nodePath', '/nowhere/node', true);
    const shown = await notificationOf('gan.train', config);
    assert.deepEqual(actionTitles(shown), ['Open Setting', 'Show Log', 'Open Config']);
    assert.match(shown.message, /^Cannot start \/nowhere\/node: no such file\. Set gan\.sidecar\.nodePath/);
  });

  it('never answers: is ended after a while', async () => {
    use('never-answers');
    api.launcher.startTimeout = 1000;
    assert.match((await notificationOf('gan.train', config)).message, /did not respond within 1 s and was ended/);
  });

  it('never answers, and the person stops it', async () => {
    use('never-answers');
    const shown = await notificationsWhile(async () => {
      const training = train();
      await until(api.controller.onDidChange, 'start', () => api.controller.live.length === 1);
      await vscode.commands.executeCommand('gan.stop', api.controller.live[0]?.directory);
      await training;
    });
    assert.deepEqual(shown, []);
  });

  it('does not answer on its socket: is ended', async () => {
    use('silent-socket');
    assert.match((await notificationOf('gan.train', config)).message, /did not respond within 5 s/);
    const [run] = await runs();
    assert.equal(run?.state, 'interrupted');
  });

  it('dies in mid-run: says so once, offers to resume', async () => {
    use('dies-in-mid-run');
    const shown = next(api.notifier.onDidShow, 'notification');
    const end = ended();
    const directory = await train();
    assert.equal((await end).run?.state, 'interrupted');
    assert.equal((await end).directory, directory);
    assert.match((await shown).message, /^The training process of failing ended unexpectedly at step 20\./);
    assert.deepEqual(actionTitles(await shown), ['Resume', 'Open Run', 'Show Log']);
    const run = (await runs()).find((one) => one.directory === directory);
    assert.equal(run?.resumable, true);
  });

  it('floods: the window stays responsive and sees the end', async () => {
    use('floods');
    let changes = 0;
    const counting = api.controller.onDidChange(() => changes++);
    const began = performance.now();
    const end = ended(undefined, 240_000);
    await train();
    assert.equal((await end).run?.state, 'finished');
    counting.dispose();
    const seconds = (performance.now() - began) / 1000;
    assert.ok(changes <= 10 * seconds + 20, `${changes} changes in ${seconds} s`);
  });

  it('writes garbage: is given up, and what it says in its folder still shows', async () => {
    use('writes-garbage');
    const shown = next(api.notifier.onDidShow, 'notification');
    const end = ended();
    const directory = await train();
    assert.ok(directory);
    const { run } = await end;
    assert.match((await shown).message, /is still training, but its process \(\d+\) does not respond/);
    assert.equal((await runs())[0]?.state, 'running');
    assert.ok(run);
    process.kill(run.pid, 'SIGKILL');
    assert.ok(existsSync(directory));
  });

  it('ignores Stop: offers to end its process', async () => {
    use('ignores-stop');
    api.launcher.commandTimeout = 500;
    const directory = await train();
    const asked = await notificationOf('gan.stop', directory);
    assert.match(asked.message, /has not responded for 0\.5 s/);
    const end = ended(directory);
    await asked.actions.find(({ title }) => title === 'End Process')?.run();
    assert.equal((await end).run?.state, 'interrupted');
  });
});

describe('what a training process has started', () => {
  let api: TestApi;
  let usual: TestApi['launcher'];
  const helpers = createServer();

  before(async () => {
    api = await activate();
    usual = { ...api.launcher };
    helpers.listen(0, '127.0.0.1');
    await once(helpers, 'listening');
    process.env[HELPER_PORT] = String((helpers.address() as AddressInfo).port);
  });

  afterEach(async () => {
    Object.assign(api.launcher, usual);
    await closeAllEditors();
  });

  after(() => {
    delete process.env[HELPER_PORT];
    helpers.close();
  });

  const helper = async () => {
    const [socket] = (await once(helpers, 'connection')) as [Socket];
    // Windows resets the connections of a process that is killed.
    const gone = new Promise<void>((resolve) =>
      socket
        .once('close', () => resolve())
        .on('error', () => {})
        .resume(),
    );
    return { gone };
  };

  it('ends with it when it does not come up', async () => {
    api.launcher.script = projectFile('test', 'fakes', 'never-answers.ts');
    const started = helper();
    const training = vscode.commands.executeCommand('gan.train', await writeConfig('helped'));
    const { gone } = await started;
    await vscode.commands.executeCommand('gan.stop', api.controller.live[0]?.directory);
    await Promise.all([gone, training]);
  });

  it('ends with it when the person ends it', async () => {
    api.launcher.script = projectFile('test', 'fakes', 'ignores-stop.ts');
    api.launcher.commandTimeout = 500;
    const started = helper();
    const directory = await vscode.commands.executeCommand<string>('gan.train', await writeConfig('helped'));
    const { gone } = await started;
    const asked = await notificationOf('gan.stop', directory);
    const end = ended(directory);
    await asked.actions.find(({ title }) => title === 'End Process')?.run();
    await Promise.all([gone, end]);
  });
});

describe('a run that fails on its device', () => {
  let api: TestApi;
  const shownFor = (code: string, device: string | null) => {
    const run = {
      ...endedRun,
      device: device === null ? null : { id: device },
      error: { code, message: 'It says why.' },
    };
    const shown = next(api.notifier.onDidShow, 'notification');
    announceEnd(
      { directory: '/w/1', name: 'w', configPath: '/w/gan.config.json', asked: false, run } as RunEnd,
      api.notifier,
    );
    return shown;
  };

  before(async () => {
    api = await activate();
  });

  it('offers to go on, on the CPU as well, when the device was lost', async () => {
    const shown = await shownFor('device/lost', 'webgpu');
    assert.equal(shown.message, 'w failed at step 1,200: It says why.');
    assert.deepEqual(actionTitles(shown), ['Resume', 'Resume on CPU', 'Open Run', 'Show Log']);
  });

  it('offers the config, where a smaller batch is written, when memory ran out', async () => {
    const titles = async (device: string) => actionTitles(await shownFor('device/out-of-memory', device));
    assert.deepEqual(await titles('cuda'), ['Open Config', 'Resume on CPU', 'Open Run', 'Show Log']);
    assert.deepEqual(await titles('cpu'), ['Open Config', 'Open Run', 'Show Log']);
  });

  it('offers another device when there is none such', async () => {
    const shown = await shownFor('device/unavailable', null);
    assert.deepEqual(actionTitles(shown), ['Select Device…', 'Open Config', 'Open Run', 'Show Log']);
  });
});
