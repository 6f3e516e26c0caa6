import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createConfig } from '../../extension/configs/new-config.ts';
import { type DataChoice, dataItems } from '../../extension/configs/new-config-data.ts';
import { diagnose, readConfig } from '../../sidecar/config/diagnose.ts';
import type { PresetId } from '../../sidecar/config/preset-list.ts';
import { npy } from '../unit/data/numpy-files.ts';
import { activate, closeAllEditors, notificationOf, projectFile, until, workspaceFolder } from './support.ts';

const extension = vscode.Uri.file(projectFile());
const read = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
const example = (preset: PresetId) => read(vscode.Uri.file(projectFile('examples', preset, 'gan.config.json')));
const nameOf = (uri: vscode.Uri) => uri.path.split('/').at(-1);

async function emptyFolder(name: string): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(workspaceFolder(), name);
  await vscode.workspace.fs.createDirectory(folder);
  return folder;
}

async function folderOfImages(folder: vscode.Uri): Promise<vscode.Uri> {
  const images = vscode.Uri.joinPath(folder, 'images');
  const picture = vscode.Uri.file(projectFile('media', 'icon.png'));
  for (const name of ['a.png', 'b.png', 'c.png']) {
    await vscode.workspace.fs.copy(picture, vscode.Uri.joinPath(images, name));
  }
  return images;
}

const errorsIn = async (uri: vscode.Uri) =>
  (await diagnose(await read(uri), uri.fsPath)).filter(({ severity }) => severity === 'error');

const galleries = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('gan.presets'));

describe('GAN: New Config…', () => {
  before(activate);
  afterEach(closeAllEditors);

  it('shows the presets in the editor area, once', async () => {
    await vscode.commands.executeCommand('gan.newConfig');
    await until(vscode.window.tabGroups.onDidChangeTabs, 'gallery', () => galleries().length === 1);
    await vscode.commands.executeCommand('gan.newConfig');
    assert.deepEqual(
      galleries().map(({ label }) => label),
      ['New Config'],
    );
  });

  it('writes the preset that a keybinding names, comments included, and opens it', async () => {
    const config = await vscode.commands.executeCommand<vscode.Uri>('gan.newConfig', 'vae');
    try {
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), config.toString());
      const written = await read(config);
      const withoutName = (text: string) => text.replace(/"name": "[^"]*"/, '');
      assert.equal(withoutName(written), withoutName(await example('vae')));
      assert.equal(galleries().length, 0);
    } finally {
      await vscode.workspace.fs.delete(config);
    }
  });

  it('says so where there is no preset of that name', async () => {
    const { severity, message } = await notificationOf('gan.newConfig', 'vee');
    assert.equal(severity, 'warning');
    assert.match(message, /There is no preset "vee"/);
  });

  it('keeps the preset as it is where its own data are chosen', async () => {
    const uri = await createConfig(extension, await emptyFolder('new-own'), 'pixelcnn', 'preset');
    assert.equal(await read(uri), await example('pixelcnn'));
    assert.deepEqual(await errorsIn(uri), []);
  });

  for (const data of ['digits', 'mnist'] as const satisfies DataChoice[]) {
    it(`writes a valid config on ${data}`, async () => {
      const preset = data === 'digits' ? 'fashion-mnist' : 'super-resolution';
      const uri = await createConfig(extension, await emptyFolder(`new-${data}`), preset, data);
      const text = await read(uri);
      assert.deepEqual(await errorsIn(uri), []);
      assert.match(text, new RegExp(`"source": "${data}"`));
      assert.match(text, /\/\/ /);
    });
  }

  it('writes a valid config for a small folder of images, by its relative path', async () => {
    const folder = await emptyFolder('new-folder');
    const images = await folderOfImages(folder);
    const uri = await createConfig(extension, folder, 'r3gan', { images });
    assert.match(await read(uri), /"path": "images"/);
    assert.deepEqual(await errorsIn(uri), []);
  });

  it('writes a valid config for a zip of images', async () => {
    const folder = await emptyFolder('new-zip');
    const images = vscode.Uri.joinPath(folder, 'images.zip');
    const packed = vscode.Uri.file(projectFile('test', 'unit', 'data', 'cases', 'stylegan-dataset.zip'));
    await vscode.workspace.fs.copy(packed, images);
    const uri = await createConfig(extension, folder, 'r3gan', { images, source: 'zip' });
    assert.match(await read(uri), /"source": "zip",\s+"path": "images\.zip"/);
    assert.deepEqual(await errorsIn(uri), []);
  });

  it('writes a valid config for a file of arrays', async () => {
    const folder = await emptyFolder('new-arrays');
    const images = vscode.Uri.joinPath(folder, 'images.npy');
    const values = Uint8Array.from({ length: 200 * 28 * 28 }, (_, i) => i);
    await vscode.workspace.fs.writeFile(images, npy('|u1', [200, 28, 28], values));
    const uri = await createConfig(extension, folder, 'r3gan', { images, source: 'npz' });
    assert.match(await read(uri), /"source": "npz",\s+"path": "images\.npy"/);
    assert.deepEqual(await errorsIn(uri), []);
  });

  it('overwrites nothing, and names each config by its file', async () => {
    const folder = await emptyFolder('new-names');
    const made = [];
    for (let time = 0; time < 3; time++) made.push(await createConfig(extension, folder, 'digits', 'preset'));
    assert.deepEqual(made.map(nameOf), ['gan.config.json', 'digits.gan.json', 'digits-2.gan.json']);
    const names = await Promise.all(made.map(async (uri) => readConfig(await read(uri)).valid.name));
    assert.deepEqual(names, ['digits', 'digits', 'digits-2']);
  });

  it('offers data that fit the preset, each once', () => {
    const choices = (...preset: Parameters<typeof dataItems>) => dataItems(...preset).map(({ choice }) => choice);
    assert.deepEqual(choices({ data: 'downloaded' }, 'mnist'), ['preset', 'folder', 'archive', 'numbers', 'digits']);
    assert.deepEqual(choices({ data: 'downloaded' }, 'fashion-mnist'), [
      'preset',
      'folder',
      'archive',
      'numbers',
      'mnist',
      'digits',
    ]);
    assert.deepEqual(choices({ data: 'drawn' }, 'digits'), ['preset', 'folder', 'archive', 'numbers', 'mnist']);
    assert.deepEqual(choices({ data: 'downloaded' }, 'stacked-mnist'), ['preset', 'folder', 'archive', 'numbers']);
    assert.deepEqual(choices({ data: 'own' }, 'tar', './icons.tar'), ['folder', 'archive', 'numbers', 'preset']);
    assert.match(dataItems({ data: 'own' }, 'tar', './icons.tar').at(-1)?.detail ?? '', /\.\/icons\.tar/);
  });
});
