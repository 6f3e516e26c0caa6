import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LiveRun } from '../../extension/runs/live-run.ts';
import { lensCommands } from '../../extension/views/config-code-lens.ts';
import type { RunRecord } from '../../sidecar/terms/run-record.ts';
import { closeAllEditors, openEditor, tinyConfig, writeConfig } from './support.ts';

const lenses = (uri: vscode.Uri) =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);

const uri = vscode.Uri.file('/w/gan.config.json');

function run(state: LiveRun['state']): LiveRun {
  const record = { step: 1200, steps: 3000 } as RunRecord;
  const row = (step: number) => ({
    step,
    images: step * 128,
    imagesPerSecond: 640,
    seconds: step / 5,
    stall: 0,
  });
  const recent = [row(1190), row(1200)];
  return { directory: '/w/.gan/runs/w/1', name: 'w', configPath: uri.fsPath, state, record, recent };
}

const titles = (state: LiveRun['state']) => lensCommands(uri, run(state), 'auto').map(({ title }) => title);

describe('code lens', () => {
  after(closeAllEditors);

  it('offers Train and the device above "model"', async () => {
    const config = await writeConfig('lens', `{\n  // the model\n${JSON.stringify(tinyConfig, null, 2).slice(2)}`);
    const document = await openEditor(config);
    const [train, device, ...others] = await lenses(config);
    assert.equal(others.length, 0);
    assert.equal(train?.command?.command, 'gan.train');
    assert.match(document.lineAt(train.range.start.line).text, /"model"/);
    assert.deepEqual(
      [device?.command?.command, device?.command?.title],
      ['gan.selectDevice', '$(chip)\u00a0Device: cpu'],
    );
  });

  it('stands on the first line where there is no "model"', async () => {
    const config = await writeConfig('lens-empty', '{}');
    await openEditor(config);
    assert.equal((await lenses(config))[0]?.range.start.line, 0);
  });

  it('is absent where there is no config', async () => {
    const other = vscode.Uri.joinPath(await writeConfig('lens-other'), '..', 'other.json');
    await vscode.workspace.fs.writeFile(other, new TextEncoder().encode('{"model": 1}'));
    await openEditor(other);
    assert.deepEqual(await lenses(other), []);
  });

  it('shows progress, Pause and Stop while it trains', () => {
    assert.deepEqual(titles('running'), [
      '$(pulse)\u00a0Training · step 1,200 of 3,000 · 6 min left',
      '$(debug-pause)\u00a0Pause',
      '$(debug-stop)\u00a0Stop',
    ]);
  });

  it('shows Resume and Stop while it is paused', () => {
    assert.deepEqual(titles('paused'), [
      '$(debug-pause)\u00a0Paused · step 1,200 of 3,000',
      '$(debug-continue)\u00a0Resume',
      '$(debug-stop)\u00a0Stop',
    ]);
  });

  it('offers no second Stop while it stops', () => {
    assert.equal(titles('stopping').length, 1);
  });
});
