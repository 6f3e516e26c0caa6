import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { assertMayTrain } from '../../extension/editor/trust.ts';
import { train } from '../../extension/runs/train.ts';
import { activate, manifest, writeConfig } from './support.ts';

const restricted = { isTrusted: false };

describe('Restricted Mode', () => {
  it('does not start training and says so', async () => {
    const { controller } = await activate();
    const config = await writeConfig('untrusted');
    await assert.rejects(train(controller, config, restricted), /Restricted Mode/);
    assert.equal(controller.ofConfig(config.fsPath), undefined);
  });

  it('is told apart from a config that is not on disk', () => {
    const untitled = vscode.Uri.parse('untitled:gan.config.json');
    assert.throws(() => assertMayTrain(untitled, { isTrusted: true }), /not on disk/);
  });

  it('keeps the extension on, and its executable from the workspace', () => {
    const { untrustedWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(untrustedWorkspaces.restrictedConfigurations, ['gan.sidecar.nodePath']);
  });
});
