import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type ConfigChoice, createConfig } from '../../extension/new-config.ts';
import { diagnose } from '../../sidecar/config/diagnose.ts';
import { closeAllEditors, projectFile, workspaceFolder } from './support.ts';

const read = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

async function emptyFolder(name: string): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(workspaceFolder(), name);
  await vscode.workspace.fs.createDirectory(folder);
  return folder;
}

describe('GAN: New Config…', () => {
  after(closeAllEditors);

  for (const source of ['digits', 'mnist'] as const satisfies readonly ConfigChoice['source'][]) {
    it(`writes a valid config for ${source}`, async () => {
      const uri = await createConfig(await emptyFolder(`new-${source}`), { source });
      const text = await read(uri);
      const errors = (await diagnose(text, uri.fsPath)).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
      assert.match(text, new RegExp(`"source": "${source}"`));
    });
  }

  it('writes a valid config for a small folder of images, by its relative path', async () => {
    const folder = await emptyFolder('new-folder');
    const images = vscode.Uri.joinPath(folder, 'images');
    const picture = vscode.Uri.file(projectFile('media', 'icon.png'));
    for (const name of ['a.png', 'b.png', 'c.png']) {
      await vscode.workspace.fs.copy(picture, vscode.Uri.joinPath(images, name));
    }
    const uri = await createConfig(folder, { source: 'folder', images });
    const text = await read(uri);
    assert.match(text, /"path": "images"/);
    const errors = (await diagnose(text, uri.fsPath)).filter(({ severity }) => severity === 'error');
    assert.deepEqual(errors, []);
  });

  it('overwrites nothing', async () => {
    const folder = await emptyFolder('new-names');
    const names = [];
    for (let time = 0; time < 3; time++) {
      names.push((await createConfig(folder, { source: 'digits' })).path.split('/').at(-1));
    }
    assert.deepEqual(names, ['gan.config.json', 'digits.gan.json', 'digits-2.gan.json']);
  });
});
