/** Every command in states in which it can do nothing: it says why. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findConfigs } from '../../extension/configs/configs.ts';
import type { TestApi } from '../../extension/extension.ts';
import {
  actionTitles,
  activate,
  closeAllEditors,
  ended,
  notificationOf,
  notificationsWhile,
  openEditor,
  projectFile,
  until,
  workspaceFolder,
  writeConfig,
} from './support.ts';

describe('commands in states that do not fit', () => {
  let api: TestApi;
  let script: string;

  before(async () => {
    api = await activate();
    ({ script } = api.launcher);
    api.launcher.script = projectFile('test', 'fakes', 'obeys.ts');
  });

  beforeEach(async () => {
    await closeAllEditors();
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(workspaceFolder(), '.gan'), { recursive: true }).then(
      () => {},
      () => {},
    );
  });

  after(async () => {
    api.launcher.script = script;
    await closeAllEditors();
  });

  for (const [command, reason] of [
    ['gan.stop', /^Nothing is training/],
    ['gan.pause', /^Nothing is training/],
    ['gan.resume', /^There is no paused or stopped run/],
    ['gan.openRun', /^There is no run in this workspace yet/],
  ] as const) {
    it(`${command} without any run`, async () => {
      const { message, severity } = await notificationOf(command);
      assert.match(message, reason);
      assert.equal(severity, 'warning');
    });
  }

  it('gan.train in a workspace of several configs finds them all', async () => {
    await writeConfig('several/a');
    await writeConfig('several/b');
    const found = (await findConfigs()).map(({ path }) => path);
    for (const folder of ['a', 'b'])
      assert.ok(found.some((path) => path.endsWith(`/several/${folder}/gan.config.json`)));
  });

  it('gan.showLog always works', async () => {
    assert.deepEqual(
      await notificationsWhile(() => Promise.resolve(vscode.commands.executeCommand('gan.showLog'))),
      [],
    );
  });

  it('gan.train on a config with errors shows them and does not start', async () => {
    const config = await writeConfig(
      'with-errors',
      '{\n  "model": { "architecture": "dcgan" },\n  "data": { "source": "no" }\n}',
    );
    const { message } = await notificationOf('gan.train', config);
    assert.match(message, /with-errors.gan\.config\.json has an error\. Line 3: /);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, config.path);
    assert.equal(vscode.window.activeTextEditor.selection.start.line, 2);
    assert.deepEqual(api.controller.live, []);
  });

  it('gan.train saves a changed config first', async () => {
    const config = await writeConfig('unsaved', '{}');
    const document = await openEditor(config);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(config, new vscode.Range(0, 0, 0, 2), '{ "model": 1 }');
    await vscode.workspace.applyEdit(edit);
    assert.ok(document.isDirty);
    await notificationOf('gan.train', config);
    assert.equal(document.isDirty, false);
  });

  it('gan.train, gan.pause, gan.resume and gan.stop on a run in each state', async () => {
    const config = await writeConfig('obedient');
    await openEditor(config);
    const directory = await vscode.commands.executeCommand<string>('gan.train');
    assert.ok(directory);
    const state = () => api.controller.get(directory)?.state;
    assert.equal(state(), 'running');

    const again = await notificationOf('gan.train', config);
    assert.match(again.message, /^obedient is already training/);
    assert.deepEqual(actionTitles(again), ['Open Run']);
    assert.match((await notificationOf('gan.resume', directory)).message, /^obedient is already training/);

    await vscode.commands.executeCommand('gan.pause');
    assert.equal(state(), 'paused');
    assert.match((await notificationOf('gan.pause')).message, /already paused\. Continue with GAN: Resume/);

    await vscode.commands.executeCommand('gan.resume');
    await until(api.controller.onDidChange, 'the run goes on', () => state() === 'running');

    const end = ended(directory);
    const shown = await notificationsWhile(async () => {
      await vscode.commands.executeCommand('gan.stop');
      await end;
    });
    assert.equal((await end).run?.state, 'stopped');
    assert.equal((await end).asked, true);
    assert.deepEqual(
      shown.map(({ severity }) => severity),
      ['status'],
    );
    assert.match(
      (await notificationOf('gan.stop', directory)).message,
      /^obedient is stopped; there is nothing to stop/,
    );
    assert.match((await notificationOf('gan.pause', directory)).message, /^obedient is stopped/);
    assert.deepEqual(api.controller.live, []);
  });
});
