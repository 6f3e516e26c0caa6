/** GAN: Select Device and GAN: Install CUDA Support, behind the pick; test/workbench drives the pick itself. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { readDevice, writeDevice } from '../../extension/devices/device-edit.ts';
import { deviceItems } from '../../extension/devices/device-items.ts';
import { findDevices } from '../../extension/devices/devices.ts';
import { downloadText } from '../../extension/devices/install-cuda.ts';
import { choose } from '../../extension/devices/select-device.ts';
import type { TestApi } from '../../extension/extension.ts';
import type { DeviceStatus } from '../../sidecar/terms/devices.ts';
import {
  actionTitles,
  activate,
  closeAllEditors,
  next,
  notificationOf,
  openEditor,
  projectFile,
  writeConfig,
} from './support.ts';

const commented = `{
  // the networks
  "model": { "architecture": "dcgan" },
  "data": { "source": "digits" }, // drawn
}
`;

describe('devices in the editor', () => {
  let api: TestApi;
  let cli: string;
  let devices: readonly DeviceStatus[];

  before(async () => {
    api = await activate();
    ({ cli } = api.launcher);
    use('gan-with-gpus');
    devices = await findDevices(api.launcher, new AbortController().signal);
  });

  after(() => {
    api.launcher.cli = cli;
  });

  beforeEach(() => use('gan-with-gpus'));
  afterEach(closeAllEditors);

  const use = (fake: string) => {
    api.launcher.cli = projectFile('test', 'fakes', `${fake}.ts`);
  };
  const device = (id: string) => devices.find((one) => one.id === id)!;
  const parts = () => ({ devices: api.launcher, notifier: api.notifier, trains: () => false });
  /** What is shown when the device is chosen. */
  const shownFor = async (config: vscode.Uri, choice: 'auto' | DeviceStatus) => {
    const shown = next(api.notifier.onDidShow, 'notification');
    await choose(config, choice, parts());
    return shown;
  };

  it('offers auto first, then what runs from the fastest on, then what does not', () => {
    const items = deviceItems(devices, 'cpu');
    assert.deepEqual(
      items.map(({ label }) => label),
      [
        '$(sparkle) auto',
        'available here',
        '$(circuit-board) webgpu',
        '$(chip) cpu',
        'not available here',
        '$(circle-slash) cuda',
        '$(circle-slash) tensorflow',
      ],
    );
    const [auto, , webgpu, cpu, , cuda, tensorflow] = items;
    assert.equal(auto?.description, 'most likely webgpu here');
    assert.equal(webgpu?.description, 'NVIDIA GeForce RTX 4090 (WebGPU) · 24 GiB · 31,400 GFLOP/s');
    assert.equal(cpu?.description, 'CPU, 16 threads · 64 GiB · 1,240 GFLOP/s · current');
    assert.match(cpu?.detail ?? '', /^Every model/);
    assert.match(cuda?.detail ?? '', /^The CUDA provider of ONNX Runtime is not installed\.$/);
    assert.deepEqual([cuda?.buttons?.length, tensorflow?.buttons?.length], [1, undefined]);
  });

  it('writes the choice into the config, keeps comments, and can be undone', async () => {
    const config = await writeConfig('device-write', commented);
    const document = await openEditor(config);
    assert.equal((await shownFor(config, device('webgpu'))).severity, 'status');
    assert.equal(document.getText(), commented.replace('// drawn\n', '// drawn\n  "device": "webgpu",\n'));
    assert.equal(readDevice(document.getText()), 'webgpu');
    assert.equal(document.isDirty, false, 'saved, as it was before');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), commented);
  });

  it('replaces the device that was there, and leaves unsaved changes unsaved', async () => {
    const config = await writeConfig('device-replace', '{ "device": "cpu" /* for now */ }');
    const document = await openEditor(config);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(config, new vscode.Position(0, 0), '// mine\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(await writeDevice(config, 'auto'), true);
    assert.equal(document.getText(), '// mine\n{ "device": "auto" /* for now */ }');
    assert.equal(document.isDirty, true);
    assert.equal(await writeDevice(config, 'auto'), false);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('leaves a config alone that cannot be edited, and says so', async () => {
    for (const [index, text] of ['', '[1, 2]', '{ "model": '].entries()) {
      const config = await writeConfig(`device-broken-${index}`, text);
      await assert.rejects(writeDevice(config, 'cpu'), /device-broken-\d.gan\.config\.json could not be edited/);
      assert.equal((await vscode.workspace.openTextDocument(config)).getText(), text);
    }
  });

  it('says what would make a device run, with buttons for it', async () => {
    const config = await writeConfig('device-missing', commented);
    const cuda = await shownFor(config, device('cuda'));
    assert.match(cuda.message, /^NVIDIA GPU \(CUDA\) is not available here\. The CUDA provider .* not installed\.$/);
    assert.deepEqual(actionTitles(cuda), ['Install…']);
    const tensorflow = await shownFor(config, device('tensorflow'));
    assert.deepEqual(actionTitles(tensorflow), ['Copy Command', 'Open Setting']);
    await tensorflow.actions[0]?.run();
    assert.equal(await vscode.env.clipboard.readText(), 'npm rebuild @tensorflow/tfjs-node-gpu');
    assert.equal((await vscode.workspace.openTextDocument(config)).getText(), commented);
  });

  it('lets auto be chosen before the list is there', async () => {
    use('never-answers');
    const config = await writeConfig('device-auto', '{ "device": "cpu" }');
    let chosen = false;
    const choosing = vscode.commands.executeCommand('gan.selectDevice', config).then(() => {
      chosen = true;
    });
    // Accepting does nothing until the pick is open, and nothing tells when it is.
    while (!chosen) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await setImmediate();
    }
    await choosing;
    assert.equal((await vscode.workspace.openTextDocument(config)).getText(), '{ "device": "auto" }');
  });

  it('explains a list that cannot be made', async () => {
    use('dies-at-start');
    const config = await writeConfig('device-no-list', commented);
    const shown = await notificationOf('gan.selectDevice', config);
    assert.match(shown.message, /libonnxruntime\.so\.1: cannot open shared object file/);
    assert.deepEqual(actionTitles(shown), ['Show Log']);
  });

  it('installs CUDA support and says what was installed', async () => {
    const shown = await notificationOf('gan.installCuda');
    assert.deepEqual(
      [shown.severity, shown.message, actionTitles(shown)],
      ['info', 'The CUDA provider of ONNX Runtime is installed.', ['Select Device…']],
    );
  });

  it('says why CUDA support was not installed', async () => {
    use('gan-without-driver');
    const shown = await notificationOf('gan.installCuda');
    assert.equal(shown.severity, 'error');
    assert.match(shown.message, /^There is no NVIDIA driver on this machine\./);
  });

  it('installs once at a time', async () => {
    const shown: string[] = [];
    const listening = api.notifier.onDidShow(({ message }) => shown.push(message));
    await Promise.all([
      vscode.commands.executeCommand('gan.installCuda'),
      vscode.commands.executeCommand('gan.installCuda'),
    ]);
    listening.dispose();
    assert.deepEqual(shown, [
      'CUDA support is already being installed.',
      'The CUDA provider of ONNX Runtime is installed.',
    ]);
  });

  it('counts a download in MB', () => {
    assert.deepEqual([downloadText(120e6, 480e6), downloadText(120e6, null)], ['120 of 480 MB', '120 MB']);
  });
});
